"""What can be decided, imperative. `calls` carries them out in order and decides nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, TypeAlias

from ivr.conversation.events import Hint
from ivr.vocabulary import Expected, Fact, Milliseconds, PersonRef, Secret, Spoken


@dataclass(frozen=True, slots=True)
class Say:
    """Say a prompt behind what is being said."""

    spoken: Spoken
    gain_db: float = 0.0
    """Above the line's level of -26 dBov."""
    facts: tuple[Fact, ...] = ()
    """What of it comes from the record."""


@dataclass(frozen=True, slots=True)
class PlaySound:
    """Play a recording that holds no words, by its id: hold_sound."""

    recording: str


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """Throw away what is being said and what is queued."""


@dataclass(frozen=True, slots=True)
class Listen:
    """The question is out: what is expected, and for how long nothing may come."""

    expected: Expected
    no_input: Milliseconds
    """Counted from the end of the prompts, in audio time."""
    patience: Milliseconds
    """End of an utterance whose words do not answer yet."""
    answered: Milliseconds
    """End of an utterance whose words answer the question."""
    by_keys_only: bool = False
    before: tuple[Expected, str] | None = None
    """What the question before expected and the answer it got, where the caller has just heard it: "no, the fifteenth"
    may still put it right."""


# --- Work: one errand at a time; each brings one event or StageFailed. ------------------------------------------


@dataclass(frozen=True, slots=True)
class Understand:
    """Ask what an utterance means, without effect."""

    hypotheses: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TakeTurn:
    """Move Rasa's dialogue on with an understood utterance."""

    dialogue_id: str
    turn_id: str
    text: str
    intent: str
    confidence: float
    raw: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Move Rasa's dialogue on with a typed event."""

    dialogue_id: str
    turn_id: str
    event: str
    entities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verify:
    """Have number and PIN compared. Holds a secret: never stored."""

    customer_number: str
    pin: Secret


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask the agency for a person's payments or claims."""

    what: str
    person: PersonRef


@dataclass(frozen=True, slots=True)
class AskClaimStatus:
    """Ask the agency for status words at level 1."""

    customer_number: str
    case_number: str
    birth_date: str


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """Make a draft of an application; its reference comes back. A repeat in the same dialogue makes no second one."""

    benefit: str
    dialogue_id: str


@dataclass(frozen=True, slots=True)
class FindDraft:
    """Look for a draft: by reference, or by the calling number where it is empty."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand an application in, now or as soon as the agency is there."""

    reference: str
    benefit: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AskPinLetter:
    """Pass on the wish for a letter with a new PIN."""

    customer_number: str
    birth_date: str


@dataclass(frozen=True, slots=True)
class BookCallBack:
    """Promise a call-back; an empty number: the calling one."""

    phone_number: str
    window: str
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a task (conversation/tasks) asks of the agency or the store."""

    what: str
    """The task and the wish: letter.order, appointment.free."""
    arguments: tuple[tuple[str, str], ...]
    person: PersonRef
    key: str
    """Dialogue and turn: a repeat has no second effect."""

    def get(self, name: str, default: str = "") -> str:
        """The argument of that name."""
        return dict(self.arguments).get(name, default)


@dataclass(frozen=True, slots=True)
class FindStaff:
    """Ask whether a person can be had now."""


Work: TypeAlias = (
    Understand
    | TakeTurn
    | Tell
    | Verify
    | Fetch
    | AskClaimStatus
    | OpenDraft
    | FindDraft
    | Submit
    | AskPinLetter
    | BookCallBack
    | Request
    | FindStaff
)
STORABLE = (
    Understand,
    TakeTurn,
    Tell,
    Fetch,
    AskClaimStatus,
    OpenDraft,
    FindDraft,
    Submit,
    AskPinLetter,
    BookCallBack,
    Request,
    FindStaff,
)
"""Work that may be stored and asked for again by another process. Verify holds a PIN: not among them."""
WORK = (*STORABLE, Verify)

# --- At once, without an answer. -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DropWork:
    """What is under way is no longer wanted; its answer is dropped."""


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Write the draft's answers."""

    reference: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KeepHint:
    """Write down what makes the next call from this telephone easier, and of this person."""

    hint: Hint
    person: str = ""
    """Whose identity was verified in this call; empty: nobody's."""


@dataclass(frozen=True, slots=True)
class ForgetDialogue:
    """Rasa need not keep this dialogue."""

    dialogue_id: str


@dataclass(frozen=True, slots=True)
class Leave:
    """When all has been said, give the call back to the carrier: bye, staff, record, menu."""

    next_step: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteResult:
    """How the call stands: completed, handed_over, call_back, draft_kept, abandoned, line_dead, failed."""

    result: str


@dataclass(frozen=True, slots=True)
class NoteFlag:
    """What staff must know of this call: self_harm, scam_now, companion_beside; written to the journal at once."""

    flag: str


Decision: TypeAlias = (
    Say
    | PlaySound
    | StopSpeaking
    | Listen
    | Work
    | DropWork
    | KeepDraft
    | KeepHint
    | ForgetDialogue
    | Leave
    | NoteResult
    | NoteFlag
)

STORABLE_WORK: dict[str, type[Any]] = {kind.__name__: kind for kind in STORABLE}


def work_to_json(work: Work) -> dict[str, Any]:
    """A storable form; Verify becomes a bare name, so that the PIN is asked for again."""
    if isinstance(work, Verify):
        return {"kind": "Verify"}
    return {"kind": type(work).__name__, **asdict(work)}


def work_from_json(stored: dict[str, Any]) -> Work | None:
    """The work again; None for Verify. Raises KeyError for an unknown kind."""
    if stored["kind"] == "Verify":
        return None
    kind = STORABLE_WORK[stored["kind"]]
    values = {field.name: _tuples(stored[field.name]) for field in fields(kind)}
    work: Work = kind(**values)
    return work


def _tuples(value: Any) -> Any:
    """JSON's lists as the tuples they were."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
