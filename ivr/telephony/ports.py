"""What the carrier's side needs from the rest of the line. In plain types: the store stands behind them.

The carrier repeats requests: a method called again for the same call and step has no second effect.
All are called from several web threads and processes at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ivr.telephony.signature import SignatureCheck, StreamTokens
from ivr.vocabulary import CallId

NO_CALL = CallId("")
"""In a note: the request named no call."""


class NextStep(StrEnum):
    """What the call does once its stream is closed; stored by the conversation before it closes the stream."""

    BYE = "bye"
    """Good-bye was said: hang up."""
    STAFF = "staff"
    """Dial a person."""
    CALL_BACK = "call_back"
    """Take a call-back by keys."""
    MENU = "menu"
    """Go on by keys alone."""
    RECORD = "record"
    """Take a message."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for a document of the carrier's: a recording where one exists, else for the carrier's own voice."""

    text: str
    language: str
    """As the carrier's voice wants it: en-US, es-ES, ko-KR."""
    audio_url: str = ""
    """Absolute address of a WAV that says just this; empty: the carrier speaks the text."""


class Wording(Protocol):
    """Turns prompt ids into words, in the language of the call."""

    def phrase(self, call_id: CallId, prompt: str, **values: str) -> Phrase:
        """The words of a prompt. Values are finished words ("4 7 1 1"). Works while every other part is away."""
        ...


class CallRegister(Protocol):
    """The calls as the store knows them."""

    def arrive(self, call_id: CallId, caller: str, called: str) -> None:
        """A call has come in. caller: as the carrier names it, possibly "anonymous"."""
        ...

    def next_step(self, call_id: CallId) -> str | None:
        """A value of NextStep; None: nothing was stored, so our side died in mid-call (or never knew the call)."""
        ...

    def note_death(self, call_id: CallId, step: str) -> int:
        """A stream ended without a next step. Returns the deaths of this call within the last 60 s, this one included;
        the same step counts once."""
        ...

    def finished(self, call_id: CallId, status: str, seconds: int) -> None:
        """The call is over. status: completed, busy, failed, no-answer, canceled."""
        ...


class Documents(Protocol):
    """What was answered at each step of a call, so that a repeated request gets the very same document.

    A document may hold a stream's token while that is live: keep it encrypted, drop it with the call.
    """

    def remembered(self, call_id: CallId, step: str) -> str | None:
        """The document that was answered at this step; None: the step is new."""
        ...

    def remember(self, call_id: CallId, step: str, document: str) -> str:
        """Keep the first document of a step and return the kept one: of two racing requests both get the first."""
        ...


class Readiness(Protocol):
    """How the line stands right now; answers at once, from memory."""

    def has_room(self) -> bool:
        """False: as many calls as the line carries are on."""
        ...

    def is_ready(self) -> bool:
        """False: recognizer, dialogue or voice is not ready, so a stream would be silence."""
        ...


@dataclass(frozen=True, slots=True)
class StaffNumber:
    """Where a person is reached now."""

    number: str
    """E.164."""
    ring_seconds: int = 20
    """5 to 600; the carrier adds up to 5 s."""
    whisper_url: str = ""
    """Document played to the person alone before the caller is joined; empty: none."""


class Staff(Protocol):
    """Who takes hand-overs."""

    def reach(self, call_id: CallId) -> StaffNumber | None:
        """Where to dial for this call; None: closed, or nobody is there."""
        ...


class CallBacks(Protocol):
    """Call-backs taken by keys."""

    def propose(self, call_id: CallId, number: str) -> None:
        """Keep a number (E.164) that still has to be confirmed; replaces the one before."""
        ...

    def proposed(self, call_id: CallId) -> str:
        """The number to be confirmed; empty: none."""
        ...

    def book(self, call_id: CallId, window: str, reason: str) -> str:
        """Book one call-back for the proposed number; returns its reference. A second booking returns the same.

        window: morning, afternoon, any. reason: keys, line_full, staff_not_reached, nobody_there.
        """
        ...


class RingBacks(Protocol):
    """Callers whom the line rings by itself, within minutes."""

    def ask(self, call_id: CallId, number: str, reason: str) -> str:
        """Ring this number (E.164) soon. Returns asked (a repeat too), known (it asked a moment ago) or too_many."""
        ...


class NoRingBacks:
    """A line that rings nobody."""

    def ask(self, call_id: CallId, number: str, reason: str) -> str:
        """See RingBacks."""
        return "none"


class VoiceMessages(Protocol):
    """Messages that callers leave when no stream can be had; the carrier keeps the sound until it is fetched."""

    def left(self, call_id: CallId, recording_id: str, seconds: int) -> None:
        """A message was recorded; it can be fetched once `ready` is told."""
        ...

    def ready(self, call_id: CallId, recording_id: str, status: str) -> None:
        """status: completed (it can be fetched) or absent (nothing was said, nothing is kept)."""
        ...


class Journal(Protocol):
    """Where the carrier's side leaves a trace that a person sees: log, metrics, the call's journal."""

    def note(self, call_id: CallId, event: str, **fields: str) -> None:
        """call_id is empty where no call is known. Fields that name a person begin with pii_."""
        ...


@dataclass(frozen=True, slots=True)
class WebhookPorts:
    """All that the webhooks call."""

    signatures: SignatureCheck
    public_url: str
    """https://host[/prefix] as the carrier reaches us; documents hold absolute addresses below it."""
    account_sid: str
    region: str
    """Two letters: how a number keyed without country code is read."""
    register: CallRegister
    documents: Documents
    tokens: StreamTokens
    readiness: Readiness
    staff: Staff
    call_backs: CallBacks
    voice_messages: VoiceMessages
    wording: Wording
    journal: Journal
    ring_backs: RingBacks = NoRingBacks()  # noqa: RUF009 - it holds nothing
    missed_call_numbers: frozenset[str] = frozenset()
    """Numbers of the line whose calls are declined without cost and rung back."""
