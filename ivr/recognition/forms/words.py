"""Sentences cut into words, and number words turned into digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from text_to_num import alpha2digit  # type: ignore[attr-defined]  # public, but not declared as exported

from ivr.recognition.forms.spoken_language import SpokenLanguage

_NOT_A_WORD = re.compile(r"[^\w' ]+|_")
_SCALED = re.compile(r"\b(\d+) ([^\W\d]+)\b")


def plain(text: str) -> str:
    """Lower case, apostrophes straight, all other punctuation a space, single spaces."""
    lowered = unicodedata.normalize("NFC", text).lower().replace("’", "'").replace("‘", "'")
    return " ".join(_NOT_A_WORD.sub(" ", lowered).split()).replace(" '", " ").replace("' ", " ").strip("'")


def find(words: Sequence[str], phrase: str) -> int:
    """Where the phrase begins among the words, -1 where it does not occur whole."""
    wanted = phrase.split()
    for start in range(len(words) - len(wanted) + 1):
        if list(words[start : start + len(wanted)]) == wanted:
            return start
    return -1


def has(words: Sequence[str], phrases: Sequence[str]) -> bool:
    """True where one of the phrases occurs."""
    return any(find(words, phrase) >= 0 for phrase in phrases)


def without(words: Sequence[str], phrases: Sequence[str]) -> list[str]:
    """The words with every occurrence of the phrases taken out."""
    kept = list(words)
    for phrase in phrases:
        while (start := find(kept, phrase)) >= 0:
            del kept[start : start + len(phrase.split())]
    return kept


def after_correction(words: Sequence[str], language: SpokenLanguage) -> list[str]:
    """What counts where the caller corrected themselves: the words behind the last correction, if there are any."""
    kept = list(words)
    for phrase in sorted(language.corrections, key=lambda phrase: -len(phrase.split())):
        while (start := find(kept, phrase)) >= 0:
            rest = kept[start + len(phrase.split()) :]
            if not rest:
                kept = kept[:start]
                break
            kept = rest
    return kept


def with_digits(words: Sequence[str], language: SpokenLanguage, extra: Mapping[str, str] | None = None) -> list[str]:
    """The words with every number in digits: "nineteen fifty eight" -> 19, 58; "four hundred and two" -> 402.

    extra: further words for digits (what a recognizer writes for them).
    """
    known = {**language.digits, **(extra or {})}
    spelled = [known.get(word, word) for word in _without_articles(words, language)]
    text = " ".join(_repeated(spelled, language))
    if language.counts_by_text2num:
        text = re.sub(r"\ba (?=hundred|thousand)", "one ", text)
        text = alpha2digit(_scaled(text, language), language.code, threshold=0)
    if language.tens_joiner:
        text = re.sub(rf"\b([2-9])0 {language.tens_joiner} ([1-9])\b", r"\1\2", text)
    return text.split()


def _without_articles(words: Sequence[str], language: SpokenLanguage) -> list[str]:
    """ "una ayuda de 300 euros": here "una" is no number and would only stand in the way."""
    counted = {*language.number_words, *language.units, *language.major, *language.minor, *language.beside_numbers}
    kept = []
    for place, word in enumerate(words):
        beside = [*words[max(0, place - 1) : place], *words[place + 1 : place + 2]]
        is_last = place == len(words) - 1
        if word not in language.articles or is_last or any(one in counted or one.isdigit() for one in beside):
            kept.append(word)
    return kept


def _repeated(words: Sequence[str], language: SpokenLanguage) -> Iterator[str]:
    """ "double four", "dos cuatros" -> four four; "double 47" -> 4 47: the recognizer may have joined what follows."""
    times = 1
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word in language.repeats or (following in language.plurals and word in language.plural_counts):
            times = language.repeats.get(word) or language.plural_counts[word]
            continue
        digit = language.plurals.get(word, word) if times > 1 else word
        for _ in range(times - 1):
            yield digit[0] if digit.isdigit() else digit
        times = 1
        yield digit


def _scaled(text: str, language: SpokenLanguage) -> str:
    """ "3 thousand" -> 3000, as a recognizer may mix them."""

    def product(match: re.Match[str]) -> str:
        scale = language.scales.get(match[2])
        return match[0] if scale is None else str(int(match[1]) * scale)

    return _SCALED.sub(product, text)
