"""Are the prompts, as they sound, fit to be heard? Rules 1, 3, 9 and 10 of the service reference, measured. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ivr.evaluation.prompt_lint import Finding

GREETING_S = 10.0
"""Rule 1."""
QUESTION_S = 15.0
"""Rule 3: the hard stop."""
OVER_ALL = (140.0, 165.0)
"""Words a minute of a language's median form, pauses between sentences counted (rule 9: 145 to 160, target 150)."""
BETWEEN_OPTIONS_S = 0.5
"""Rule 10."""
LEAST_WORDS = 8
"""Shorter forms say nothing about a pace."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """One form of one prompt as it sounds."""

    file: str
    prompt: str
    form: str
    asks: bool
    words: int
    seconds: float
    """From its first to its last sound."""
    pauses_s: tuple[float, ...]
    """Between its sentences."""

    @property
    def words_per_minute(self) -> float:
        """Pauses counted."""
        return self.words * 60 / self.seconds if self.seconds else 0.0


def lint_sounds(language: str, sounds: Sequence[Sounding]) -> Iterator[Finding]:
    """All findings of one language."""
    for sound in sounds:
        yield from _one(sound)
    paces = [sound.words_per_minute for sound in sounds if sound.words >= LEAST_WORDS and sound.form == "text"]
    if not paces:
        return
    median = statistics.median(paces)
    if not OVER_ALL[0] <= median <= OVER_ALL[1]:
        problem = f"the median prompt is spoken at {median:.0f} words a minute"
        yield Finding(language, "9", problem, "set the voice's pace to 150; 145 to 160 is understood best")


def _one(sound: Sounding) -> Iterator[Finding]:
    where = f"{sound.form} sounds for {sound.seconds:.1f} s"
    if sound.prompt == "greeting" and sound.form == "text" and sound.seconds > GREETING_S:
        yield Finding(sound.file, "1", where, f"end within {GREETING_S:.0f} s; drop a thought")
    if sound.asks and sound.seconds > QUESTION_S:
        yield Finding(sound.file, "3", where, f"a question ends within {QUESTION_S:.0f} s; say it in fewer words")
    if sound.asks and sound.pauses_s and min(sound.pauses_s) < BETWEEN_OPTIONS_S:
        problem = f"{sound.form} has a pause of {min(sound.pauses_s) * 1_000:.0f} ms"
        yield Finding(sound.file, "10", problem, "leave 500 ms between what is chosen from")
