"""The universal words, known without Rasa in every state: a person, again, slower, wait … and yes and no. Pure.

A language's own name is one of them, in whatever language it is said: "español, por favor", "English please".

An utterance counts only where every word of it belongs to a phrase of dialogues/words/<language>.yml. A longer
sentence that merely contains such a word is left to understanding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ivr.vocabulary import Expected, Kind, Language

LANGUAGE = "language:"
"""A wish that begins so is one for another language; its code follows."""
WORDS_AT_MOST = 16
"""Longer utterances are stories and go to understanding."""

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WishWords:
    """The phrases for one wish, by how surely they mean it."""

    always: tuple[Tokens, ...] = ()
    """Also while a number is expected."""
    usual: tuple[Tokens, ...] = ()
    """In every other question."""
    holding: tuple[Tokens, ...] = ()
    """Only while the line waits for the caller."""


@dataclass(frozen=True, slots=True)
class UniversalWords:
    """One language's universal words, each phrase as its words."""

    wishes: Mapping[str, WishWords]
    priority: tuple[str, ...]
    """Every wish; the first one found wins where an utterance holds two."""
    fillers: tuple[Tokens, ...] = ()
    """May stand anywhere and mean nothing."""
    lead_ins: tuple[Tokens, ...] = ()
    """May stand before a wish: "can I"."""
    contractions: Mapping[str, str] = field(default_factory=dict)
    never: Mapping[str, frozenset[Tokens]] = field(default_factory=dict)
    """Kind of question ("any": all) -> whole utterances that are no wish."""
    yes: tuple[Tokens, ...] = ()
    no: tuple[Tokens, ...] = ()
    corrections: tuple[Tokens, ...] = ()
    """Open a sentence that puts an earlier answer right."""
    joins: tuple[Tokens, ...] = ()
    """Stand between two wishes of one sentence: "and also"."""
    languages: Mapping[str, tuple[Tokens, ...]] = field(default_factory=dict)
    """Code of a language, spoken by the line or not -> how callers ask for it."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to take the rest of an utterance apart."""

    meant: int
    """How many of its words belong to a wish; the reading with the most is taken."""
    wishes: frozenset[str]


class Shortcuts:
    """Finds universal wishes. Shared by all calls and threads."""

    def __init__(self, words: Mapping[Language, UniversalWords]) -> None:
        self._words = dict(words)
        self._phrases = {(language, kind): _phrases(known, kind) for language, known in words.items() for kind in Kind}
        self._answers = {language: _answer_phrases(known) for language, known in words.items()}
        self._languages = {language: _language_phrases(known) for language, known in words.items()}

    def find(self, text: str, expected: Expected) -> str | None:
        """The wish that the words are, such as "person"; None where they are something else.

        A language's name counts everywhere. Then come the answers of a question with choices: where "call back" can be
        chosen, it is no step back.
        """
        if language := self._language_named(text, expected.language):
            return LANGUAGE + language
        words = self._words.get(expected.language)
        if words is None:
            return None
        spoken = _tokens(text, words)
        if not spoken or len(spoken) > WORDS_AT_MOST:
            return None
        bare = _without_fillers(spoken, words)
        if self._is_choice(bare, spoken, expected, words) or _is_never(bare, spoken, expected.kind, words):
            return None
        phrases = self._phrases[expected.language, expected.kind]
        every = _every_token(text, words)
        return _best(spoken, phrases, words.priority) or _best(every, phrases, words.priority)

    def correction(self, text: str, language: Language) -> str:
        """What follows a word such as "no" or "I meant"; empty where the text does not begin so, or ends there."""
        words = self._words.get(language)
        spoken = _every_token(text, words) if words is not None else ()
        for opening in words.corrections if words is not None else ():
            if spoken[: len(opening)] == opening:
                return " ".join(spoken[len(opening) :])
        return ""

    def yes_or_no(self, text: str, language: Language) -> str | None:
        """ "yes" or "no" where every word of the utterance says so; None where it says neither or both."""
        words = self._words.get(language)
        if words is None:
            return None
        spoken = _tokens(text, words)
        if not spoken or len(spoken) > WORDS_AT_MOST:
            return None
        reading = _read(spoken, self._answers[language])
        return next(iter(reading.wishes)) if reading is not None and len(reading.wishes) == 1 else None

    def _language_named(self, text: str, spoken: Language) -> str | None:
        """The language that was asked for, in the call's own language or in any other that the line knows."""
        for language in sorted(self._words, key=lambda one: one != spoken):
            tokens = _tokens(text, self._words[language])
            never = self._words[language].never.get("any", frozenset())
            if tokens and len(tokens) <= WORDS_AT_MOST and tokens not in never:
                reading = _read(tokens, self._languages[language])
                if reading is not None and len(reading.wishes) == 1:
                    return next(iter(reading.wishes))
        return None

    @staticmethod
    def _is_choice(bare: Tokens, spoken: Tokens, expected: Expected, words: UniversalWords) -> bool:
        offered = {_tokens(word, words) for choice in expected.choices for word in choice.words}
        return bare in offered or spoken in offered


