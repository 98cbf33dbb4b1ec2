"""The words between page and socket."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ivr.errors import BadMessage
from ivr.simulator.phone import messages
from ivr.simulator.phone.messages import Dial, HangUp, Press, Speak
from ivr.simulator.timeline import TimelineEntry


@pytest.mark.parametrize(
    ("received", "meant"),
    [
        ('{"type": "dial", "language": "en"}', Dial("en")),
        ('{"type": "key", "key": "#"}', Press("#")),
        ('{"type": "hang_up"}', HangUp()),
        (b"\xff" * 320, Speak(b"\xff" * 320)),
    ],
)
def test_what_the_page_sends_is_understood(received: str | bytes, meant: object) -> None:
    assert messages.read(received) == meant


@pytest.mark.parametrize(
    "received",
    [
        "",
        "null",
        "[]",
        '"dial"',
        '{"type": "dial"}',
        '{"type": "dial", "language": 7}',
        '{"type": "key", "key": "A"}',
        '{"type": "key", "key": "12"}',
        '{"type": "key", "key": ["1"]}',
        '{"type": "key", "key": "1"' + " " * 256 + "}",
        "[" * 250,
        b"",
        b"\xff" * 159,
        b"\xff" * 1_760,
    ],
)
def test_what_the_page_never_sends_is_refused(received: str | bytes) -> None:
    with pytest.raises(BadMessage):
        messages.read(received)


@given(some.text() | some.binary())
def test_nothing_breaks_the_reader(received: str | bytes) -> None:
    with contextlib.suppress(BadMessage):
        messages.read(received)


def test_the_page_learns_what_was_said_and_understood() -> None:
    entry = TimelineEntry.parse({"n": 4, "at_ms": 900, "kind": "caller_spoke", "text": "my pension"})

    assert json.loads(messages.timeline(entry) or "") == {
        "type": "timeline",
        "kind": "caller_spoke",
        "text": "my pension",
    }


def test_facts_and_unknown_fields_do_not_reach_the_page() -> None:
    facts = TimelineEntry.parse({"n": 5, "kind": "facts", "facts": [{"value": "2026-12-02"}]})
    spoken = TimelineEntry.parse({"n": 6, "kind": "caller_spoke", "text": "my pension", "value": "p-17"})

    assert messages.timeline(facts) is None
    assert "p-17" not in (messages.timeline(spoken) or "")
