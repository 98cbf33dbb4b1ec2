"""Silence of the right length: a voice for tests that are about turns and not about sound."""

from __future__ import annotations

from ivr.audio.formats import silence
from ivr.errors import SynthesisFailed
from ivr.synthesis.readable import checked
from ivr.vocabulary import Language, Samples, Sentence

MILLISECONDS_PER_MINUTE = 60_000


class SilentVoice:
    """Says nothing for as long as the words would take. It says in its name what it is, and keeps nothing."""

    name = "silent/1"

    def __init__(self, languages: tuple[Language, ...] = (Language("en"),)) -> None:
        self._languages = languages

    def speaks(self, language: Language) -> bool:
        """Those it was made with."""
        return language in self._languages

    def speak(self, sentence: Sentence) -> Samples:
        """Zeros. Raises SynthesisFailed where a real voice does: unknown language, far too long a text."""
        if not self.speaks(sentence.language):
            raise SynthesisFailed(f"{self.name} has no voice for {sentence.language!r}")
        text = checked(sentence)
        return silence(len(text.split()) * MILLISECONDS_PER_MINUTE // max(1, sentence.words_per_minute))
