"""Digits of a known or unknown count: customer numbers, telephone numbers, how many."""

from __future__ import annotations

import re

from ivr.recognition.forms.spoken_language import SpokenLanguage
from ivr.recognition.forms.words import after_correction, plain, with_digits

_JOINED = re.compile(r"(?<=\d)[\s,.\-/()]+(?=\d)")


def digits_of(text: str, language: SpokenLanguage, length: int | None, sounds_like: bool = False) -> str | None:
    """The digits that were said, None where there are not exactly so many, or several numbers.

    sounds_like: also believe "for", "to", "ate"; only where the length is known.
    """
    prefixed = re.sub(r"\+\s*(?=\d)", "00", text)
    words = after_correction(plain(_JOINED.sub(" ", prefixed)).split(), language)
    if length is not None:
        return _of_length(words, language, length, sounds_like)
    spoken = with_digits(words, language)
    numbers = _numbers(spoken, language)
    if any(not _belongs(word, language) for word in spoken):
        return None  # "burke nine" for "thirty nine": without a length nothing else would notice
    if not numbers and " ".join(words) in language.none_at_all:
        return "0"
    return numbers[0] if len(numbers) == 1 else None


def _belongs(word: str, language: SpokenLanguage) -> bool:
    """A digit, a filler, a unit that is counted ("thirty nine years"), or a word for none at all."""
    beside = language.fillers | language.beside_numbers
    known = word in beside or word in language.units or word in language.none_at_all
    return known or (word.isascii() and word.isdigit())


def _of_length(words: list[str], language: SpokenLanguage, length: int, sounds_like: bool) -> str | None:
    """The one number of that length; None where a word that may be a digit stands beside it: "for 26688999"."""
    believed = _numbers(with_digits(words, language, language.sounds_like), language)
    if not sounds_like:
        strict = _numbers(with_digits(words, language), language)
        believed = [number for number in strict if number in believed]
    fitting = [number for number in believed if len(number) == length]
    return fitting[0] if len(fitting) == 1 else None


def _numbers(words: list[str], language: SpokenLanguage) -> list[str]:
    """Runs of digits; fillers may stand between the digits of one run, other words end it."""
    numbers: list[str] = []
    open_run = False
    for word in words:
        if word.isascii() and word.isdigit():
            if open_run:
                numbers[-1] += word
            else:
                numbers.append(word)
            open_run = True
        elif word not in language.fillers:
            open_run = False
    return numbers
