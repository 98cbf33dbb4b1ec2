"""Captions while a call lasts, from a line that serves its timeline over HTTP."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator

import pytest
from flask import Flask, Response, abort, jsonify, request
from werkzeug.serving import make_server

from ivr.simulator.phone.captions import Captions, timeline_at

TOKEN = "token-of-an-operator"
SAID = [
    {"n": 1, "kind": "prompt_started", "prompt": "greeting", "text": "Good day."},
    {"n": 2, "kind": "facts", "facts": [{"name": "payment_date"}]},
    {"n": 3, "kind": "prompt_finished", "prompt": "greeting", "barged_in": True},
    {"n": 4, "kind": "listening", "expect": "open"},
]


@pytest.fixture
def origin() -> Iterator[str]:
    """A line that tells two entries of the call CA1 at a time, to operators alone."""
    app = Flask(__name__)

    @app.get("/internal/calls/CA1/timeline")
    def timeline() -> Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            abort(401)
        after = int(request.args["after"])
        return jsonify(SAID[after : after + 2])

    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_each_entry_is_shown_once_and_in_order_up_to_the_end_of_the_call(origin: str) -> None:
    shown: queue.SimpleQueue[str] = queue.SimpleQueue()
    captions = Captions(timeline_at(origin, TOKEN), shown.put)

    captions.start("CA1")
    first = [json.loads(shown.get(timeout=5))["kind"] for _ in range(2)]
    captions.stop()

    assert first == ["prompt_started", "prompt_finished"]
    assert json.loads(shown.get(timeout=5)) == {"type": "timeline", "kind": "listening", "expect": "open"}
    assert shown.empty()


@pytest.mark.parametrize(("call", "token"), [("CA2", TOKEN), ("CA1", "a guess")])
def test_a_line_that_tells_nothing_is_said_to_tell_nothing(origin: str, call: str, token: str) -> None:
    shown: queue.SimpleQueue[str] = queue.SimpleQueue()
    captions = Captions(timeline_at(origin, token), shown.put)

    captions.start(call)
    captions.stop()

    assert json.loads(shown.get(timeout=5)) == {"type": "captions", "available": False}
    assert shown.empty()


def test_a_page_that_never_called_is_told_nothing(origin: str) -> None:
    shown: queue.SimpleQueue[str] = queue.SimpleQueue()

    Captions(timeline_at(origin, TOKEN), shown.put).stop()

    assert shown.empty()
