"""The queue of the worker and what is registered on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huey.api import Huey, SqliteHuey, crontab

EVERY_MINUTE = crontab()
NIGHTLY = crontab(hour="3", minute="0")
"""UTC; few calls are on, so nobody waits for the store."""
AFTER_NIGHTLY = crontab(hour="3", minute="30")
"""UTC; when retention is done."""
THREADS = 2
"""One may wait for the agency while the other works."""
SHUTDOWN_S = 20
"""What is being done is finished within this time; a parcel takes the agency's limit of 3 s at most."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the worker does again and again."""

    name: str
    is_due: Callable[[datetime], bool]
    """Asked once a minute with the time in UTC."""
    work: Callable[[], object]
    """What it raises is logged by the worker; the next time is the next try."""


def open_queue(path: Path) -> Huey:
    """The queue in an SQLite file of its own; RedisHuey takes its place where several machines share it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("openline", filename=str(path), results=False)


def register(queue: Huey, duties: Iterable[Duty]) -> None:
    """Put the duties on the queue; called once, by bootstrap, in the worker's process."""
    for duty in duties:
        _register_one(queue, duty)


def _register_one(queue: Huey, duty: Duty) -> None:
    def work() -> None:
        duty.work()

    queue.periodic_task(duty.is_due, name=duty.name)(work)


def run_worker(queue: Huey) -> None:
    """Work until SIGTERM, then finish what is being done. Only in the main thread of a process of its own."""
    queue.create_consumer(workers=THREADS, graceful_signal="TERM", shutdown_timeout=SHUTDOWN_S).run()


def worker_command() -> list[str]:
    """The command line of the worker's process, for supervisord."""
    return [sys.executable, "-m", "ivr", "process", "worker"]
