"""Money: "three hundred twelve euros forty", "1,200.50"."""

from __future__ import annotations

import re

from ivr.recognition.forms.spoken_language import SpokenLanguage
from ivr.recognition.forms.words import after_correction, plain, with_digits

LARGEST = 100_000_000
"""Minor units: a million euros; more is a misheard digit string."""

OTHER_WORDS = 3
"""So many other words may stand around an amount that names no currency."""

_THOUSANDS = re.compile(r"(?<=\d)([,. ’'])(?=\d{3}(?!\d))")
_CENTS = re.compile(r"(?<=\d)[.,](\d{1,2})(?!\d)")
_WRITTEN_POINT = "decimalsign"
_POINT = "·"
"""Stands for the decimal sign while the words are cut: no punctuation survives that."""


def amount_of(text: str, language: SpokenLanguage) -> str | None:
    """Minor units as digits; None where no amount, several, or one that can be read in two ways was said."""
    marked = _CENTS.sub(rf" {_WRITTEN_POINT} \1", _THOUSANDS.sub("", text.replace("€", " euros ")))
    words = after_correction(plain(marked).split(), language)
    points = language.point | {_WRITTEN_POINT}
    words = with_digits([_POINT if word in points else word for word in words], language)
    kinds = [_kind(word, language) for word in words if word in language.and_cents or word not in language.fillers]
    value = _read(_within(_with_cents(kinds)))
    return str(value) if value is not None and value <= LARGEST else None


def _kind(word: str, language: SpokenLanguage) -> str:
    """Numbers, and M, m and · for the currency's words and the decimal sign; x for any other word."""
    if word.isascii() and word.isdigit():
        return word
    if word in language.major:
        return "M"
    if word in language.and_cents:
        return "&"
    return "m" if word in language.minor else _POINT if word == _POINT else "x"


def _with_cents(kinds: list[str]) -> list[str]:
    """ "312 euros con 40", "312 con 40": before cents the word stands for the currency, elsewhere for itself."""
    read: list[str] = []
    for place, kind in enumerate(kinds):
        before, behind = read[-1:] or ["x"], kinds[place + 1 : place + 2] or ["x"]
        is_number = before[0].isdigit() or before[0] == "M"
        joins = kind == "&" and is_number and behind[0].isdigit()
        if joins and before[0] != "M":
            read.append("M")
        elif not joins:
            read.append("x" if kind == "&" else kind)
    return read


def _within(kinds: list[str]) -> list[str]:
    """From the first to the last word of the amount; nothing where other words than money's outweigh it.

    "100 % for the euro" and "2001 turn with your own" are misheard amounts and no amounts.
    """
    money = [place for place, kind in enumerate(kinds) if kind != "x"]
    others = len(kinds) - len(money)
    if not money or (others > OTHER_WORDS and not {"M", "m"} & set(kinds)):
        return []
    return kinds[money[0] : money[-1] + 1]


def _read(kept: list[str]) -> int | None:
    shape = "".join("n" if word.isdigit() else word for word in kept)
    numbers = [word for word in kept if word.isdigit()]
    if shape in ("n", "nM", "Mn"):
        return int(numbers[0]) * 100
    if shape == "nm":
        return _cents(numbers[0], spoken=True)
    if shape in ("nMn", "nMnm", "nMnM", "nnm", "Mnnm"):
        return _joined(numbers, spoken=True)
    if shape in (f"n{_POINT}n", f"n{_POINT}nM", f"Mn{_POINT}n"):
        return _joined(numbers, spoken=False)
    if shape in (f"n{_POINT}nn", f"n{_POINT}nnM"):
        return _joined([numbers[0], numbers[1] + numbers[2]], spoken=False)
    return None


def _joined(numbers: list[str], spoken: bool) -> int | None:
    cents = _cents(numbers[1], spoken)
    return None if cents is None else int(numbers[0]) * 100 + cents


def _cents(digits: str, spoken: bool) -> int | None:
    """spoken: "five cents" are 5; behind a decimal sign "5" is 50."""
    if len(digits) > 2:
        return None
    return int(digits) if spoken or len(digits) == 2 else int(digits) * 10
