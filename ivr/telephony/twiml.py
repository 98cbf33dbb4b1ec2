"""The few documents we answer the carrier with. Addresses are absolute, words come from prompts, all are checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from twilio.twiml.voice_response import Dial, VoiceResponse

from ivr.telephony.ports import Phrase, StaffNumber
from ivr.telephony.twiml_check import check

LONGEST_MESSAGE_S = 120
SILENCE_ENDS_MESSAGE_S = 8
"""Callers think while they speak; the carrier's 5 s cut them off."""


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute addresses of the line's routes. Queries are logged: they hold steps and reasons, nothing personal."""

    public_url: str

    def to(self, route: str, **query: str | int) -> str:
        """The address of a route: to("/voice/menu", n=3). Values that are empty or 0 are left out."""
        kept = {name: value for name, value in query.items() if value}
        return self.public_url.rstrip("/") + route + (f"?{urlencode(kept)}" if kept else "")

    def media(self) -> str:
        """The stream's address; the carrier drops a query."""
        return "ws" + self.to("/media").removeprefix("http")


@dataclass(frozen=True, slots=True)
class Question:
    """A question answered by keys."""

    phrases: Sequence[Phrase]
    answer_url: str
    """Asked with the keys, and without any when the caller stays silent."""
    keys: int | None = 1
    """How many keys end it; None: # or a pause ends it."""
    wait_seconds: int = 8
    """Silence before the answer counts as none (reference: 8 s, 15 s for numbers and in later rounds)."""


def stream(links: Links, token: str, resume_url: str, before: Sequence[Phrase] = ()) -> str:
    """Open the media stream; whatever ends it, the carrier goes on at resume_url."""
    response = VoiceResponse()
    _say(response, before)
    connect = response.connect(action=resume_url, method="POST")
    opened = connect.stream(
        url=links.media(), status_callback=links.to("/voice/stream-status"), status_callback_method="POST"
    )
    opened.parameter(name="t", value=token)
    response.redirect(resume_url, method="POST")
    return _written(response)


def ask(question: Question, before: Sequence[Phrase] = ()) -> str:
    """Ask for keys. Silence leads to the same address as an answer, so that the ladder is in one place."""
    response = VoiceResponse()
    _say(response, before)
    gather = response.gather(
        input="dtmf",
        action=question.answer_url,
        method="POST",
        timeout=question.wait_seconds,
        num_digits=question.keys,
        # One key needs no finish key, and # is a key of its own there.
        finish_on_key="#" if question.keys != 1 else "",
        action_on_empty_result=True,
    )
    _say(gather, question.phrases)
    response.redirect(question.answer_url, method="POST")
    return _written(response)


def dial(staff: StaffNumber, after_url: str, before: Sequence[Phrase] = ()) -> str:
    """Connect a person; afterwards, or when nobody answers, the carrier goes on at after_url."""
    response = VoiceResponse()
    _say(response, before)
    dialed: Dial = response.dial(action=after_url, method="POST", timeout=staff.ring_seconds, answer_on_bridge=True)
    if staff.whisper_url:
        dialed.number(staff.number, url=staff.whisper_url, method="POST")
    else:
        dialed.number(staff.number)
    response.redirect(after_url, method="POST")
    return _written(response)


def record(links: Links, before: Sequence[Phrase], done_url: str, nothing_url: str) -> str:
    """Take a message. The carrier does not ask done_url when nothing was said, but goes on to the next verb."""
    response = VoiceResponse()
    _say(response, before)
    response.record(
        action=done_url,
        method="POST",
        max_length=LONGEST_MESSAGE_S,
        timeout=SILENCE_ENDS_MESSAGE_S,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=links.to("/voice/record/status"),
        recording_status_callback_method="POST",
        recording_status_callback_event="completed absent",
    )
    response.redirect(nothing_url, method="POST")
    return _written(response)


def go_on(url: str) -> str:
    """Ask for the next document at once."""
    response = VoiceResponse()
    response.redirect(url, method="POST")
    return _written(response)


def reject() -> str:
    """Decline: the caller hears a busy tone, and nobody pays."""
    response = VoiceResponse()
    response.reject(reason="busy")
    return _written(response)


def say_and_hang_up(phrases: Sequence[Phrase] = ()) -> str:
    """Say something, then end the call. Never used on an error."""
    response = VoiceResponse()
    _say(response, phrases)
    response.hangup()
    return _written(response)


def static_fallback(phrases: Sequence[Phrase], staff: StaffNumber | None) -> str:
    """The document for another host, asked for when our own web server is away: it may name no address of ours."""
    response = VoiceResponse()
    _say(response, phrases)
    if staff:
        response.dial(timeout=staff.ring_seconds).number(staff.number)
    else:
        # Its sound stays with the carrier; without an action the next document is the end of the call.
        response.record(max_length=LONGEST_MESSAGE_S, timeout=SILENCE_ENDS_MESSAGE_S, finish_on_key="#", play_beep=True)
    response.hangup()
    return _written(response)


class _Speaks(Protocol):
    """A response or a gather: what words can be put into."""

    def say(self, message: str, *, language: str) -> object: ...

    def play(self, url: str) -> object: ...


def _say(parent: _Speaks, phrases: Sequence[Phrase]) -> None:
    for phrase in phrases:
        if phrase.audio_url:
            parent.play(phrase.audio_url)
        else:
            parent.say(phrase.text, language=phrase.language)


def _written(response: VoiceResponse) -> str:
    """The document as text. Raises ValueError where the checker objects: that is a defect of ours."""
    check(response)
    return str(response)
