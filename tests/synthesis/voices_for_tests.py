"""Voices that tests can look into."""

import numpy as np

from ivr.errors import SynthesisFailed
from ivr.vocabulary import Language, Samples, Sentence

EN = Language("en")


def sentence(text: str, pace: int = 150, recording: str = "") -> Sentence:
    """An English sentence."""
    return Sentence(text, EN, words_per_minute=pace, recording=recording)


class CountingVoice:
    """Speaks a constant as long as the text; fails while `broken`; counts what it was asked."""

    def __init__(self, name: str = "counting/1", value: int = 1000, languages: tuple[str, ...] = ("en",)) -> None:
        self.name = name
        self.value = value
        self.broken = False
        self.asked: list[str] = []
        self._languages = languages

    def speaks(self, language: Language) -> bool:
        return language in self._languages

    def speak(self, sentence: Sentence) -> Samples:
        self.asked.append(sentence.text)
        if self.broken:
            raise SynthesisFailed(f"{self.name} is broken")
        return np.full(160 * len(sentence.text), self.value, dtype=np.int16)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds
