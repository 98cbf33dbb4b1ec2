"""Checks a document before it leaves: the carrier's library writes misspelt attributes and wrong values without a word.

Source: Twilio, "TwiML for Programmable Voice", the pages of each verb; narrowed to what the line uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from twilio.twiml import TwiML

LARGEST_DOCUMENT = 64_000
"""Bytes; the carrier refuses more (11750)."""
LONGEST_SAY = 4_096
LONGEST_PARAMETER = 499
"""Name and value together stay under 500 characters."""

_RECORDING_CALLBACK = "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent"
ALLOWED: Mapping[str, Mapping[str, str]] = {
    "Response": {
        "Say": "voice loop language",
        "Play": "loop digits",
        "Pause": "length",
        "Gather": "input action method timeout finishOnKey numDigits actionOnEmptyResult",
        "Record": f"action method timeout finishOnKey maxLength playBeep trim {_RECORDING_CALLBACK}",
        "Redirect": "method",
        "Hangup": "",
        "Reject": "reason",
        "Dial": "action method timeout timeLimit callerId answerOnBridge",
        "Connect": "action method",
    },
    "Gather": {"Say": "voice loop language", "Play": "loop digits", "Pause": "length"},
    "Dial": {"Number": "url method"},
    "Connect": {"Stream": "name url track statusCallback statusCallbackMethod"},
    "Stream": {"Parameter": "name value"},
}
"""Parent -> element -> its attributes."""

_REQUIRED = {
    "Gather": {"input", "action"},
    "Connect": {"action"},
    "Stream": {"url"},
    "Parameter": {"name", "value"},
    "Reject": {"reason"},
}
"""What the carrier would default to something dangerous: Gather's action is the document itself, an endless loop."""
_ADDRESSES = {"action", "url", "statusCallback", "recordingStatusCallback"}
_VALUES = {
    "method": r"POST",
    "reason": r"busy|rejected",
    "input": r"dtmf",
    "timeout": r"[1-9][0-9]{0,2}",
    "numDigits": r"[1-9][0-9]?",
    "maxLength": r"[1-9][0-9]{0,4}",
    "finishOnKey": r"[0-9*#]?",
    "language": r"[a-z]{2}-[A-Z]{2}",
    "track": r"inbound_track",
    "playBeep": r"true|false",
    "answerOnBridge": r"true|false",
    "actionOnEmptyResult": r"true|false",
    "recordingStatusCallbackEvent": r"(in-progress|completed|absent)( (in-progress|completed|absent))*",
}
_HOST = re.compile(r"[A-Za-z0-9.\-]+|\[[0-9a-fA-F:]+\]")
"""No underscore: the carrier refuses such hosts."""


def check(response: TwiML) -> None:
    """Raise ValueError for anything that the carrier would refuse, ignore or take otherwise than it was meant."""
    if response.name != "Response":
        raise ValueError(f"a document starts with Response, not {response.name}")
    _check_children(response)
    if len(str(response).encode("utf-8")) > LARGEST_DOCUMENT:
        raise ValueError("a document of more than 64 kB")


def _check_children(parent: TwiML) -> None:
    allowed = ALLOWED.get(parent.name, {})
    for element in parent.verbs:
        if element.name not in allowed:
            raise ValueError(f"<{element.name}> inside <{parent.name}>")
        _check_attributes(element, set(allowed[element.name].split()))
        _check_text(element)
        _check_children(element)


def _check_attributes(element: TwiML, allowed: set[str]) -> None:
    unknown = set(element.attrs) - allowed
    if unknown:
        raise ValueError(f"<{element.name}> has no {', '.join(sorted(unknown))}")
    missing = _REQUIRED.get(element.name, set()) - set(element.attrs)
    if missing:
        raise ValueError(f"<{element.name}> lacks {', '.join(sorted(missing))}")
    for name, value in element.attrs.items():
        _check_value(element.name, name, _as_written(value))


def _check_value(element: str, name: str, text: str) -> None:
    if name in _ADDRESSES:
        _check_address(text, {"ws", "wss"} if element == "Stream" and name == "url" else {"http", "https"})
    elif name in _VALUES and not re.fullmatch(_VALUES[name], text):
        raise ValueError(f"<{element} {name}={text!r}>: expected {_VALUES[name]}")


def _check_text(element: TwiML) -> None:
    text = element.value or ""
    if element.name == "Say" and not 0 < len(text.strip()) <= LONGEST_SAY:
        raise ValueError(f"<Say> of {len(text)} characters")
    if element.name in ("Redirect", "Play"):
        _check_address(text, {"http", "https"})
    if element.name == "Number" and not re.fullmatch(r"\+[1-9][0-9]{5,14}", text):
        raise ValueError("<Number> is not a telephone number in the form +15551234567")
    if element.name == "Parameter" and len(element.attrs["name"] + element.attrs["value"]) > LONGEST_PARAMETER:
        raise ValueError("<Parameter> of 500 characters or more")


def _check_address(text: str, schemes: set[str]) -> None:
    address = urlsplit(text)
    host = address.netloc.rpartition(":")[0] if address.port else address.netloc
    if address.scheme not in schemes or not _HOST.fullmatch(host):
        raise ValueError(f"{text!r} is not an absolute address of {' or '.join(sorted(schemes))}")
    if address.scheme in ("ws", "wss") and address.query:
        raise ValueError("a stream's address carries no query; the carrier drops it")


def _as_written(value: object) -> str:
    """As the carrier's library writes an attribute: booleans in lower case, lists as their Python text (a trap)."""
    return str(value).lower() if isinstance(value, bool) else str(value)
