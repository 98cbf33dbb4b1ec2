"""The caller's ears: does the line speak, since when is it silent. Counts frames, no clock."""

from __future__ import annotations

from ivr.simulator.g711 import sounds


class Ears:
    """Fed every frame of 20 ms that is played to the caller."""

    def __init__(self) -> None:
        self._quiet = 0
        self._sounded = False

    @property
    def quiet_ms(self) -> int:
        """Since the last sound, or since the start."""
        return self._quiet * 20

    @property
    def has_heard(self) -> bool:
        """Whether there was any sound since forget()."""
        return self._sounded

    @property
    def hears_now(self) -> bool:
        """Whether the last 100 ms held sound: shorter gaps are part of speech."""
        return self._sounded and self._quiet < 5

    def forget(self) -> None:
        """From here on only new sound counts."""
        self._sounded = False

    def hear(self, frame: bytes) -> None:
        """Take in one frame."""
        if sounds(frame):
            self._quiet, self._sounded = 0, True
        else:
            self._quiet += 1
