"""Can a person be had now?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ivr.services.opening_hours import OpeningHours, Span

WINDOWS_OFFERED = 4
"""A menu holds four options (service.md, rule 4)."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """Staff are there: ring this number."""

    phone_number: str


@dataclass(frozen=True, slots=True)
class NotReachable:
    """Nobody is there now: offer a call-back."""

    why: str
    """closed: outside the hours; unstaffed: no number is set up."""
    opens: datetime | None
    """The next opening, in the agency's zone; None where it is open, or none is known."""
    windows: tuple[Span, ...]
    """The next hours for a call-back, at most four."""


Reachability: TypeAlias = Reachable | NotReachable


class Handovers:
    """Shared by all threads; quick, so it may be asked by the call's own thread."""

    def __init__(self, hours: OpeningHours, phone_number: str, clock: Callable[[], datetime]) -> None:
        """phone_number: where staff are reached, E.164; empty: nowhere, every hand-over becomes a call-back."""
        self._hours = hours
        self._phone_number = phone_number
        self._clock = clock

    def reachability(self) -> Reachability:
        """Now."""
        now = self._clock()
        is_open = self._hours.is_open(now)
        if is_open and self._phone_number:
            return Reachable(self._phone_number)
        windows = self._hours.call_back_windows(now, WINDOWS_OFFERED)
        if is_open:
            return NotReachable("unstaffed", None, windows)
        return NotReachable("closed", self._hours.next_opening(now), windows)
