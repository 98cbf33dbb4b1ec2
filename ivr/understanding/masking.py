"""Numbers that could identify somebody never reach the dialogue engine, which keeps what it hears."""

from __future__ import annotations

import re
from collections.abc import Iterator

MASK = "0000"
"""Stands for any long number. A number itself, so that "my customer number is 0000" is still understood as one."""
HELD = "held"
"""The value of a slot whose real value stays with the line."""
SHORTEST_MASKED = 4
"""Digits. A PIN has six, a customer number eight; the shortest worth hiding is a year of birth."""

_WRITTEN = re.compile(r"\d(?:[\s\-./]*\d){3,}")
_ONES = (
    "zero oh o nought naught nil one two three four five six seven eight nine "
    "cero uno un una dos tres cuatro cinco seis siete ocho nueve"
)
_TWOS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety double hundred "
    "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve "
    "dieciseis veintidos veintitres veintiseis veintiún veintiun "
    "veinte veintiuno veintiuna veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve "
    "treinta cuarenta cincuenta sesenta setenta ochenta noventa doble cien ciento"
)
_THREES = (
    "triple treble thousand mil doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos"
)
_KOREAN = "영 공 일 이 삼 사 오 육 륙 칠 팔 구"
_DIGITS_OF = {
    **dict.fromkeys((_ONES + " " + _KOREAN).split(), 1),
    **dict.fromkeys(_TWOS.split(), 2),
    **dict.fromkeys(_THREES.split(), 3),
}
"""Word -> how many digits it adds at most. Counted too high rather than too low."""
_JOINERS = frozenset(["and", "um", "uh", "er", "then", "y", "eh", "este", "luego", "con", "guion"])
"""Words that do not end a number that is read out slowly."""


def masked(text: str) -> str:
    """The text with every run of four or more digits, written or spoken, replaced by MASK.

    text: as a recognizer writes it, lower case, words apart by blanks. In English, Spanish or Korean.
    """
    kept: list[str] = []
    for run in _runs(_WRITTEN.sub(MASK, text).split()):
        kept += [MASK] if sum(map(_digits, run)) >= SHORTEST_MASKED else run
    return " ".join(kept)


def masked_value(value: str) -> str:
    """A slot's value, or HELD where it holds a number that could identify somebody."""
    return value if masked(value) == " ".join(value.split()) else HELD


def _runs(words: list[str]) -> Iterator[list[str]]:
    """The words in order: each run of number words as one list, every other word alone."""
    run: list[str] = []
    for word in words:
        if _digits(word) or (run and word in _JOINERS):
            run.append(word)
            continue
        yield from _without_tail(run)
        run = []
        yield [word]
    yield from _without_tail(run)


def _without_tail(run: list[str]) -> Iterator[list[str]]:
    """The run, and apart from it the joiners at its end, which belong to the words behind."""
    end = len(run)
    while end and not _digits(run[end - 1]):
        end -= 1
    if end:
        yield run[:end]
    for joiner in run[end:]:
        yield [joiner]


def _digits(word: str) -> int:
    """How many digits a word may stand for."""
    written = sum(letter.isdigit() for letter in word)
    return written or sum(_DIGITS_OF.get(part, 0) for part in word.split("-"))
