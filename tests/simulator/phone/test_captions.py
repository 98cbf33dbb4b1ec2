"""Captions while a call lasts."""

from __future__ import annotations

import json
import queue
from typing import Any

import httpx
import pytest

from ivr.simulator.phone.captions import Captions, HttpTimeline
from tests.simulator.phone.loop_back import WrittenTimeline

SAID = [
    {"kind": "prompt_started", "prompt": "greeting", "text": "Good day."},
    {"kind": "fact", "name": "secret"},
    {"kind": "prompt_finished", "prompt": "greeting"},
    {"kind": "listening", "expect": "open"},
]


def answering(handler: Any) -> HttpTimeline:
    return HttpTimeline("http://line.invalid", "token-of-an-operator", transport=httpx.MockTransport(handler))


def test_entries_are_asked_for_with_the_operators_token_and_the_last_number_seen() -> None:
    asked: list[httpx.Request] = []

    def line(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=[{"n": 8, "kind": "state", "state": "asking"}])

    entries = answering(line).entries("CA1", after=7)

    assert entries == [{"n": 8, "kind": "state", "state": "asking"}]
    assert str(asked[0].url) == "http://line.invalid/internal/calls/CA1/timeline?after=7"
    assert asked[0].headers["Authorization"] == "Bearer token-of-an-operator"


@pytest.mark.parametrize(("status", "body"), [(404, "[]"), (200, "<html>"), (200, "7"), (200, '{"entries": 7}')])
def test_an_answer_that_is_no_timeline_is_an_error(status: int, body: str) -> None:
    with pytest.raises((httpx.HTTPError, ValueError)):
        answering(lambda request: httpx.Response(status, text=body)).entries("CA1", after=0)


def test_each_entry_is_shown_once_and_in_order_up_to_the_end_of_the_call() -> None:
    shown: queue.SimpleQueue[str] = queue.SimpleQueue()
    captions = Captions(WrittenTimeline(SAID, per_question=2), "CA1", shown.put)

    captions.start()
    first = [json.loads(shown.get(timeout=5))["n"] for _ in range(2)]
    captions.stop()

    assert first == [1, 3]
    assert json.loads(shown.get(timeout=5))["n"] == 4
    assert shown.empty()


def test_a_line_without_a_timeline_is_said_once_and_the_call_goes_on() -> None:
    shown: queue.SimpleQueue[str] = queue.SimpleQueue()
    captions = Captions(answering(lambda request: httpx.Response(404)), "CA1", shown.put)

    captions.start()
    first = json.loads(shown.get(timeout=5))
    captions.stop()

    assert first == {"type": "captions", "available": False}
    assert shown.empty()
