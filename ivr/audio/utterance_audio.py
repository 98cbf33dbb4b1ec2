"""The sound of one utterance, from a little before its detected start."""

from __future__ import annotations

import numpy as np

from ivr.audio.formats import FRAME_SAMPLES, TELEPHONE_RATE
from ivr.vocabulary import Milliseconds, Samples

PRE_ROLL = Milliseconds(300)
"""Kept from before the detected start: the detector sees speech 96 ms late (p95 160), soft consonants later."""
LONGEST = Milliseconds(30_000)
"""No more than this is kept of one utterance."""


class UtteranceAudio:
    """One per call. Hears every frame; between begin() and end() it keeps them. int16, 8 000 Hz."""

    def __init__(self) -> None:
        self._before: Samples = np.empty(0, dtype=np.int16)
        self._pieces: list[Samples] = []
        self._begun = False
        self._kept = 0
        self._handed_out = 0

    def hear(self, samples: Samples) -> None:
        """Take in a frame; call it before the endpointer hears the same frame."""
        if not self._begun:
            self._before = np.concatenate((self._before, samples))[-TELEPHONE_RATE:]
        elif self._kept < LONGEST * TELEPHONE_RATE // 1_000:
            self._pieces.append(samples)
            self._kept += len(samples)

    def begin(self, frames: int) -> None:
        """Speech began so many frames ago (SpeechBegan.frames); begin twice starts anew."""
        wanted = frames * FRAME_SAMPLES + PRE_ROLL * TELEPHONE_RATE // 1_000
        self._pieces = [self._before[-wanted:]]
        self._begun, self._kept, self._handed_out = True, len(self._pieces[0]), 0

    def fresh(self) -> Samples:
        """What came since the last fresh(), for Hearing.hear(); possibly empty."""
        whole = self._whole()
        new = whole[self._handed_out :]
        self._handed_out = len(whole)
        return new

    def end(self) -> Samples:
        """The whole utterance; afterwards only the pre-roll is kept again."""
        whole = self._whole()
        self._before, self._pieces, self._begun, self._kept = whole[-TELEPHONE_RATE:], [], False, 0
        return whole

    def _whole(self) -> Samples:
        if len(self._pieces) > 1:
            self._pieces = [np.concatenate(self._pieces)]
        return self._pieces[0] if self._pieces else np.empty(0, dtype=np.int16)
