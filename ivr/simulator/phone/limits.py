"""How much one browser may send."""

from __future__ import annotations


class Allowance:
    """A bucket that refills steadily: `per_second` things a second, `at_once` of them together. Time is handed in."""

    def __init__(self, per_second: float, at_once: int) -> None:
        self._per_second = per_second
        self._at_once = float(at_once)
        self._left = float(at_once)
        self._asked_at: float | None = None

    def takes(self, now: float) -> bool:
        """True while the sender stays within the allowance; `now` in seconds of any steady clock."""
        if self._asked_at is not None:
            self._left = min(self._at_once, self._left + (now - self._asked_at) * self._per_second)
        self._asked_at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
