"""How old a reader has to be: the Automated Readability Index, which needs no dictionary.

Measures that count syllables need a pronouncing dictionary from the network for English, so they are left out.
Source: Smith and Senter, Automated Readability Index, AMRL-TR-66-220 (1967). A grade of 6 is read at eleven.
"""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.?!]+(?=\s|$)")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, without their end marks; " / " and " // " separate nothing."""
    plain = re.sub(r"\s//?(?=\s|$)", " ", text)
    return [sentence.strip() for sentence in _SENTENCE_END.split(plain) if sentence.strip()]


def words_of(text: str) -> list[str]:
    """The words of a text: what holds a letter, a digit or a gap."""
    return [word for word in text.split() if re.search(r"[\w{]", word)]


def readability_grade(text: str) -> float:
    """The school grade that reads a text without effort; 0 for no text. English alone."""
    words = words_of(text)
    if not words:
        return 0.0
    strokes = sum(len(word) for word in words)  # signs included, as on the typewriter of the source
    return 4.71 * strokes / len(words) + 0.5 * len(words) / max(1, len(sentences_of(text))) - 21.43
