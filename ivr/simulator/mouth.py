"""The caller's mouth: clips cut to frames, noise under them, silence between. No clock; one frame a call."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from ivr.audio.levels import frame_levels
from ivr.simulator.g711 import FRAME, encode
from ivr.simulator.phone_line import LossyNetwork
from ivr.vocabulary import Samples

SPEECH_ABOVE = -45.0
"""dBov from which a frame of a clean clip counts as speech; -26 is its mean."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Something to be said, as the telephone sends it."""

    samples: Samples
    """int16, 8 000 Hz, a whole number of frames."""
    first_speech: int
    """Index of the first frame that holds speech."""
    last_speech: int
    """Index of the last one."""

    @property
    def frames(self) -> int:
        """How many frames of 20 ms."""
        return len(self.samples) // FRAME


def clip(samples: Samples) -> Clip:
    """Cut a clean utterance to whole frames and find where its speech begins and ends."""
    padded = np.concatenate([samples, np.zeros(-len(samples) % FRAME, dtype=np.int16)])
    speaking = np.flatnonzero(frame_levels(padded, FRAME) > SPEECH_ABOVE)
    if not len(speaking):
        return Clip(padded, 0, max(0, len(padded) // FRAME - 1))
    return Clip(padded, int(speaking[0]), int(speaking[-1]))


class Mouth:
    """Gives one frame after the other."""

    def __init__(self, noise: Samples | None, network: LossyNetwork) -> None:
        """noise: repeated for ever under everything, int16 8 000 Hz."""
        self._noise, self._network = noise, network
        self._position = 0
        self._waiting: deque[Samples] = deque()

    @property
    def is_speaking(self) -> bool:
        """True while a clip is not yet said."""
        return bool(self._waiting)

    def say(self, said: Clip) -> None:
        """Queue a clip."""
        self._waiting.extend(said.samples.reshape(-1, FRAME))

    def frame(self) -> bytes:
        """The next 160 bytes."""
        speech = self._waiting.popleft() if self._waiting else None
        if self._noise is None:
            return self._network.carry(encode(speech) if speech is not None else b"\xff" * FRAME)
        places = (self._position + np.arange(FRAME)) % len(self._noise)
        self._position += FRAME
        mixed = self._noise[places].astype(np.int32) + (0 if speech is None else speech.astype(np.int32))
        return self._network.carry(encode(np.clip(mixed, -32768, 32767).astype(np.int16)))
