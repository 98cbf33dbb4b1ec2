"""hibari-tts: the English voice. A small neural voice, on the processor, from a package; safe from several threads."""

from __future__ import annotations

import re
from importlib.metadata import version

from hibari import SAMPLE_RATE, Hibari

from ivr.errors import SynthesisFailed
from ivr.synthesis.pace import Pace
from ivr.synthesis.readable import checked
from ivr.synthesis.telephone_sound import telephone_sound
from ivr.vocabulary import Language, Samples, Sentence

NAME = f"hibari-heart/{version('hibari-tts')}"
LANGUAGE = Language("en")
SEED = 20_260
"""Fixes the breath in the voice, so that equal sentences have equal samples and can be kept."""
PACE = Pace(((110, 0.62), (125, 0.74), (150, 0.8), (171, 0.9), (185, 1.15)))
"""Measured over the English prompts; slow mode lengthens the pauses first, so its 125 needs little stretching."""
_WARM_UP = "Zephyrine, good morning."
"""Loads the lexicon, the tagger and the model for unknown words, before two callers can do so at once."""


class HibariVoice:
    """English, US, female ("heart"). Any thread may call; threads: processor cores used for one sentence."""

    name = NAME

    def __init__(self, threads: int = 1) -> None:
        self._engine = Hibari(threads=threads)
        self._engine(_WARM_UP, seed=SEED)

    def speaks(self, language: Language) -> bool:
        """English only."""
        return language == LANGUAGE

    def speak(self, sentence: Sentence) -> Samples:
        """See the port. Raises SynthesisFailed for other languages, for very long texts and when the engine does."""
        if not self.speaks(sentence.language):
            raise SynthesisFailed(f"{NAME} has no voice for {sentence.language!r}")
        text = checked(sentence)
        try:
            floats = self._engine(_ended(text), PACE.setting(sentence.words_per_minute), SEED)
        except Exception as error:  # an edge: whatever a foreign engine raises, the next voice must have its turn
            raise SynthesisFailed(f"{NAME}: {error}") from error
        return telephone_sound(floats, SAMPLE_RATE)


def _ended(text: str) -> str:
    """A group of digits before a pause is cut off in mid-melody unless it ends like a clause."""
    return text if not text or re.search(r"[.?!,;:…]$", text) else f"{text},"
