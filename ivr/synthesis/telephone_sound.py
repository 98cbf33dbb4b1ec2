"""The last steps from any engine's sound to the line's: rate, level, and no silence at its edges."""

from __future__ import annotations

import numpy as np

from ivr.audio.formats import TELEPHONE_RATE, Floats, to_samples
from ivr.audio.levels import frame_levels, to_speech_level
from ivr.audio.resampling import floats_to_rate
from ivr.vocabulary import Samples

WINDOW = 80
"""10 ms: the step in which edges are looked for."""
SOUNDING = -55.0
"""dBov, after leveling, from which a window belongs to the speech: soft consonants have -50."""
MARGIN_BEFORE, MARGIN_AFTER = 3, 6
"""Windows kept around the speech, so that no f, h or s is cut. Pauses are the conversation's, not the engine's:
hibari leaves 340 ms before and 540 ms after a sentence, which the caller would wait for."""
FADE = 40
"""5 ms at both ends against clicks."""


def telephone_sound(floats: Floats, rate: int) -> Samples:
    """One sentence as an engine made it -> int16, 8 000 Hz, -26 dBov, peaks below -3 dBov, trimmed.

    floats: float32, shape (n,), -1 to 1, at `rate`; any n, also 0. Silence comes back empty.
    """
    samples = to_speech_level(to_samples(floats_to_rate(floats, rate, TELEPHONE_RATE)))
    return _faded(_trimmed(samples))


def _trimmed(samples: Samples) -> Samples:
    sounding = np.flatnonzero(frame_levels(samples, WINDOW) > SOUNDING)
    if not len(sounding):
        return samples[:0]
    first = max(0, int(sounding[0]) - MARGIN_BEFORE) * WINDOW
    return samples[first : (int(sounding[-1]) + 1 + MARGIN_AFTER) * WINDOW]


def _faded(samples: Samples) -> Samples:
    length = min(FADE, len(samples) // 2)
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    faded = samples.copy()
    faded[:length] = (faded[:length] * ramp).astype(np.int16)
    faded[len(faded) - length :] = (faded[len(faded) - length :] * ramp[::-1]).astype(np.int16)
    return faded
