"""gunicorn's hooks of a web process: its worker takes part in the public port once it can serve a call.

All web processes listen on the same port (SO_REUSEPORT) and the kernel deals connections out among them. A process
that listens while its models load would let a webhook wait for seconds, and a stream that comes to it would die: after
a kill -9 that is half of what the carrier asks. So each worker opens the port itself, last; it closes with the worker.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

LOAD_WITHIN_S = 50.0
"""A worker whose models take longer answers meanwhile, by keys. Models take 5 s on two quiet cores."""
NOTIFY_EVERY_S = 0.5
BACKLOG = 512


@dataclass(frozen=True, slots=True)
class PublicPort:
    """The port, and how to wait until calls can be served. The application carries it to its worker.

    gunicorn's master imports this module too, so it knows nothing of models, settings or calls.
    """

    number: int
    settled: Callable[[float], bool]
    """Waits so many seconds at most; True once all is loaded, or it is certain that it cannot be."""


EXTENSION = "openline.public_port"
"""Where the Flask application keeps it."""


class Worker(Protocol):
    """What is used of gunicorn's worker."""

    sockets: list[Any]
    wsgi: Any

    def notify(self) -> None:
        """Tell the master that the worker lives; it kills one that is silent for 60 s."""
        ...


def post_worker_init(worker: Worker) -> None:
    """Called by gunicorn in the worker, which has made the application and accepts nothing yet.

    Waits for the models, then takes part in the public port; also without them, since keys work then.
    """
    port: PublicPort = worker.wsgi.extensions[EXTENSION]
    deadline = time.monotonic() + LOAD_WITHIN_S
    while not port.settled(NOTIFY_EVERY_S) and time.monotonic() < deadline:
        worker.notify()
    worker.sockets.append(listener(port.number))


def listener(port: int) -> socket.socket:
    """A share of the port on all addresses. Raises OSError where somebody holds it alone."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.bind(("0.0.0.0", port))  # noqa: S104 - the carrier comes from outside
        opened.setblocking(False)
        opened.listen(BACKLOG)
    except OSError:
        opened.close()
        raise
    return opened
