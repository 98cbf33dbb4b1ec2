"""Speaking before anybody calls, and whole prompts as one sound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ivr.audio.formats import TELEPHONE_RATE, silence
from ivr.synthesis.synthesizer import Synthesizer
from ivr.vocabulary import Samples, Sentence


@dataclass(frozen=True, slots=True)
class PromptMeasure:
    """How a prompt sounds: words, seconds from its first to its last sound, and the pace that makes."""

    words: int
    seconds: float

    @property
    def words_per_minute(self) -> float:
        """As the caller hears it, pauses between sentences counted; 0 for no sound."""
        return self.words * 60 / self.seconds if self.seconds else 0.0


def speak_ahead(sentences: Iterable[Sentence], voice: Synthesizer) -> int:
    """Have a voice that keeps what it speaks speak everything; seconds of sound. Raises SynthesisFailed."""
    return sum(len(voice.speak(sentence)) for sentence in sentences) // TELEPHONE_RATE


def whole_prompt(sentences: Iterable[Sentence], voice: Synthesizer) -> Samples:
    """All sentences with the pauses between them, without the last one's. Raises SynthesisFailed."""
    parts: list[Samples] = []
    for sentence in sentences:
        parts += [voice.speak(sentence), silence(sentence.pause_after)]
    return np.concatenate(parts[:-1]) if parts else silence(0)


def measure(sentences: Sequence[Sentence], voice: Synthesizer) -> PromptMeasure:
    """Speak a prompt and count. Raises SynthesisFailed."""
    words = sum(len(sentence.text.split()) for sentence in sentences)
    return PromptMeasure(words, len(whole_prompt(sentences, voice)) / TELEPHONE_RATE)
