"""Text as a voice may get it: no markup, no sign that voices read in ways of their own, digits as words. Pure.

Prompts arrive in words already (see conversation); this is the last net, for names from records and for staff's typing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from num2words import num2words

from ivr.errors import SynthesisFailed
from ivr.vocabulary import Language, Sentence

LONGEST_TEXT = 600
"""Letters in one call of a voice: a sentence has some 150; a minute of sound would block the caller's turn."""
LONGEST_NUMBER = 3
"""Digits read as one number; longer runs, and those that begin with zero, are read digit by digit."""

SIGNS: Mapping[Language, Mapping[str, str]] = {
    Language("en"): {
        "%": "percent", "&": "and", "+": "plus", "=": "equals", "@": "at", "#": "hash", "*": "star",
        "€": "euros", "$": "dollars", "£": "pounds",
    },
    Language("es"): {
        "%": "por ciento", "&": "y", "+": "más", "=": "igual a", "@": "arroba", "#": "almohadilla", "*": "asterisco",
        "€": "euros", "$": "dólares", "£": "libras",
    },
    Language("ko"): {
        "%": "퍼센트", "&": "그리고", "+": "더하기", "@": "골뱅이", "#": "우물정", "*": "별표",
        "€": "유로", "$": "달러",
    },
}  # fmt: skip
"""Read aloud; any other sign is a blank."""

_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_DIGITS = re.compile(r"[0-9]+")
_KEPT = " .,;:?!'’\"()-–—…¿¡"


class TextRefused(SynthesisFailed):
    """No voice could speak this, however well it is: the fault is the text's, so no voice needs a rest."""


def checked(sentence: Sentence) -> str:
    """The sentence's readable text, possibly empty. Raises TextRefused where it is far too long."""
    if len(sentence.text) > LONGEST_TEXT:
        raise TextRefused(f"a text of {len(sentence.text)} letters is more than one sentence")
    return readable(sentence.text, sentence.language)


def readable(text: str, language: Language) -> str:
    """The text without tags, control characters and unspoken signs; digits in words. May be empty."""
    plain = _TAG.sub(" ", unicodedata.normalize("NFKC", text))
    words = _DIGITS.sub(lambda run: f" {_spoken(run.group(), language)} ", plain)
    signs = SIGNS.get(language, {})
    spoken = "".join(_read(sign, signs) for sign in words)
    tidy = re.sub(r"\s+([.,;:?!…])", r"\1", " ".join(spoken.split()))
    return tidy if any(sign.isalnum() for sign in tidy) else ""


def _read(sign: str, signs: Mapping[str, str]) -> str:
    if sign in signs:
        return f" {signs[sign]} "
    # letters and combining marks of any script; everything else a voice would spell, skip or stumble over
    return sign if sign in _KEPT or unicodedata.category(sign)[0] in "LM" else " "


def _spoken(digits: str, language: Language) -> str:
    """ "12" -> "twelve", "0042" -> "zero zero four two"."""
    if len(digits) <= LONGEST_NUMBER and (digits == "0" or not digits.startswith("0")):
        return _cardinal(int(digits), language)
    return " ".join(_cardinal(int(digit), language) for digit in digits)


def _cardinal(number: int, language: Language) -> str:
    try:
        return str(num2words(number, lang=language)).replace(",", "")
    except NotImplementedError:  # num2words does not know the language: the voice reads a single digit itself
        return " ".join(str(number))
