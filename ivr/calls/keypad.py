"""Digits of one answer: ends by length, by # or by a pause. Pure; counts audio time."""

from __future__ import annotations

from ivr.conversation.events import CallEvent, DigitsEntered, DigitsSoFar, KeyPressed, PinEntered
from ivr.vocabulary import Expected, Kind, Milliseconds, Secret

BETWEEN_DIGITS = Milliseconds(5_000)
"""Service rule 12: older callers look for each key."""


HASH_BEHIND = Milliseconds(3_000)
"""Many end every number with hash, also one that ends by its length; there it must not mean "slower"."""


TREMBLING = Milliseconds(400)
"""The same key again within it was pressed once by a shaking hand (service reference, 5.6)."""


class Keypad:
    """One per call. Outside numbers every key is an event of its own."""

    def __init__(self) -> None:
        self._expected: Expected | None = None
        self._digits = ""
        self._quiet = 0
        self._hash_may_follow = 0
        self.counts_once = False
        """Where hands shake: the same key twice in a moment counts once."""
        self._last = ("", -TREMBLING)

    @property
    def in_a_number(self) -> bool:
        """True from the first digit of a number to its end."""
        return bool(self._digits)

    def expect(self, expected: Expected, keyed: str = "") -> None:
        """A question is out. keyed: what another process had already heard of the answer."""
        self._expected = expected
        self._digits = keyed if expected.kind is not Kind.PIN else ""
        self._quiet = 0

    def press(self, key: str, at: int = 0) -> CallEvent | None:
        """What the key means now. at: milliseconds of audio since the stream began.

        None: nothing. It is the hash behind a number that was complete without it, or a shaking hand's second press.
        """
        before, self._last = self._last, (key, at)
        if self.counts_once and before[0] == key and at - before[1] < TREMBLING:
            return None
        self._quiet = 0
        if key == "#" and self._hash_may_follow > 0:
            self._hash_may_follow = 0
            return None
        if self._expected is None or not self._expected.is_number:
            return KeyPressed(key)
        if key == "*":
            self._digits = ""
            return KeyPressed("*")
        if key == "#":
            return self._entered() if self._digits else KeyPressed("#")
        self._digits += key
        if len(self._digits) == self._expected.length:
            self._hash_may_follow = HASH_BEHIND
            return self._entered()
        return DigitsSoFar("" if self._expected.kind is Kind.PIN else self._digits)

    def wait(self, passed: Milliseconds) -> CallEvent | None:
        """Time goes by; a long pause ends the number."""
        self._hash_may_follow = max(0, self._hash_may_follow - passed)
        if not self._digits:
            return None
        self._quiet += passed
        return self._entered() if self._quiet >= BETWEEN_DIGITS else None

    def _entered(self) -> CallEvent:
        digits, self._digits = self._digits, ""
        if self._expected is not None and self._expected.kind is Kind.PIN:
            return PinEntered(Secret(digits))
        return DigitsEntered(digits)
