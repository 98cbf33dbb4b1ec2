"""TwiML that the line may use: parent, element, attributes, values. Twilio itself ignores most mistakes; we must not.

Names as in the constructors of twilio-python 9.13 (twilio.twiml.voice_response), narrowed to what the line may use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_RECORDING = "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent"
_STATUS = "statusCallback statusCallbackMethod statusCallbackEvent"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "Say": _names("voice loop language"),
    "Play": _names("loop digits"),
    "Pause": _names("length"),
    "Gather": _names(
        "input action method timeout speechTimeout maxSpeechTime profanityFilter finishOnKey numDigits "
        "partialResultCallback language hints bargeIn actionOnEmptyResult speechModel enhanced"
    ),
    "Record": _names(f"action method timeout finishOnKey maxLength playBeep trim {_RECORDING}"),
    "Redirect": _names("method"),
    "Reject": _names("reason"),
    "Hangup": frozenset(),
    "Leave": frozenset(),
    "Enqueue": _names("action method maxQueueSize waitUrl waitUrlMethod"),
    "Dial": _names(f"action method timeout timeLimit callerId record trim {_RECORDING} answerOnBridge sequential"),
    "Number": _names(f"url method sendDigits {_STATUS}") | _names("machineDetection machineDetectionTimeout"),
    "Queue": _names("url method"),
    "Conference": _names(
        "muted beep startConferenceOnEnter endConferenceOnExit waitUrl waitMethod maxParticipants record coach trim "
        f"{_STATUS} {_RECORDING} jitterBufferSize participantLabel"
    ),
    "Connect": _names("action method"),
    "Start": _names("action method"),
    "Stream": _names("name url track statusCallback statusCallbackMethod"),
    "Parameter": _names("name value"),
    "Recording": _names(f"name {_RECORDING} trim track channels"),
}

CHILDREN: Final[Mapping[str, frozenset[str]]] = {
    "Response": _names("Say Play Pause Gather Record Redirect Reject Hangup Leave Enqueue Dial Connect Start"),
    "Gather": _names("Say Play Pause"),
    "Dial": _names("Number Queue Conference"),
    "Connect": _names("Stream"),
    "Start": _names("Stream Recording"),
    "Stream": _names("Parameter"),
}

CONTEXTS: Final[Mapping[str, frozenset[str]]] = {
    "call": CHILDREN["Response"] - {"Leave"},
    "wait": _names("Play Say Pause Hangup Redirect Leave Gather"),
    "whisper": _names("Say Play Gather Pause Redirect Hangup"),
    "queue": _names("Play Say Pause Redirect"),
    "conference_wait": _names("Say Play Pause Redirect"),
}
"""Verbs allowed at the top of a document, by where it runs: the call itself; <Enqueue waitUrl>; <Number url> on the
other leg; <Queue url>; a conference's wait document (else error 13238)."""

_BOOLEAN = re.compile(r"true|false")
_METHOD = re.compile(r"GET|POST")
_COUNT = re.compile(r"\d{1,6}")

VALUES: Final[Mapping[str, re.Pattern[str]]] = {
    "method": _METHOD,
    "waitUrlMethod": _METHOD,
    "waitMethod": _METHOD,
    "statusCallbackMethod": _METHOD,
    "recordingStatusCallbackMethod": _METHOD,
    "input": re.compile(r"dtmf|speech|dtmf speech|speech dtmf"),
    "timeout": _COUNT,
    "timeLimit": _COUNT,
    "length": _COUNT,
    "loop": _COUNT,
    "numDigits": re.compile(r"[1-9]\d{0,3}"),
    "maxLength": re.compile(r"[1-9]\d{0,4}"),
    "maxQueueSize": re.compile(r"[1-9]\d{0,3}"),
    "finishOnKey": re.compile(r"[0-9*#]?"),
    "digits": re.compile(r"[0-9*#wW]+"),
    "actionOnEmptyResult": _BOOLEAN,
    "bargeIn": _BOOLEAN,
    "playBeep": _BOOLEAN,
    "answerOnBridge": _BOOLEAN,
    "sequential": _BOOLEAN,
    "muted": _BOOLEAN,
    "startConferenceOnEnter": _BOOLEAN,
    "endConferenceOnExit": _BOOLEAN,
    "trim": re.compile(r"trim-silence|do-not-trim"),
    "reason": re.compile(r"rejected|busy"),
    "jitterBufferSize": re.compile(r"small|medium|large|off"),
    "track": re.compile(r"inbound_track|outbound_track|both_tracks"),
    "statusCallbackEvent": re.compile(r"[a-z]+(-[a-z]+)*( [a-z]+(-[a-z]+)*)*"),
    "recordingStatusCallbackEvent": re.compile(r"(in-progress|completed|absent)( (in-progress|completed|absent))*"),
}
"""Attribute -> what its whole value must match, wherever it stands."""

ADDRESSES: Final = _names("action url waitUrl statusCallback recordingStatusCallback partialResultCallback")
"""Attributes that hold a URL: absolute in TwiML given through REST (else error 15004)."""

EMPTY: Final = _names("Hangup Leave Reject Pause Parameter Recording")
"""Elements that hold neither text nor children."""
