"""The port: a sentence becomes telephone sound."""

from __future__ import annotations

from typing import Protocol

from ivr.vocabulary import Language, Samples, Sentence


class Synthesizer(Protocol):
    """Shared by all calls and threads of a process."""

    @property
    def name(self) -> str:
        """Engine, voice and version; part of the cache's key: "hibari-heart/0.2.1"."""
        ...

    def speaks(self, language: Language) -> bool:
        """True where it has a voice for the language."""
        ...

    def speak(self, sentence: Sentence) -> Samples:
        """int16, 8 000 Hz mono, -26 dBov, peaks below -3 dBov, without the pause after. Raises SynthesisFailed."""
        ...
