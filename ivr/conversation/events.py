"""What can happen in a call, past tense. Everything the conversation learns comes as one of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ivr.records import Claim, Payments, Receipt
from ivr.vocabulary import Milliseconds, PersonRef, Reply, Secret, Understood, Utterance


@dataclass(frozen=True, slots=True)
class Hint:
    """What makes the next call from a telephone easier; no proof of who calls."""

    language: str = ""
    slow: bool = False
    louder_db: float = 0.0
    needs_time: bool = False


@dataclass(frozen=True, slots=True)
class CallStarted:
    """The stream is open. With a stored state: our side had died, or a transfer failed, and the call goes on."""

    phone_number_known: bool = False
    """The carrier named the calling number (a hint, no proof)."""
    draft_waiting: bool = False
    """This telephone began an application within the last seven days."""
    transfer_failed: bool = False
    """A person was dialled and did not answer."""
    languages: tuple[str, ...] = ()
    """Those that the line offers, the first one first; empty: as before."""
    hint: Hint | None = None
    """What an earlier call from this telephone left."""
    today: str = ""
    """ISO date in the agency's time zone; dates after it cannot be birthdays."""


@dataclass(frozen=True, slots=True)
class CallerSpoke:
    """An utterance ended."""

    utterance: Utterance
    wish: str = ""
    """A universal wish heard by its words: person, again, slower …; empty: none."""
    line_fault: str = ""
    """noisy, clipped, quiet, silent, echo, voices; empty: the line is fine."""
    number_spoken: bool = False
    """Four or more digits were said; where a PIN is asked for they may be one."""
    longest_pause: int = 0
    """Milliseconds: the caller's own, inside an utterance, so far."""
    answered_after: Milliseconds | None = None
    """From the end of the question to the first word; None: the words began while we spoke."""


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key outside a number, or a star inside one."""

    key: str


@dataclass(frozen=True, slots=True)
class DigitsEntered:
    """A number was keyed to its end (by length, by hash or by a pause)."""

    digits: str


@dataclass(frozen=True, slots=True)
class PinEntered:
    """A PIN was keyed to its end."""

    pin: Secret


@dataclass(frozen=True, slots=True)
class DigitsSoFar:
    """Keys of a number that is not complete; never of a PIN."""

    digits: str


@dataclass(frozen=True, slots=True)
class NoInput:
    """Nothing was said or pressed in time."""

    waited: Milliseconds


@dataclass(frozen=True, slots=True)
class PromptsFinished:
    """All that was to be said has been played, or was interrupted."""

    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class WasUnderstood:
    """The meaning of an utterance."""

    understood: Understood
    parts: tuple[Understood, ...] = ()
    """Where it may hold several wishes: each part's own meaning, in order."""


@dataclass(frozen=True, slots=True)
class Replied:
    """What Rasa proposes."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Verified:
    """The agency compared number and PIN. outcome: verified, refused, locked, braked."""

    outcome: str
    person: PersonRef | None = None
    hint: Hint | None = None
    """What this person's earlier calls left, from whatever telephone."""


@dataclass(frozen=True, slots=True)
class PaymentsArrived:
    """The record of a person's payments."""

    payments: Payments


@dataclass(frozen=True, slots=True)
class ClaimsArrived:
    """The record of a person's applications."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ClaimStatusArrived:
    """Status words at level 1; empty: no such case."""

    status: str


@dataclass(frozen=True, slots=True)
class DraftOpened:
    """A draft of an application has a reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class DraftFound:
    """A draft to go on with; an empty reference: there is none."""

    reference: str = ""
    benefit: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Submitted:
    """An application was handed in; no receipt: it is kept and will be."""

    receipt: Receipt | None


@dataclass(frozen=True, slots=True)
class PinLetterAsked:
    """The wish for a letter with a new PIN was passed on (or kept)."""


@dataclass(frozen=True, slots=True)
class CallBackBooked:
    """A call-back is promised."""

    reference: str


@dataclass(frozen=True, slots=True)
class Served:
    """What a task's request brought: a record of ivr/records.py, or of ivr/task_records.py."""

    what: str
    record: object


@dataclass(frozen=True, slots=True)
class StaffFound:
    """Whether a person can be had now."""

    available: bool
    opens: str = ""
    """Where closed: the next opening, canonical "2026-11-25T08:00"."""


@dataclass(frozen=True, slots=True)
class StillWorking:
    """Something asked for takes longer than two seconds."""


@dataclass(frozen=True, slots=True)
class StageFailed:
    """A stage did not do what was asked; `code` is that of its error (ivr/errors.py)."""

    code: str


@dataclass(frozen=True, slots=True)
class CallerHungUp:
    """The caller is gone."""


CallEvent: TypeAlias = (
    CallStarted
    | CallerSpoke
    | KeyPressed
    | DigitsEntered
    | PinEntered
    | DigitsSoFar
    | NoInput
    | PromptsFinished
    | WasUnderstood
    | Replied
    | Verified
    | PaymentsArrived
    | ClaimsArrived
    | ClaimStatusArrived
    | DraftOpened
    | DraftFound
    | Submitted
    | PinLetterAsked
    | CallBackBooked
    | Served
    | StaffFound
    | StillWorking
    | StageFailed
    | CallerHungUp
)
