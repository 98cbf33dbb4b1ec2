"""What cannot wait, found by fixed phrases anywhere in a sentence, before Rasa and in every state. Pure.

A hit is dropped only where all of it lies within a phrase that is known to be harmless ("this wait is killing me").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ivr.understanding.shortcuts import Tokens
from ivr.vocabulary import Language

ANY = "*"
"""In a phrase: up to so many words, whatever they are."""
ANY_AT_MOST = 3
WORDS_AT_MOST = 400
"""More of one utterance is not read; nobody says so much in one breath."""


@dataclass(frozen=True, slots=True)
class AlarmWords:
    """The phrases of one kind."""

    said: tuple[Tokens, ...]
    harmless: tuple[Tokens, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageAlarms:
    """One language's kinds, the most urgent first."""

    kinds: Mapping[str, AlarmWords]
    ignored: frozenset[str] = frozenset()
    """Words that may stand within a phrase and mean nothing."""
    contractions: Mapping[str, str] = field(default_factory=dict)


class Alarms:
    """Finds what cannot wait. Shared by all calls and threads."""

    def __init__(self, words: Mapping[Language, LanguageAlarms]) -> None:
        self._words = dict(words)
        self._said = {
            (language, kind): (_by_first(phrases.said), _by_first(phrases.harmless))
            for language, known in words.items()
            for kind, phrases in known.kinds.items()
        }

    def find(self, text: str, language: Language) -> str:
        """The most urgent kind that the words hold; empty: none."""
        known = self._words.get(language)
        if known is None:
            return ""
        spoken = _plain(text, known)
        for kind in known.kinds:
            said, harmless = self._said[language, kind]
            excused = {at for span in _spans(spoken, harmless) for at in span}
            if any(not excused.issuperset(span) for span in _spans(spoken, said)):
                return kind
        return ""


_Phrases = Mapping[str, list[Tokens]]


def _by_first(phrases: tuple[Tokens, ...]) -> _Phrases:
    """First word -> phrases that begin with it, so that few are tried at each word."""
    found: dict[str, list[Tokens]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


def _plain(text: str, known: LanguageAlarms) -> Tokens:
    """Small letters, no signs, contractions written out, words that mean nothing left out."""
    letters = "".join(sign if sign.isalnum() or sign in " '-" else " " for sign in text.lower().replace("’", "'"))
    words = (known.contractions.get(word, word) for word in letters.split()[:WORDS_AT_MOST])
    split = (part for word in words for part in word.replace("-", " ").replace("'", "").split())
    return tuple(word for word in split if word not in known.ignored)


def _spans(spoken: Tokens, phrases: _Phrases) -> Iterator[range]:
    """Where the phrases stand, each as the places of its words."""
    for start, word in enumerate(spoken):
        for phrase in phrases.get(word, ()):
            end = _end(spoken, start, phrase)
            if end >= 0:
                yield range(start, end)


def _end(spoken: Tokens, at: int, phrase: Tokens) -> int:
    """Behind the last word of the phrase where it stands at this place, else -1. The longest reading counts."""
    if not phrase:
        return at
    if phrase[0] == ANY:
        most = min(ANY_AT_MOST, len(spoken) - at)
        return max(_end(spoken, at + taken, phrase[1:]) for taken in range(most, -1, -1))
    if at < len(spoken) and spoken[at] == phrase[0]:
        return _end(spoken, at + 1, phrase[1:])
    return -1
