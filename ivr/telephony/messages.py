"""The carrier's JSON on the media stream <-> frozen dataclasses. No I/O.

Source: Twilio, "Media Streams: WebSocket messages". Numbers come as decimal strings, except in mediaFormat.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from ivr.errors import BadMessage

LARGEST_MESSAGE = 16_384
"""Characters. A frame of 20 ms takes about 330; a second of audio in one message about 10 900."""
LARGEST_PAYLOAD = 8_000
"""Bytes of µ-law in one message: 1 s."""
LARGEST_NUMBER = 10**12
"""Chunks, sequence numbers and milliseconds of a call of 24 h stay far below."""
KEYS = frozenset("0123456789*#")
FRAME_BYTES = 160
"""20 ms of µ-law at 8 000 Hz."""

_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")
_MARK = re.compile(r"[\x20-\x7e]{1,100}")


@dataclass(frozen=True, slots=True)
class Connected:
    """The first message; says nothing of the call."""


@dataclass(frozen=True, slots=True)
class Start:
    """The stream's beginning."""

    stream_sid: str
    account_sid: str
    call_sid: str
    encoding: str
    sample_rate: int
    """Hertz."""
    channels: int
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The <Parameter>s of the TwiML."""


@dataclass(frozen=True, slots=True)
class Media:
    """A piece of the caller's sound."""

    stream_sid: str
    sequence: int
    timestamp: int
    """Milliseconds since the stream began; the first is not 0."""
    payload: bytes
    """µ-law, 8 000 Hz, mono; normally 160 bytes."""


@dataclass(frozen=True, slots=True)
class Dtmf:
    """A key, once, without its length."""

    stream_sid: str
    sequence: int
    digit: str


@dataclass(frozen=True, slots=True)
class Mark:
    """All audio before the mark was played, or thrown away by a clear: the shape is the same."""

    stream_sid: str
    sequence: int
    name: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The caller hung up, or the call was given other orders."""

    stream_sid: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event this line does not know; ignored, because the carrier adds some without notice."""

    event: str


FromCarrier: TypeAlias = Connected | Start | Media | Dtmf | Mark | Stop | Unknown


def read(text: str | bytes) -> FromCarrier:
    """Read one message of the carrier's. Raises BadMessage for all that is not one, binary frames included."""
    if isinstance(text, bytes):
        raise BadMessage("a binary frame")
    if len(text) > LARGEST_MESSAGE:
        raise BadMessage(f"a message of {len(text)} characters, more than {LARGEST_MESSAGE}")
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        # The text is left out of the error: it may hold the caller's voice or a token.
        raise BadMessage("a message that is not JSON") from None
    if not isinstance(fields, dict):
        raise BadMessage("a message that is no object")
    event = _text(fields, "event", longest=50)
    reader = _READERS.get(event)
    return reader(fields) if reader else Unknown(event)


def _start(fields: dict[str, Any]) -> Start:
    start = _object(fields, "start")
    media_format = _object(start, "mediaFormat")
    parameters = _object(start, "customParameters") if "customParameters" in start else {}
    if not all(isinstance(value, str) for value in parameters.values()):
        raise BadMessage("customParameters: expected an object of strings")
    return Start(
        stream_sid=_sid(fields, "streamSid"),
        account_sid=_sid(start, "accountSid"),
        call_sid=_sid(start, "callSid"),
        encoding=_text(media_format, "encoding", longest=50),
        sample_rate=_integer(media_format, "sampleRate"),
        channels=_integer(media_format, "channels"),
        parameters=MappingProxyType(dict(parameters)),
    )


def _media(fields: dict[str, Any]) -> Media:
    media = _object(fields, "media")
    try:
        payload = base64.b64decode(_text(media, "payload", longest=LARGEST_MESSAGE), validate=True)
    except (binascii.Error, ValueError):
        raise BadMessage("media.payload: expected base64") from None
    if not 0 < len(payload) <= LARGEST_PAYLOAD:
        raise BadMessage(f"media.payload: {len(payload)} bytes, expected 1 to {LARGEST_PAYLOAD}")
    return Media(
        stream_sid=_sid(fields, "streamSid"),
        sequence=_number(fields, "sequenceNumber"),
        timestamp=_number(media, "timestamp"),
        payload=payload,
    )


def _dtmf(fields: dict[str, Any]) -> Dtmf:
    digit = _text(_object(fields, "dtmf"), "digit", longest=1)
    if digit not in KEYS:
        raise BadMessage("dtmf.digit: expected one of 0-9 * #")
    return Dtmf(_sid(fields, "streamSid"), _number(fields, "sequenceNumber"), digit)


def _mark(fields: dict[str, Any]) -> Mark:
    name = _text(_object(fields, "mark"), "name", longest=100)
    return Mark(_sid(fields, "streamSid"), _number(fields, "sequenceNumber"), name)


def _stop(fields: dict[str, Any]) -> Stop:
    return Stop(_sid(fields, "streamSid"))


_READERS: dict[str, Callable[[dict[str, Any]], FromCarrier]] = {
    "connected": lambda _: Connected(),
    "start": _start,
    "media": _media,
    "dtmf": _dtmf,
    "mark": _mark,
    "stop": _stop,
}


def media_message(stream_sid: str, payload: bytes) -> str:
    """Sound to play: µ-law in whole frames of 160 bytes, 1 s at most. Raises ValueError for anything else."""
    if not payload or len(payload) % FRAME_BYTES or len(payload) > LARGEST_PAYLOAD:
        raise ValueError(f"a payload of {len(payload)} bytes; expected a multiple of {FRAME_BYTES}, 1 s at most")
    encoded = base64.b64encode(payload).decode("ascii")
    return _write(stream_sid, "media", media={"payload": encoded})


def mark_message(stream_sid: str, name: str) -> str:
    """Ask for a mark behind what is queued. Raises ValueError for a name that is empty, long or not plain ASCII."""
    if not _MARK.fullmatch(name):
        raise ValueError(f"mark name {name!r}: expected 1 to 100 printable ASCII characters")
    return _write(stream_sid, "mark", mark={"name": name})


def clear_message(stream_sid: str) -> str:
    """Throw away what is queued at the carrier."""
    return _write(stream_sid, "clear")


def _write(stream_sid: str, event: str, **rest: dict[str, str]) -> str:
    """Exactly the fields that the carrier takes; one more and it drops the message without a word (31951)."""
    if not _SID.fullmatch(stream_sid):
        raise ValueError(f"stream {stream_sid!r}: expected MZ and 32 hex digits")
    return json.dumps({"event": event, "streamSid": stream_sid, **rest}, separators=(",", ":"))


def _object(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = fields.get(name)
    if not isinstance(value, dict):
        raise BadMessage(f"{name}: expected an object")
    return value


def _text(fields: Mapping[str, Any], name: str, longest: int) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise BadMessage(f"{name}: expected 1 to {longest} characters")
    return value


def _sid(fields: Mapping[str, Any], name: str) -> str:
    value = _text(fields, name, longest=34)
    if not _SID.fullmatch(value):
        raise BadMessage(f"{name}: expected two letters and 32 hex digits")
    return value


def _number(fields: Mapping[str, Any], name: str) -> int:
    """A decimal string. `str.isdigit` would let other alphabets' digits through."""
    value = fields.get(name)
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,13}", value) or int(value) > LARGEST_NUMBER:
        raise BadMessage(f"{name}: expected a decimal string")
    return int(value)


def _integer(fields: Mapping[str, Any], name: str) -> int:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST_NUMBER:
        raise BadMessage(f"{name}: expected a whole number")
    return value
