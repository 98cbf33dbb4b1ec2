"""Are these words in that text? Spelling, case and signs do not count; recognition may get a few letters wrong."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

ALIKE = 80.0
"""Of 100: how well the words must match some stretch of a recognized text. Another weekday or month falls below."""


def plain(text: str) -> str:
    """Lower case, letters and digits only, single blanks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def contains_words(text: str, words: str) -> bool:
    """Exactly, apart from case and signs, as whole words."""
    return f" {plain(words)} " in f" {plain(text)} "


def sounds_like_words(text: str, words: str) -> bool:
    """Nearly: for texts that a recognizer wrote down."""
    if contains_words(text, words):
        return True
    return fuzz.partial_ratio(plain(words), plain(text)) >= ALIKE
