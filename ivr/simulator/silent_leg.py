"""The simplest end of a call: says nothing, hears everything, hangs up after a while."""

from __future__ import annotations

from ivr.simulator.g711 import SILENCE


class SilentLeg:
    """A CallerLeg that is silent for `seconds`, then hangs up. Never, where seconds is 0."""

    def __init__(self, seconds: float = 0.0, keys: str = "") -> None:
        """keys: pressed at once, one each 200 ms."""
        self._limit = round(seconds * 50)
        self._keys = list(keys)
        self._frames = 0
        self.heard = bytearray()
        """µ-law, all of it."""
        self.reason = ""
        """Why it ended."""

    def frame(self) -> bytes:
        self._frames += 1
        return SILENCE

    def keys(self) -> str:
        return self._keys.pop(0) if self._keys and self._frames % 10 == 0 else ""

    def hears(self, frame: bytes) -> None:
        self.heard += frame

    def wants_to_hang_up(self) -> bool:
        return 0 < self._limit <= self._frames

    def ended(self, reason: str) -> None:
        self.reason = reason