def _tokens(text: str, words: UniversalWords) -> Tokens:
    """Lower case, no signs, contractions written out, stutters once."""
    every = _every_token(text, words)
    return tuple(token for at, token in enumerate(every) if at == 0 or every[at - 1] != token)


def _every_token(text: str, words: UniversalWords) -> Tokens:
    """The same with every repetition: "can you, you know" ends one phrase and begins another with one word."""
    plain = re.sub(r"[^\w'\s-]", " ", text.lower().replace("’", "'"))
    written_out = (words.contractions.get(word, word) for word in plain.split())
    return tuple(part for word in written_out for part in word.replace("-", " ").replace("'", "").split())


def _without_fillers(spoken: Tokens, words: UniversalWords) -> Tokens:
    """The utterance without what its ends hold of politeness and hesitation."""
    before, shorter = spoken, _trimmed(spoken, words.fillers)
    while shorter != before:
        before, shorter = shorter, _trimmed(shorter, words.fillers)
    return shorter


def _trimmed(spoken: Tokens, fillers: Iterable[Tokens]) -> Tokens:
    for filler in fillers:
        if len(filler) < len(spoken) and spoken[: len(filler)] == filler:
            return spoken[len(filler) :]
        if len(filler) < len(spoken) and spoken[-len(filler) :] == filler:
            return spoken[: -len(filler)]
    return spoken


def _is_never(bare: Tokens, spoken: Tokens, kind: Kind, words: UniversalWords) -> bool:
    for where in ("any", kind.value):
        excluded = words.never.get(where, frozenset())
        if bare in excluded or spoken in excluded:
            return True
    return False


Phrases = dict[str, list[tuple[Tokens, str]]]
"""First word -> phrases that begin with it, each with its wish (empty: it means nothing)."""


def _phrases(words: UniversalWords, kind: Kind) -> Phrases:
    phrases: Phrases = {}
    _add(phrases, "", (*words.fillers, *words.lead_ins))
    is_number = kind in (Kind.DIGITS, Kind.PIN, Kind.DATE, Kind.AMOUNT)
    for wish, said in words.wishes.items():
        _add(phrases, wish, said.always)
        _add(phrases, wish, () if is_number else said.usual)
        _add(phrases, wish, said.holding if kind is Kind.ANY_KEY else ())
    return phrases


def _answer_phrases(words: UniversalWords) -> Phrases:
    phrases: Phrases = {}
    answers = {*words.yes, *words.no}
    _add(phrases, "", (filler for filler in words.fillers if filler not in answers))
    _add(phrases, "yes", words.yes)
    _add(phrases, "no", words.no)
    return phrases


def _language_phrases(words: UniversalWords) -> Phrases:
    phrases: Phrases = {}
    _add(phrases, "", (*words.fillers, *words.lead_ins))
    for language, said in words.languages.items():
        _add(phrases, language, said)
    return phrases


def _add(phrases: Phrases, wish: str, said: Iterable[Tokens]) -> None:
    for tokens in said:
        phrases.setdefault(tokens[0], []).append((tokens, wish))


def _best(spoken: Tokens, phrases: Phrases, priority: tuple[str, ...]) -> str | None:
    reading = _read(spoken, phrases)
    if reading is None:
        return None
    return next((wish for wish in priority if wish in reading.wishes), None)


def _read(spoken: Tokens, phrases: Phrases) -> _Reading | None:
    """Take the whole utterance apart into phrases; None where a word is left over. From the end to the beginning."""
    readings: list[_Reading | None] = [None] * len(spoken) + [_Reading(0, frozenset())]
    for at in range(len(spoken) - 1, -1, -1):
        for tokens, wish in phrases.get(spoken[at], ()):
            rest = readings[at + len(tokens)] if spoken[at : at + len(tokens)] == tokens else None
            if rest is None:
                continue
            found = _Reading(rest.meant + len(tokens) * bool(wish), rest.wishes | ({wish} if wish else set()))
            current = readings[at]
            if current is None or found.meant > current.meant:
                readings[at] = found
    return readings[0]
