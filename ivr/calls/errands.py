"""Slow work on bounded pools; each errand brings exactly one event through the mailbox, or its failure when it is due.

Deadlines are counted in the call's audio time. An answer that comes late, or was dropped, is thrown away.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from ivr import logs
from ivr.errors import IvrError
from ivr.vocabulary import Milliseconds

NONE = Milliseconds(0)


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of slow work: where it runs and how long it may take."""

    name: str
    """recognition, understanding, services, synthesis: the key in times_ms."""
    pool: Executor
    deadline: Milliseconds
    failure: str
    """Code of the event that comes when it fails: recognition-failed …"""


@dataclass(frozen=True, slots=True)
class Done:
    """An errand ended. `result` is what the work returned; with `failure` it is None."""

    number: int
    stage: str
    result: Any
    failure: str = ""
    took: Milliseconds = NONE
    """Audio time from start to end, in steps of 20 ms."""


@dataclass(slots=True)
class _Errand:
    stage: Stage
    future: Future[None]
    started: int
    due: int


class Errands:
    """One call's errands. All methods are for the call's thread."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._open: dict[int, _Errand] = {}
        self._mailbox: SimpleQueue[tuple[int, Any, str]] = SimpleQueue()
        self._now = 0

    def start(self, stage: Stage, work: Callable[[], Any]) -> int:
        """Begin; returns the errand's number, under which Done comes."""
        number = next(self._numbers)
        future = stage.pool.submit(self._attempt, number, stage, work)
        self._open[number] = _Errand(stage, future, self._now, self._now + stage.deadline)
        return number

    def drop(self, number: int) -> None:
        """Its answer is no longer wanted; unknown numbers are fine."""
        errand = self._open.pop(number, None)
        if errand is not None:
            errand.future.cancel()

    def is_open(self, number: int) -> bool:
        """True until Done came or it was dropped."""
        return number in self._open

    def ended(self, now: Milliseconds) -> Iterator[Done]:
        """What came, then a failure for each errand that is due."""
        self._now = now
        for number, result, failure in self._arrived():
            errand = self._open.pop(number, None)
            if errand is not None:
                yield Done(number, errand.stage.name, result, failure, Milliseconds(now - errand.started))
        for number in [number for number, errand in self._open.items() if errand.due <= now]:
            late = self._open.pop(number)
            late.future.cancel()
            logs.logger().warning("errand_late", stage=late.stage.name)
            yield Done(number, late.stage.name, None, late.stage.failure, Milliseconds(now - late.started))

    def close(self) -> None:
        """The call is over."""
        for number in list(self._open):
            self.drop(number)

    def _arrived(self) -> Iterator[tuple[int, Any, str]]:
        while True:
            try:
                yield self._mailbox.get_nowait()
            except Empty:
                return

    def _attempt(self, number: int, stage: Stage, work: Callable[[], Any]) -> None:
        """In the pool; the one catcher of what a stage may throw."""
        try:
            self._mailbox.put((number, work(), ""))
        except Exception as error:  # the edge of an errand: whatever it is becomes the stage's failure
            logs.logger().warning("errand_failed", stage=stage.name, exc_info=True)
            code = error.code if isinstance(error, IvrError) else stage.failure
            self._mailbox.put((number, None, code))
