"""The media stream's JSON, from the carrier's side: builds what it sends, judges what it gets. Pure."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Sound:
    """`media`: µ-law to be played."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class Mark:
    """`mark`: to be returned when all before it was played."""

    name: str


@dataclass(frozen=True, slots=True)
class Clear:
    """`clear`: forget what is queued."""


FromLine: TypeAlias = Sound | Mark | Clear

_FIELDS = {
    "media": {"event", "streamSid", "media"},
    "mark": {"event", "streamSid", "mark"},
    "clear": {"event", "streamSid"},
}


def read(text: str, stream_sid: str) -> FromLine | str:
    """A message of the line's, or in words why it is none (error 31951)."""
    try:
        message = json.loads(text)
    except ValueError:
        return "is not JSON"
    if not isinstance(message, dict) or message.get("event") not in _FIELDS:
        return "has no known event"
    event = message["event"]
    if set(message) != _FIELDS[event]:
        return f"{event} has the fields {sorted(message)}"
    if message["streamSid"] != stream_sid:
        return f"{event} has a foreign streamSid"
    if event == "clear":
        return Clear()
    return _read_sound(message["media"]) if event == "media" else _read_mark(message["mark"])


def _read_sound(media: Any) -> Sound | str:
    if not isinstance(media, dict) or set(media) != {"payload"} or not isinstance(media["payload"], str):
        return "media holds something else than a payload"
    try:
        return Sound(base64.b64decode(media["payload"], validate=True))
    except (binascii.Error, ValueError):
        return "media's payload is not base64"


def _read_mark(mark: Any) -> Mark | str:
    if not isinstance(mark, dict) or set(mark) != {"name"} or not isinstance(mark["name"], str):
        return "mark holds something else than a name"
    return Mark(mark["name"])


class Writer:
    """Numbers and stamps the messages of one stream, types and spellings as the carrier's."""

    def __init__(
        self,
        account_sid: str,
        call_sid: str,
        stream_sid: str,
        first_timestamp: int,
        tracks: tuple[str, ...] = ("inbound",),
    ) -> None:
        """first_timestamp: of the first frame, ms since the stream began; 60 to 110 seen at the carrier."""
        self._tracks = tracks
        self._account, self._call, self._stream = account_sid, call_sid, stream_sid
        self._sequence = 0
        self._chunk = 0
        self._timestamp = first_timestamp

    @staticmethod
    def connected() -> str:
        """The first message."""
        return json.dumps({"event": "connected", "protocol": "Call", "version": "1.0.0"})

    def start(self, parameters: Mapping[str, str]) -> str:
        """The second message."""
        start = {
            "accountSid": self._account,
            "streamSid": self._stream,
            "callSid": self._call,
            "tracks": list(self._tracks),
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": dict(parameters),
        }
        return self._message("start", {"start": start})

    def skip(self) -> None:
        """20 ms are lost on the way: a gap in the timestamps."""
        self._timestamp += 20

    def media(self, frame: bytes, track: str = "inbound", is_last: bool = True) -> str:
        """20 ms of a track; time goes on with the last track of a frame."""
        self._chunk += 1
        media = {
            "track": track,
            "chunk": str(self._chunk),
            "timestamp": str(self._timestamp),
            "payload": base64.b64encode(frame).decode("ascii"),
        }
        self._timestamp += 20 if is_last else 0
        return self._message("media", {"media": media})

    def dtmf(self, key: str) -> str:
        """A key; `inbound_track`, where media says `inbound`."""
        return self._message("dtmf", {"dtmf": {"track": "inbound_track", "digit": key}})

    def mark(self, name: str) -> str:
        """A mark of the line's comes back, played or flushed alike."""
        return self._message("mark", {"mark": {"name": name}})

    def stop(self) -> str:
        """The last message."""
        return self._message("stop", {"stop": {"accountSid": self._account, "callSid": self._call}})

    def _message(self, event: str, body: dict[str, Any]) -> str:
        self._sequence += 1
        head = {"event": event, "sequenceNumber": str(self._sequence), "streamSid": self._stream}
        return json.dumps(head | body)
