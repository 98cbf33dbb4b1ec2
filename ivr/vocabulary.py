"""The nouns that every part shares. Frozen, without behaviour beyond reading themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType, TypeAlias

import numpy as np
import numpy.typing as npt

Milliseconds = NewType("Milliseconds", int)
CallId = NewType("CallId", str)
"""The carrier's name of one call (Twilio: the CallSid)."""
Language = NewType("Language", str)
"""ISO 639-1 in lower case: en, es, ko."""
PersonRef = NewType("PersonRef", str)
"""The agency's opaque name of a person whose identity was verified. Never a customer number."""
Samples: TypeAlias = npt.NDArray[np.int16]
"""int16, shape (n,), mono, 8 000 Hz unless a docstring says otherwise."""


class Secret:
    """A value that must never be seen: a PIN. Its text is reached by `reveal()` alone."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; only the agency port may call this."""
        return self._text

    def __len__(self) -> int:
        return len(self._text)

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


class Kind(StrEnum):
    """What kind of answer a question expects."""

    YES_NO = "yes_no"
    DIGITS = "digits"
    PIN = "pin"
    """Digits by keys alone, never spoken, read back or kept."""
    DATE = "date"
    AMOUNT = "amount"
    CHOICE = "choice"
    OPEN = "open"
    ANY_KEY = "any_key"
    """Hold mode: any key or any speech."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of at most four answers to a question of the kind `choice`."""

    value: str
    """What the rest of the line calls it: old_age_pension."""
    key: str
    """The key that chooses it, "1" to "4"."""
    words: tuple[str, ...] = ()
    """What callers say for it, lower case."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the question just asked expects; selects grammar or allow-list, keys, times and patience."""

    kind: Kind
    language: Language
    length: int | None = None
    """Digits: how many. None: any number of them."""
    choices: tuple[Choice, ...] = ()

    @property
    def is_number(self) -> bool:
        """True where 0 to 9 are digits of the answer and not commands."""
        return self.kind in (Kind.DIGITS, Kind.PIN, Kind.DATE, Kind.AMOUNT)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way of hearing an utterance."""

    text: str
    weight: float
    """0 to 1; the weights of one utterance add up to 1."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the caller said in one turn."""

    text: str
    """Lower case, no punctuation, numbers as spoken; the best hypothesis. Empty: nothing was understood."""
    confidence: float
    """0 to 1."""
    spoken: Milliseconds
    """From the first to the last frame of speech."""
    engine: str = ""
    """Who heard it and in which version: "whisper-base/1.2.1"."""
    value: str | None = None
    """The canonical answer, where the words hold one of the expected kind:
    yes_no "yes" | "no"; digits "4711"; date "1948-05-03"; amount minor units "31240"; choice its value."""
    hypotheses: tuple[Hypothesis, ...] = ()
    """Best first, at most five."""
    rejected: bool = False
    """True where the engine holds the sound to be no answer: noise, a loop, an invention on silence."""


@dataclass(frozen=True, slots=True)
class PromptMessage:
    """Rasa asks for a prompt to be said; with `expect` it is a question."""

    prompt: str
    expect: str = ""
    """yes_no, digits:7, date, amount, choice, open; empty: a statement."""
    slot: str = ""
    """The slot that the answer fills."""


@dataclass(frozen=True, slots=True)
class CommandMessage:
    """Rasa asks for something to be done: fetch, identify, hand_over, no_match, submit, end_task …"""

    do: str
    arguments: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The argument of that name."""
        return dict(self.arguments).get(name, default)


@dataclass(frozen=True, slots=True)
class Reply:
    """What understanding made of a turn."""

    intent: str
    confidence: float
    messages: tuple[PromptMessage | CommandMessage, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    """Best first: intent and confidence, at most three."""
    active_form: str = ""
    requested_slot: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer of parse(): what the words mean, without any effect on the dialogue."""

    text: str
    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...] = ()
    answers: tuple[tuple[str, float, float], ...] = ()
    """Approved answers found by likeness, best first: prompt, likeness (0 to 1), and how much nearer than any intent's
    example (negative: farther)."""
    raw: str = ""
    """The understander's own answer as JSON, handed back to turn() so that nothing is parsed twice."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said from the record; carries where it came from."""

    name: str
    value: str
    """Canonical: ISO date, minor currency units, digits, or a word of the agency's list."""
    source: str
    """The endpoint and record, e.g. agency:/payments#next."""
    rule: str = ""
    reason: str = ""
    """The agency's reason code, e.g. bank_holiday."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of speech as the voice gets it."""

    text: str
    language: Language
    pause_after: Milliseconds = Milliseconds(0)
    words_per_minute: int = 150
    recording: str = ""
    """Stem of a recording below audio_samples/<language>/prompts/ that says just this; empty: a voice speaks it."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A prompt, ready to be said."""

    prompt: str
    """The prompt's id."""
    sentences: tuple[Sentence, ...] = field(default=())

    @property
    def text(self) -> str:
        """All its words, for journal and captions."""
        return " ".join(sentence.text for sentence in self.sentences)
