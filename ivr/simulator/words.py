"""Are these words in that text? Spelling, case and signs do not count; a recognizer may get a few letters wrong.

Numbers, weekdays and months may not differ: another day or amount is another fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz
from text_to_num import alpha2digit  # type: ignore[attr-defined]  # public, but not declared as exported

from ivr.vocabulary import Language

ALIKE = 70.0
"""Of 100: how well a recognized word must match a wanted one."""
SHARE = 0.75
"""Of the wanted words, how many must be found."""
EXTRA = 2
"""Words that the recognizer may have put between them."""
ORDINAL = re.compile(r"(\d+)(st|nd|rd|th|º|ª)")
DIGITS_APART = re.compile(r"(?<=\d) (?=\d)")
"""Recognizers group digits as they like: "468 5816 0" is "four six eight five eight one six zero"."""
TELLING = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    lunes martes miércoles jueves viernes sábado domingo
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    no not yes sí""".split()  # noqa: SIM905 - sixty words are read more easily in lines than in quotes
)
"""Words that carry a fact."""


def plain(text: str) -> str:
    """Lower case, letters and digits only, single blanks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def contains_words(text: str, words: str) -> bool:
    """Exactly, apart from case and signs, as whole words."""
    return f" {plain(words)} " in f" {plain(text)} "


def sounds_like_words(text: str, words: str, language: Language) -> bool:
    """Nearly: for texts that a recognizer wrote down. Numbers count the same in words and in digits."""
    if contains_words(text, words):
        return True
    wanted, heard = _canonical(words, language), _canonical(text, language)
    reach = len(wanted) + EXTRA
    return any(_found(wanted, heard[start : start + reach]) for start in range(len(heard)))


def _canonical(text: str, language: Language) -> list[str]:
    """Words, with numbers as digits where the language's number words are known."""
    text = plain(text)
    if language in ("en", "es"):
        text = alpha2digit(text, language, threshold=0)
    return DIGITS_APART.sub("", ORDINAL.sub(r"\1", text)).split()


def _is_telling(word: str) -> bool:
    return word in TELLING or any(sign.isdigit() for sign in word)


def _found(wanted: Sequence[str], heard: Sequence[str]) -> bool:
    """Whether most of the wanted words stand in order among those heard, and all that carry a fact."""
    place, hits = 0, 0
    for word in wanted:
        match = next((at for at in range(place, len(heard)) if _same(word, heard[at])), None)
        if match is not None:
            place, hits = match + 1, hits + 1
        elif _is_telling(word):
            return False
    return hits >= SHARE * len(wanted)


def _same(wanted: str, heard: str) -> bool:
    if _is_telling(wanted) or _is_telling(heard):
        return wanted == heard
    return fuzz.ratio(wanted, heard) >= ALIKE
