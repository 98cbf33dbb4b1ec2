"""The invented people as testers know them, and the demo agency on a socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from ivr.services.demo_agency import people
from ivr.vocabulary import Secret

TODAY = date(2026, 11, 24)
"""A Tuesday."""
TOKEN = "invented-token"


@dataclass(frozen=True, slots=True)
class InventedCaller:
    """What somebody needs to be this invented person on the telephone."""

    name: str
    customer_number: str
    pin: str
    birth_date: date
    language: str
    story: str
    case_numbers: tuple[str, ...]

    @property
    def secret(self) -> Secret:
        return Secret(self.pin)


def invented_callers() -> dict[str, InventedCaller]:
    """By first name."""
    path = Path(people.__file__).with_name("testers.json")
    rows = json.loads(path.read_text("utf-8"))["testers"]
    return {key: _caller(row) for key, row in rows.items()}


def _caller(row: dict[str, Any]) -> InventedCaller:
    birth_date, case_numbers = date.fromisoformat(row["birth_date"]), tuple(row["case_numbers"])
    return InventedCaller(**{**row, "birth_date": birth_date, "case_numbers": case_numbers})


class Quiet(WSGIRequestHandler):
    """Writes no access log."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def served(app: Callable[..., object] | Flask) -> Iterator[str]:
    """The application on a free port of the loopback; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)  # type: ignore[arg-type]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
