"""Sentences cut into words, and number words turned into digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from text_to_num import alpha2digit  # type: ignore[attr-defined]  # public, but not declared as exported

from ivr.recognition.forms.spoken_language import SpokenLanguage

_NOT_A_WORD = re.compile(r"[^\w' ]+|_")
_SCALED = re.compile(r"\b(\d+) ([^\W\d]+)\b")


def plain(text: str) -> str:
    """Lower case, apostrophes straight, all other punctuation a space, single spaces."""
    lowered = text.lower().replace("’", "'").replace("‘", "'")
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
    text = " ".join(_repeated([known.get(word, word) for word in words], language))
    if language.counts_by_text2num:
        text = re.sub(r"\ba (?=hundred|thousand)", "one ", text)
        text = alpha2digit(_scaled(text, language), language.code, threshold=0)
    return text.split()


def _repeated(words: Sequence[str], language: SpokenLanguage) -> Iterator[str]:
    """ "double four" -> four four; "double 47" -> 4 47: the recognizer may have joined what follows."""
    times = 1
    for word in words:
        if word in language.repeats:
            times = language.repeats[word]
            continue
        for _ in range(times - 1):
            yield word[0] if word.isdigit() else word
        times = 1
        yield word


def _scaled(text: str, language: SpokenLanguage) -> str:
    """ "3 thousand" -> 3000, as a recognizer may mix them."""

    def product(match: re.Match[str]) -> str:
        scale = language.scales.get(match[2])
        return match[0] if scale is None else str(int(match[1]) * scale)

    return _SCALED.sub(product, text)
