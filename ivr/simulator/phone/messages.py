"""The words between the page and its socket: JSON for commands and events, binary for sound.

page   -> socket   {"type": "dial", "language": "en"} · {"type": "key", "key": "5"} · {"type": "hang_up"}
socket -> page     {"type": "state", "state": "ringing" | "answered" | "ended", "reason": …, "call_id": …}
                   {"type": "timeline", "kind": …, …}   one entry of the line's timeline, known fields only
                   {"type": "captions", "available": false}
                   {"type": "refused", "reason": …} · {"type": "note", "text": …}
both               binary: G.711 µ-law, 8 000 Hz, whole frames of 160 bytes
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from ivr.errors import BadMessage
from ivr.simulator.phone.browser_leg import FRAME_BYTES
from ivr.simulator.timeline import TimelineEntry

KEYS = frozenset("0123456789*#")
TEXT_AT_MOST = 256
"""Characters of a JSON message; the longest we define has 35."""
SOUND_AT_MOST = 10 * FRAME_BYTES
"""200 ms in one message; our page sends 20."""
SHOWN = {
    "prompt_started": ("prompt", "text"),
    "prompt_finished": ("prompt", "barged_in"),
    "listening": ("expect",),
    "caller_spoke": ("text", "rejected"),
    "keys": ("count", "key", "pin"),
    "result": ("result",),
}
"""What the page may know of each kind of timeline entry. Facts, values and error texts stay behind."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Call the line."""

    language: str


@dataclass(frozen=True, slots=True)
class Press:
    """A key of the keypad."""

    key: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """Put the handset down."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Sound of the caller: µ-law, whole frames."""

    sound: bytes


FromPage = Dial | Press | HangUp | Speak


def read(message: str | bytes) -> FromPage:
    """What the page wants. Raises BadMessage for anything the page never sends."""
    if isinstance(message, bytes):
        return Speak(_whole_frames(message))
    if len(message) > TEXT_AT_MOST:
        raise BadMessage("a message of more than 256 characters")
    try:
        fields = json.loads(message)
    except ValueError as error:
        raise BadMessage("not JSON") from error
    match fields:
        case {"type": "dial", "language": str(language)}:
            return Dial(language)
        case {"type": "key", "key": str(key)} if key in KEYS:
            return Press(key)
        case {"type": "hang_up"}:
            return HangUp()
    raise BadMessage("no message of this phone")


def _whole_frames(sound: bytes) -> bytes:
    if not sound or len(sound) % FRAME_BYTES or len(sound) > SOUND_AT_MOST:
        raise BadMessage(f"{len(sound)} bytes of sound; expected 160 for each 20 ms, at most 1 600")
    return sound


def state(name: str, **more: str) -> str:
    """The call's state for the page: ringing, answered, ended."""
    return json.dumps({"type": "state", "state": name, **more})


def refused(reason: str) -> str:
    """A sentence for the person at the page: why there is no call."""
    return json.dumps({"type": "refused", "reason": reason})


def note(text: str) -> str:
    """A sentence for the person at the page about the call they have."""
    return json.dumps({"type": "note", "text": text})


def captions_away() -> str:
    """The line's timeline could not be read."""
    return json.dumps({"type": "captions", "available": False})


def timeline(entry: TimelineEntry) -> str | None:
    """One entry of the line's timeline for the page; None for a kind it does not show."""
    fields = SHOWN.get(entry.kind)
    if fields is None:
        return None
    shown = {name: entry.details[name] for name in fields if name in entry.details}
    return json.dumps({"type": "timeline", "kind": entry.kind, **shown})
