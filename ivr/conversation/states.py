"""Where a conversation stands: one enum, a table of legal moves, and a state that survives its process."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from ivr.conversation.pace import CallerPace

VERSION = 1
"""Of the stored form. A state of another version is not read: the call begins anew, kindly."""


VOICE, SMS, CHAT = "voice", "sms", "chat"


class Phase(StrEnum):
    """What the line is doing."""

    BEGINNING = "beginning"
    LISTENING = "listening"
    """A question is out."""
    WORKING = "working"
    """Something was asked of understanding, the agency or the store."""
    HOLDING = "holding"
    """The caller fetches papers."""
    LEAVING = "leaving"
    """The last words are being said; then the carrier goes on."""
    ENDED = "ended"


LEGAL_MOVES: dict[Phase, frozenset[Phase]] = {
    Phase.BEGINNING: frozenset({Phase.LISTENING, Phase.WORKING, Phase.LEAVING, Phase.ENDED}),
    Phase.LISTENING: frozenset({Phase.LISTENING, Phase.WORKING, Phase.HOLDING, Phase.LEAVING, Phase.ENDED}),
    Phase.WORKING: frozenset({Phase.WORKING, Phase.LISTENING, Phase.LEAVING, Phase.ENDED}),
    Phase.HOLDING: frozenset({Phase.HOLDING, Phase.LISTENING, Phase.WORKING, Phase.LEAVING, Phase.ENDED}),
    Phase.LEAVING: frozenset({Phase.LEAVING, Phase.LISTENING, Phase.WORKING, Phase.ENDED}),
    Phase.ENDED: frozenset({Phase.ENDED}),
}
"""A hand-over can fail, so LEAVING may come back. All but ENDED reach LEAVING: a person is never out of reach."""


class IllegalMove(Exception):
    """A defect: the conversation tried to move where the table does not allow it."""


@dataclass(slots=True)
class Question:
    """The question that is out."""

    prompt: str
    expect: str
    """As in dialogues/README.md: yes_no, digits:7, number, date, amount, choice, open, phone, pin, any_key."""
    owner: str
    """Who takes the answer: "rasa", or a dialogue of ours such as "identity.number"."""
    slot: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    """What fills the prompt's gaps, in the canonical forms of values.py."""
    options: list[list[str]] = field(default_factory=list)
    """Choices made in this call, [value, key, words in the form of values.py]; empty: those of the prompt's file."""
    form: str = "text"
    """text, shorter, keys, simpler: in which words it was asked last."""
    silences: int = 0
    misses: int = 0
    line_faults: int = 0
    stars: int = 0
    """Stars pressed inside a number since it was asked."""
    by_keys_only: bool = False


@dataclass(slots=True)
class Answered:
    """A question of a form that has its answer, so that "back" and the read-back find it."""

    slot: str
    prompt: str
    expect: str
    this_call: bool = True


@dataclass(slots=True)
class Draft:
    """The application that is being filled in."""

    reference: str
    benefit: str
    answers: dict[str, str] = field(default_factory=dict)
    """Slot -> canonical value."""
    asked: list[Answered] = field(default_factory=list)
    submitted: bool = False


