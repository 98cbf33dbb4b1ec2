"""Time as a call sees it: real, faster than real, or counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

T = TypeVar("T")


class Clock(Protocol):
    """Seconds on one monotonic axis."""

    def now(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        ...

    def sleep_until(self, moment: float) -> None:
        """Return once now() is `moment` or later."""
        ...

    def real_seconds(self, seconds: float) -> float:
        """How long that is for a socket's time-out."""
        ...

    def run(self, work: Callable[[], T], meanwhile: Callable[[], None]) -> T:
        """Do `work`, which may wait for others; call `meanwhile`, which takes 20 ms each time, until it is done."""
        ...

    def later(self, seconds: float, work: Callable[[], object]) -> None:
        """Do `work` in that many seconds, beside the call."""
        ...

    def settle(self) -> None:
        """Wait until all later work is done; what it raised is raised."""
        ...


class RealClock:
    """The wall's time, `speed` times as fast. Shared by all calls."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed
        self._pool = ThreadPoolExecutor(max_workers=64, thread_name_prefix="webhook")
        self._open: list[Future[object]] = []

    def now(self) -> float:
        return time.monotonic() * self._speed

    def sleep_until(self, moment: float) -> None:
        left = (moment - self.now()) / self._speed
        if left > 0:
            time.sleep(left)

    def real_seconds(self, seconds: float) -> float:
        return seconds / self._speed

    def run(self, work: Callable[[], T], meanwhile: Callable[[], None]) -> T:
        waiting = self._pool.submit(work)
        while not waiting.done():
            meanwhile()
        return waiting.result()

    def later(self, seconds: float, work: Callable[[], object]) -> None:
        due = self.now() + seconds

        def work_then() -> object:
            self.sleep_until(due)
            return work()

        self._open.append(self._pool.submit(work_then))

    def settle(self) -> None:
        while self._open:
            self._open.pop().result()


class VirtualClock:
    """Time that passes only by being slept: a minute of call in a millisecond. One call at a time."""

    def __init__(self) -> None:
        self._now = 0.0

    def now(self) -> float:
        return self._now

    def sleep_until(self, moment: float) -> None:
        self._now = max(self._now, moment)

    def real_seconds(self, seconds: float) -> float:
        return seconds

    def run(self, work: Callable[[], T], meanwhile: Callable[[], None]) -> T:
        return work()

    def later(self, seconds: float, work: Callable[[], object]) -> None:
        work()

    def settle(self) -> None:
        return
