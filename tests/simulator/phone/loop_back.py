"""A carrier that connects a caller to themselves: every 20 ms it plays what they said 200 ms ago."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivr.simulator.leg import CallerLeg
from ivr.simulator.phone.browser_leg import SILENCE

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
    """A timeline that a test has written: entries appear in order, `per_question` at each question."""

    def __init__(self, entries: Iterable[dict[str, Any]] = (), per_question: int = 100) -> None:
        self._entries: Sequence[dict[str, Any]] = [{"n": n, **entry} for n, entry in enumerate(entries, 1)]
        self._per_question = per_question

    def entries(self, call_id: str, after: int) -> list[dict[str, Any]]:
        """As Timeline."""
        return list(self._entries[after : after + self._per_question])
