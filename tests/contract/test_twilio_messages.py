"""The carrier's JSON as its documentation shows it, and everything that is not it."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.errors import BadMessage
from ivr.telephony import messages
from ivr.telephony.messages import Connected, Dtmf, Mark, Media, Start, Stop, Unknown

STREAM = "MZ" + "c" * 32
CALL = "CA" + "b" * 32
ACCOUNT = "AC" + "a" * 32

CONNECTED = {"event": "connected", "protocol": "Call", "version": "1.0.0"}
START = {
    "event": "start",
    "sequenceNumber": "1",
    "streamSid": STREAM,
    "start": {
        "accountSid": ACCOUNT,
        "streamSid": STREAM,
        "callSid": CALL,
        "tracks": ["inbound"],
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
        "customParameters": {"t": "4f0c2b9e7d"},
    },
}
MEDIA = {
    "event": "media",
    "sequenceNumber": "2",
    "streamSid": STREAM,
    "media": {
        "track": "inbound",
        "chunk": "1",
        "timestamp": "88",
        "payload": base64.b64encode(b"\x7f" * 160).decode(),
    },
}
DTMF = {
    "event": "dtmf",
    "sequenceNumber": "57",
    "streamSid": STREAM,
    "dtmf": {"track": "inbound_track", "digit": "5"},
}
MARK = {"event": "mark", "sequenceNumber": "91", "streamSid": STREAM, "mark": {"name": "g3.s12"}}
STOP = {
    "event": "stop",
    "sequenceNumber": "400",
    "streamSid": STREAM,
    "stop": {"accountSid": ACCOUNT, "callSid": CALL},
}
EXAMPLES = [CONNECTED, START, MEDIA, DTMF, MARK, STOP]


def read(message: dict[str, Any]) -> messages.FromCarrier:
    return messages.read(json.dumps(message))


def changed(message: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy with one field replaced; "start.callSid" names a field of an inner object."""
    copy = json.loads(json.dumps(message))
    *parents, last = path.split(".")
    place = copy
    for parent in parents:
        place = place[parent]
    place[last] = value
    return copy


def test_every_documented_message_is_read() -> None:
    assert read(CONNECTED) == Connected()
    start = read(START)
    assert isinstance(start, Start)
    assert (start.stream_sid, start.call_sid, start.account_sid) == (STREAM, CALL, ACCOUNT)
    assert (start.encoding, start.sample_rate, start.channels) == ("audio/x-mulaw", 8000, 1)
    assert dict(start.parameters) == {"t": "4f0c2b9e7d"}
    assert read(MEDIA) == Media(STREAM, 2, 88, b"\x7f" * 160)
    assert read(DTMF) == Dtmf(STREAM, 57, "5")
    assert read(MARK) == Mark(STREAM, 91, "g3.s12")
    assert read(STOP) == Stop(STREAM)


def test_an_event_of_tomorrow_is_ignored_and_not_refused() -> None:
    assert read({"event": "weather", "streamSid": 17}) == Unknown("weather")


def test_unknown_fields_are_ignored() -> None:
    assert read(changed(MEDIA, "media.loudness", 3)) == read(MEDIA)


def test_a_start_without_parameters_is_a_start() -> None:
    start = read(changed(START, "start.customParameters", {}))
    assert isinstance(start, Start)
    assert not start.parameters


