"""A worker takes part in the public port once it can serve calls, and no sooner."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from ivr.bootstrap.public_port import EXTENSION, PublicPort, listener, post_worker_init


class Worker:
    """As much of gunicorn's as the hook uses."""

    def __init__(self, port: int, settled: Callable[[float], bool]) -> None:
        self.sockets: list[Any] = []
        self.wsgi = SimpleNamespace(extensions={EXTENSION: PublicPort(port, settled)})
        self.notified = threading.Event()

    def notify(self) -> None:
        self.notified.set()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@pytest.fixture
def workers() -> Iterator[list[Worker]]:
    """Whose sockets are closed at the end."""
    made: list[Worker] = []
    yield made
    for worker in made:
        for opened in worker.sockets:
            opened.close()


def answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_nobody_listens_while_the_models_load_and_the_master_hears_that_the_worker_lives(
    port: int, workers: list[Worker]
) -> None:
    loaded = threading.Event()
    worker = Worker(port, lambda _: loaded.wait(0.01))
    workers.append(worker)
    hook = threading.Thread(target=post_worker_init, args=(worker,))
    hook.start()
    assert worker.notified.wait(5)
    assert not answers(port)
    loaded.set()
    hook.join(5)
    assert answers(port)


def test_a_second_worker_takes_over_where_the_first_is_gone(port: int, workers: list[Worker]) -> None:
    first, second = Worker(port, lambda _: True), Worker(port, lambda _: True)
    workers += [first, second]
    for worker in workers:
        post_worker_init(worker)
    first.sockets.pop().close()
    assert all(answers(port) for _ in range(20))


def test_a_port_that_somebody_holds_alone_is_no_worker_s(port: int) -> None:
    with socket.socket() as alone:
        alone.bind(("0.0.0.0", port))  # noqa: S104 - as another program would
        alone.listen()
        with pytest.raises(OSError, match="in use"):
            listener(port)
