"""How hard a text is to read: the Automated Readability Index for English, Fernández Huerta's measure for Spanish.

Measures that count syllables need a pronouncing dictionary from the network for English, so they are left out;
Spanish writes its syllables as it says them.
Source: Smith and Senter, Automated Readability Index, AMRL-TR-66-220 (1967). A grade of 6 is read at eleven.
Fernández Huerta, Medidas sencillas de lecturabilidad, Consigna 214 (1959): 70 to 80 of 100 is the sixth grade.
"""

from __future__ import annotations

import re

_STRONG, _ACCENTED_WEAK = "aeoáéó", "íú"
_VOWELS = re.compile(rf"[{_STRONG}{_ACCENTED_WEAK}iuü]+")
_SILENT_U = re.compile(r"(?<=[qg])u(?=[eiéí])")
_Y_AS_VOWEL = re.compile(r"y(?![aeiouáéíóúü])")
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


def spanish_difficulty(text: str) -> float:
    """100 less Fernández Huerta's ease of reading, so that more is harder: 20 to 30 is the sixth grade. 0: no text."""
    words = words_of(text)
    if not words:
        return 0.0
    syllables = sum(spanish_syllables(word) for word in words)
    ease = 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / max(1, len(sentences_of(text)))
    return 100 - ease


def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word, at least one: "pensión" two, "día" two, "cuenta" two, "leer" two."""
    plain = _Y_AS_VOWEL.sub("i", _SILENT_U.sub("", word.lower()))
    return max(1, sum(_nuclei(group[0]) for group in _VOWELS.finditer(plain)))


def _nuclei(vowels: str) -> int:
    """Two strong vowels, or a weak one with an accent beside a strong one, stand in two syllables."""
    count = sum(vowel in _STRONG or vowel in _ACCENTED_WEAK for vowel in vowels)
    return max(1, count)
