"""A carrier that connects a caller to themselves: every 20 ms it plays what they said 200 ms ago."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ivr.simulator.leg import CallerLeg
from ivr.simulator.phone.browser_leg import SILENCE
from ivr.simulator.phone.captions import Follow
from ivr.simulator.timeline import TimelineEntry

RINGS_FOR = 5
"""Frames."""
DELAY = 10
"""Frames; an echo that comes later than the word itself, as in the telephone network."""


@dataclass
class LoopBackCall:
    """One call; real time, absolute deadlines. Keeps what reached it for the tests."""

    leg: CallerLeg
    language: str
    hangs_up_on: str = ""
    """A key at which the far end hangs up."""
    call_id: str = "CA" + "1" * 32
    is_answered: bool = False
    trouble: str = ""
    said: list[bytes] = field(default_factory=list)
    keys: str = ""
    ended: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Exchange frames until somebody hangs up."""
        delayed = deque([SILENCE] * DELAY)
        start = time.monotonic()
        while not (reason := self._reason()):
            time.sleep(max(0.0, start + len(self.said) * 0.02 - time.monotonic()))
            self.is_answered = len(self.said) >= RINGS_FOR
            self.leg.hears(delayed.popleft())
            self.said.append(self.leg.frame())
            delayed.append(self.said[-1])
            self.keys += self.leg.keys()
        self.ended = reason
        self.leg.ended(reason)
        self.over.set()

    def _reason(self) -> str:
        if self.leg.wants_to_hang_up():
            return "caller"
        return "line" if self.hangs_up_on and self.hangs_up_on in self.keys else ""


@dataclass
class LoopBackCarrier:
    """Takes calls; its `calls` are for the tests to look at."""

    hangs_up_on: str = ""
    calls: list[LoopBackCall] = field(default_factory=list)
    rang: threading.Condition = field(default_factory=threading.Condition)

    def place_call(self, leg: CallerLeg, language: str) -> LoopBackCall:
        """As PlaceCall."""
        call = LoopBackCall(leg, language, hangs_up_on=self.hangs_up_on)
        with self.rang:
            self.calls.append(call)
            self.rang.notify_all()
        return call

    def call(self, number: int = 0) -> LoopBackCall:
        """The call of that number, waited for up to 10 s."""
        with self.rang:
            assert self.rang.wait_for(lambda: len(self.calls) > number, timeout=10), "nobody called"
            return self.calls[number]


class WrittenTimeline:
    """A timeline that a test has written: all of it is told as soon as the call is followed."""

    is_available = True

    def __init__(self, entries: Iterable[dict[str, Any]], told: Callable[[TimelineEntry], None]) -> None:
        self._entries, self._told = entries, told

    def follow(self, call_sid: str) -> None:
        """As FollowedCall."""
        for entry in self._entries:
            self._told(TimelineEntry.parse(entry))

    def finish(self) -> None:
        """As FollowedCall."""


def telling(*entries: dict[str, Any]) -> Follow:
    """A line that tells this of each call."""
    return lambda told: WrittenTimeline(entries, told)
