"""What the carrier never sends: a call lives through it, or ends cleanly with its reason in the journal."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from ivr.vocabulary import CallId
from tests.faults.fault_line import FaultLine
from tests.faults.raw_carrier import RawCarrier, RawStream, new_call, token_in

pytestmark = [pytest.mark.line, pytest.mark.fault]

POLICY = 1008

BROKEN: dict[str, Callable[[RawStream], str]] = {
    "no JSON": lambda stream: "{",
    "a list": lambda stream: "[]",
    "no event": lambda stream: "{}",
    "a number as event": lambda stream: '{"event": 7}',
    "an event nobody knows": lambda stream: stream.message("weather", weather={}),
    "media without media": lambda stream: stream.message("media"),
    "a payload that is no base64": lambda stream: stream.media(payload="%%%%"),
    "an empty payload": lambda stream: stream.media(payload=""),
    "two seconds in one message": lambda stream: stream.media(payload="/////" * 4_266 + "////"),
    "20 000 characters": lambda stream: json.dumps({"event": "media", "x": "x" * 20_000}),
    "deep nesting": lambda stream: "[" * 8_000,
    "another stream's sound": lambda stream: stream.media().replace(stream.stream_sid, "MZ" + "0" * 32),
    "a number from before": lambda stream: stream.media().replace(f'"{stream.sequence}"', '"2"'),
    "a stamp from before": lambda stream: stream.media(timestamp=20),
    "a stamp far ahead": lambda stream: stream.media(timestamp=stream.timestamp + 3_600_000),
    "a negative stamp": lambda stream: stream.media(timestamp=-20),
    "a key that is none": lambda stream: stream.message("dtmf", dtmf={"digit": "Z"}),
    "a mark that is not out": lambda stream: stream.message("mark", mark={"name": "g9.s9"}),
    "a second start": lambda stream: stream.message("start", start={}),
    "a stop of another stream": lambda stream: json.dumps({"event": "stop", "streamSid": "MZ" + "0" * 32}),
}
"""Each is sent five times."""


def begun(line: FaultLine) -> RawStream:
    """A call whose greeting sounds."""
    carrier, call = RawCarrier(line), new_call()
    stream = carrier.stream(call, token_in(carrier.post("/voice", call).text))
    stream.live(600)
    assert stream.sound > 0
    return stream


def dropped_in(line: FaultLine, stream: RawStream) -> str:
    """What the journal says at the stream's end of messages that were dropped, and why."""
    deadline = time.monotonic() + 5
    while "stream_closed" not in line.journal(stream.call_sid) and time.monotonic() < deadline:
        time.sleep(0.05)
    entries = line.stores.journal.timeline(CallId(stream.call_sid))
    return next(str((entry.contents or {})["dropped"]) for entry in entries if entry.kind == "stream_closed")


@pytest.mark.parametrize("name", BROKEN)
def test_a_call_lives_through_broken_messages(line: FaultLine, name: str) -> None:
    stream = begun(line)
    for _ in range(5):
        stream.say(BROKEN[name](stream))
    stream.live(200)
    stream.press("0")
    stream.live(30_000)
    entries = line.stores.journal.timeline(CallId(stream.call_sid))
    steps = [(entry.contents or {}).get("step") for entry in entries if entry.kind == "next_step"]
    assert steps == ["staff"]
    assert stream.until_closed() == 1000


def test_a_flood_of_broken_messages_ends_the_stream_and_not_the_call(line: FaultLine) -> None:
    stream = begun(line)
    for _ in range(150):
        stream.say("{")
    assert stream.until_closed() == POLICY
    assert dropped_in(line, stream) == "a message that is not JSON: 101"
    assert "Connect" in RawCarrier(line).post("/voice/resume?n=1", stream.call_sid).text


def test_a_message_larger_than_any_ends_the_stream_and_not_the_call(line: FaultLine) -> None:
    stream = begun(line)
    stream.say(json.dumps({"event": "media", "x": "x" * 100_000}))
    assert stream.until_closed() == 1009
    assert "more than 65536 bytes" in dropped_in(line, stream)
    assert "Connect" in RawCarrier(line).post("/voice/resume?n=1", stream.call_sid).text


def test_a_connection_that_breaks_off_is_taken_up_once_and_then_goes_on_by_keys(line: FaultLine) -> None:
    stream = begun(line)
    stream.socket.reset()
    carrier = RawCarrier(line)
    document = carrier.post("/voice/resume?n=1", stream.call_sid, process=1).text
    again = carrier.stream(stream.call_sid, token_in(document), process=1)
    again.live(1_000)
    assert again.sound > 0
    assert line.journal(stream.call_sid).count("call_started") == 2
    again.socket.reset()
    keys = carrier.post("/voice/resume?n=2", stream.call_sid).text
    assert "Gather" in keys, "a second death within a minute: the carrier's own keypad line"
    assert "Connect" not in keys


def test_sound_before_the_start_opens_no_call(line: FaultLine) -> None:
    carrier, call = RawCarrier(line), new_call()
    carrier.post("/voice", call)
    stream = RawStream(carrier.open(), call, carrier.account)
    stream.say(stream.media())
    assert stream.until_closed() == POLICY
    assert "stream_started" not in line.journal(call)
