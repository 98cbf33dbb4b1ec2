"""A finished prompt text becomes sentences with the pauses that older listeners need. Pure."""

from __future__ import annotations

import re

from ivr.conversation.said_languages import WORDINGS
from ivr.vocabulary import Language, Milliseconds, Sentence

AFTER_SENTENCE = Milliseconds(700)
"""Service reference, rule 10."""
BETWEEN_OPTIONS = Milliseconds(600)
"""Rule 10: 500 to 750 ms, so that a hand can find its key."""
BETWEEN_GROUPS = Milliseconds(400)
"""Rule 15: a group is written down while the line is quiet."""
AFTER_TWO_OPTIONS = Milliseconds(2_000)
"""Slow mode offers options two at a time: time to choose one of them before the next two (service reference 5.2)."""
SLOW_MODE = 1.5
"""Slow mode lengthens every pause before it stretches a word (service reference 5.2)."""

PAUSES = {"/": BETWEEN_GROUPS, "//": BETWEEN_OPTIONS}
"""Marks between blanks in a prompt's text; "//" stands between the options of a question."""

_MARK = re.compile(r"\s+(//?)(?=\s|$)")
_END = re.compile(r"[.!?…。]+[\"'”’)\]]*(?=\s)")


def pieces(text: str, language: Language, words_per_minute: int = 150, slow: bool = False) -> tuple[Sentence, ...]:
    """Split a prompt at sentence ends, " / " and " // ". Each piece carries the pause after it.

    The last piece has its pause too, since another prompt may follow; a question is listened to meanwhile.
    """
    factor = SLOW_MODE if slow else 1.0
    found = [(words, Milliseconds(round(pause * factor))) for words, pause in _pieces(text, language)]
    if slow:
        found = _two_at_a_time(found)
    return tuple(Sentence(words, language, pause, words_per_minute) for words, pause in found)


def _two_at_a_time(found: list[tuple[str, Milliseconds]]) -> list[tuple[str, Milliseconds]]:
    """A longer pause behind every second option."""
    between, paused = 0, []
    for words, pause in found:
        between += pause == round(BETWEEN_OPTIONS * SLOW_MODE)
        is_second = pause == round(BETWEEN_OPTIONS * SLOW_MODE) and between % 2 == 0
        paused.append((words, AFTER_TWO_OPTIONS if is_second else pause))
    return paused


def _pieces(text: str, language: Language) -> list[tuple[str, Milliseconds]]:
    found: list[tuple[str, Milliseconds]] = []
    *marked, last = re.split(_MARK, f" {text.strip()}")
    for part, mark in zip(marked[::2], marked[1::2], strict=True):
        found += _with_pause(_sentences(part, language), PAUSES[mark])
    return found + _with_pause(_sentences(last, language), AFTER_SENTENCE)


def _with_pause(sentences: list[str], last: Milliseconds) -> list[tuple[str, Milliseconds]]:
    pauses = [AFTER_SENTENCE] * (len(sentences) - 1) + [last]
    return [(words, pause) for words, pause in zip(sentences, pauses, strict=False) if _sounds(words)]


def _sentences(text: str, language: Language) -> list[str]:
    plain = " ".join(text.split())
    ends = [match.end() for match in _END.finditer(plain) if _ends_here(plain, match, language)]
    starts = [0, *ends]
    return [part for start, end in zip(starts, [*ends, len(plain)], strict=True) if (part := plain[start:end].strip())]


def _ends_here(text: str, end: re.Match[str], language: Language) -> bool:
    """False after "Dr.", an initial, or before a word in lower case."""
    if text[end.end() :].lstrip()[:1].islower():
        return False
    if not end.group().startswith("."):
        return True
    word = text[: end.start()].rsplit(" ", 1)[-1].lstrip("(\"'“‘")
    is_initial = len(word) == 1 and word.isupper()
    known = WORDINGS[language].abbreviations if language in WORDINGS else frozenset()
    return not is_initial and word.lower() not in known


def _sounds(words: str) -> bool:
    return any(sign.isalnum() for sign in words)