@dataclass(slots=True)
class ConversationState:
    """All that a conversation is. Written after each event; whoever reads it can go on."""

    language: str = "en"
    channel: str = VOICE
    """voice; sms: in writing, where nothing personal may stand; chat: in writing, with a masked field for the PIN."""
    language_known: bool = False
    """The caller chose it, now or in an earlier call."""
    offered: list[str] = field(default_factory=list)
    """The languages of the line; the first one greets."""
    draft_waiting: bool = False
    """An application is open that this telephone began; asked about once the language is known."""
    phase: Phase = Phase.BEGINNING
    question: Question | None = None
    work: dict[str, Any] | None = None
    """What was asked for and is not answered, in the form of decisions.work_to_json."""
    waiting_work: dict[str, Any] | None = None
    """Work for Rasa that failed while Rasa was away; "try again" takes it up."""
    retried: bool = False
    """The work has failed once and is being tried again."""
    queue: list[dict[str, Any]] = field(default_factory=list)
    """Rasa's messages that wait for the work before them."""
    said: list[list[Any]] = field(default_factory=list)
    """[prompt, values] said since the caller's last words; what "again" repeats."""
    why: str = ""
    """The prompt whose `why` answers "why?" after a result."""
    dialogue: int = 0
    turn: int = 0
    active_form: str = ""
    person: str = ""
    level: int = 0
    customer_number: str = ""
    privacy_agreed: bool = False
    refusals: int = 0
    """Number and PIN that did not belong together, in this call."""
    draft: Draft | None = None
    echo: str = ""
    """Slot whose answer is to be read back before the next question."""
    slow: bool = False
    slow_announced: bool = False
    """Told once a call, or known from an earlier one."""
    slow_kept: bool = False
    """Asked for or measured, hence kept for the next call; one silence is no reason."""
    pace: CallerPace = field(default_factory=CallerPace)
    needs_time: bool = False
    """Speaking is hard for the caller, or a relay operator types: four seconds of patience, keys counted once."""
    repeats: int = 0
    """How often "again" was asked for."""
    loudness_db: float = 0.0
    misses: int = 0
    """In the whole call; never reset."""
    hold: int = 0
    """No-inputs since the caller went for papers, 15 s each."""
    hold_asks_more: bool = False
    """"Do you need more time?" is out."""
    keyed: str = ""
    """Digits keyed so far of a number; never of a PIN."""
    reason: str = ""
    """Why a person is wanted, as an intent or a cause; the clerk's first line."""
    call_back: dict[str, str] = field(default_factory=dict)
    """number, window: what a call-back needs, as far as it is known."""
    phone_number_known: bool = False
    today: str = ""
    """ISO date in the agency's time zone, as the call began."""
    asks_level_one: dict[str, str] = field(default_factory=dict)
    """Case number and birth date on the way to status words."""
    tasks: dict[str, dict[str, str]] = field(default_factory=dict)
    """Task -> what it has learned so far (conversation/tasks); gone with the matter."""
    last_matter: str = ""
    fetching: str = ""
    """What was asked of the agency or begun: payments_next …, a benefit."""
    outcome: dict[str, Any] | None = None
    """What the record says, ready to be told once Rasa names its prompt."""
    guess: str = ""
    """The intent that "did you mean" asks about."""
    set_aside: Question | None = None
    """The question that was out when "did you mean" came."""
    leaving: str = ""
    """The next step, while the last words are said."""
    caller_acted: bool = False
    """Anybody ever spoke or pressed a key."""
    told: bool = False
    """A result has been said in full."""
    result: str = ""
    flags: list[str] = field(default_factory=list)
    """What staff must know before they say hello: self_harm, violence, scam_now, companion_beside …"""
    swearing: int = 0
    """How often the caller swore; no miss, and no reproach."""
    companion: str = ""
    """Somebody calls for the citizen: beside (the citizen is there too) or alone."""
    interrupted: dict[str, Any] | None = None
    """Work that a request of the caller's rights came before; it is taken up again behind it."""
    also_wanted: list[str] = field(default_factory=list)
    """Intents of further wishes in one sentence, offered once the first is done."""

    def move(self, phase: Phase) -> None:
        """Go to another phase. Raises IllegalMove."""
        if phase not in LEGAL_MOVES[self.phase]:
            raise IllegalMove(f"{self.phase} -> {phase}")
        self.phase = phase

    def to_json(self) -> str:
        """As it is stored."""
        return json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False, separators=(",", ":"))


def state_from_json(stored: str) -> ConversationState:
    """A stored state. Raises ValueError where it is of another version or no state at all."""
    try:
        values = json.loads(stored)
        if values.pop("version") != VERSION:
            raise ValueError("the stored state is of another version")
        question, draft, aside = values.pop("question"), values.pop("draft"), values.pop("set_aside")
        values |= {"phase": Phase(values["phase"]), "pace": CallerPace(**values.get("pace", {}))}
        state = ConversationState(**values)
        state.question = Question(**question) if question else None
        state.set_aside = Question(**aside) if aside else None
        if draft:
            asked = [Answered(**answered) for answered in draft.pop("asked")]
            state.draft = Draft(**draft, asked=asked)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no conversation state: {error}") from error
    return state
