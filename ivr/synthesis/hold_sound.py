"""The sound of a line that waits: two soft tones, a sign of life that is no music and covers no word. Pure."""

from __future__ import annotations

import numpy as np

from ivr.audio.formats import TELEPHONE_RATE, Floats, to_samples
from ivr.audio.levels import level, with_gain
from ivr.vocabulary import Samples

TONES = (440.0, 349.2)
"""Hz, a falling third: lower than speech's consonants, well above what a small loudspeaker cannot carry."""
TONE_SECONDS = 0.7
OVERLAP_SECONDS = 0.15
"""The second tone begins while the first fades, so that nothing sounds like a busy signal."""
HOLD_LEVEL = -32.0
"""dBov: 6 dB below speech; somebody looking for papers holds the handset away, somebody waiting holds it close."""


def hold_sound() -> Samples:
    """int16, 8 000 Hz, 1.25 s."""
    length, overlap = round(TONE_SECONDS * TELEPHONE_RATE), round(OVERLAP_SECONDS * TELEPHONE_RATE)
    mixed = np.zeros(2 * length - overlap, dtype=np.float32)
    mixed[:length] += _tone(TONES[0], length)
    mixed[length - overlap :] += _tone(TONES[1], length)
    samples = to_samples(mixed * 0.1)
    return with_gain(samples, HOLD_LEVEL - level(samples))


def _tone(hertz: float, length: int) -> Floats:
    """A tone with a weak octave above it, rising and falling like a breath."""
    at = 2 * np.pi * hertz * np.arange(length) / TELEPHONE_RATE
    breath = np.hanning(length) ** 0.7
    return (breath * (np.sin(at) + 0.15 * np.sin(2 * at))).astype(np.float32)