@pytest.mark.parametrize(
    ("message", "path", "value"),
    [
        (START, "streamSid", "MZ"),
        (START, "start", []),
        (START, "start.callSid", "CA" + "B" * 32),
        (START, "start.accountSid", None),
        (START, "start.mediaFormat.sampleRate", "8000"),
        (START, "start.mediaFormat.channels", True),
        (START, "start.mediaFormat", "audio/x-mulaw"),
        (START, "start.customParameters", {"t": 4}),
        (START, "start.customParameters", ["t"]),
        (MEDIA, "media.payload", ""),
        (MEDIA, "media.payload", "not base64!"),
        (MEDIA, "media.payload", "abc"),
        (MEDIA, "media.payload", base64.b64encode(b"\xff" * 8_001).decode()),
        (MEDIA, "media.timestamp", 88),
        (MEDIA, "media.timestamp", "-1"),
        (MEDIA, "media.timestamp", "８８"),
        (MEDIA, "media.timestamp", "1" * 14),
        (MEDIA, "sequenceNumber", 2),
        (MEDIA, "sequenceNumber", "0x2"),
        (DTMF, "dtmf.digit", "A"),
        (DTMF, "dtmf.digit", "55"),
        (DTMF, "dtmf.digit", ""),
        (MARK, "mark.name", "n" * 101),
        (MARK, "mark", None),
        (STOP, "streamSid", "CA" + "c" * 32 + "\n"),
    ],
)
def test_wrong_types_and_values_are_refused(message: dict[str, Any], path: str, value: object) -> None:
    with pytest.raises(BadMessage):
        read(changed(message, path, value))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"start"', "{}", '{"event": 4}', b"{}", "[" * 9_000])
def test_what_is_no_message_is_refused(text: str | bytes) -> None:
    with pytest.raises(BadMessage):
        messages.read(text)


def test_an_oversized_message_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(BadMessage, match="16385 characters"):
        messages.read("x" * 16_385)


def test_an_error_never_quotes_what_was_sent() -> None:
    with pytest.raises(BadMessage) as refused:
        messages.read('{"event": "start", "secret-token"')
    assert "secret-token" not in str(refused.value)
    assert refused.value.__cause__ is None


@settings(deadline=None)  # a busy machine is no defect
@given(st.text(max_size=400) | st.binary(max_size=400))
def test_any_text_is_a_message_or_a_bad_message(text: str | bytes) -> None:
    try:
        messages.read(text)
    except BadMessage:
        return
    assert isinstance(text, str)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)  # a busy machine is no defect
@given(st.sampled_from(EXAMPLES), st.data())
def test_any_field_may_hold_anything_without_another_error(example: dict[str, Any], data: st.DataObject) -> None:
    paths = [key for key in example if key != "event"]
    paths += [f"{key}.{inner}" for key in example if isinstance(example[key], dict) for inner in example[key]]
    hostile = changed(example, data.draw(st.sampled_from(paths)), data.draw(JSON))
    try:
        understood = read(hostile)
    except BadMessage:
        return
    assert type(understood) is type(read(example))


@settings(deadline=None)  # a busy machine is no defect
@given(st.integers(1, 50))
def test_sound_that_is_sent_holds_exactly_the_fields_the_carrier_takes(frames: int) -> None:
    payload = b"\x10" * 160 * frames
    sent = json.loads(messages.media_message(STREAM, payload))
    assert set(sent) == {"event", "streamSid", "media"}
    assert (sent["event"], sent["streamSid"]) == ("media", STREAM)
    assert set(sent["media"]) == {"payload"}
    assert base64.b64decode(sent["media"]["payload"]) == payload


def test_marks_and_clear_hold_exactly_the_fields_the_carrier_takes() -> None:
    assert json.loads(messages.mark_message(STREAM, "g3.s12")) == {
        "event": "mark",
        "streamSid": STREAM,
        "mark": {"name": "g3.s12"},
    }
    assert json.loads(messages.clear_message(STREAM)) == {"event": "clear", "streamSid": STREAM}


@pytest.mark.parametrize("payload", [b"", b"\xff" * 159, b"\xff" * 161, b"\xff" * 8_160])
def test_ragged_or_long_sound_is_never_sent(payload: bytes) -> None:
    with pytest.raises(ValueError, match="payload"):
        messages.media_message(STREAM, payload)


@pytest.mark.parametrize("name", ["", "a\nb", "ü", "n" * 101])
def test_a_mark_that_the_carrier_might_refuse_is_never_sent(name: str) -> None:
    with pytest.raises(ValueError, match="mark name"):
        messages.mark_message(STREAM, name)


def test_nothing_is_sent_to_a_stream_that_has_no_name() -> None:
    with pytest.raises(ValueError, match="stream"):
        messages.clear_message("")
