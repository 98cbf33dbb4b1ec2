"""What the telephone and the recognizer cost: the same unseen sentences as written, and as heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from ivr.audio.formats import silence
from ivr.evaluation.recognition import Outcome, hear_all
from ivr.evaluation.recognition_cases import Case
from ivr.evaluation.telephone_chain import Condition
from ivr.evaluation.understanding import Guess, sentences_of
from ivr.evaluation.word_errors import error_rate, score
from ivr.recognition.recognizer import Recognizer
from ivr.simulator.voices import CallerVoice
from ivr.understanding.masking import masked
from ivr.understanding.training import PYTHON, Heard, predictions
from ivr.vocabulary import Expected, Kind, Language

PAUSE = 300
"""Milliseconds of silence before and behind a sentence, as a line delivers it."""
HYPOTHESES = 3


@dataclass(frozen=True, slots=True)
class SpokenReport:
    """Shares of 1 over the same sentences."""

    recognizer: str
    condition: str
    sentences: int
    voices: tuple[str, ...]
    as_written: float
    as_heard: float
    word_errors: float
    lost: list[Guess]
    """Right as written, wrong as heard; the text is what was heard."""

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return asdict(self)

    def as_text(self) -> str:
        """A few lines and the sentences that were lost."""
        head = f"spoken by {', '.join(self.voices)}, line {self.condition}, heard by {self.recognizer}:"
        figures = f"  {self.sentences} sentences: as written {self.as_written:.1%}, as heard {self.as_heard:.1%}"
        cost = f", lost {self.as_written - self.as_heard:.1%}, word errors {self.word_errors:.1%}"
        lost = [
            f"  lost: heard {one.text!r}: {one.guessed}, not {one.intent} ({one.confidence:.2f})" for one in self.lost
        ]
        return "\n".join([head, figures + cost, *lost])


def spoken(
    root: Path,
    language: Language,
    per_intent: int,
    voices: Mapping[str, CallerVoice],
    recognizer: Recognizer,
    condition: Condition,
    python: str = PYTHON,
) -> SpokenReport:
    """Speak the first sentences of each intent with every voice, hear them, understand both texts.

    Raises IvrError where a voice, the recognizer or the model is away.
    """
    meant = _first_of_each(sentences_of(root / "tests/nlu" / language), per_intent)
    outcomes = list(hear_all(recognizer, _cases(meant, voices, language), [condition]))
    intents = [intent for _ in voices for _, intent in meant]
    written = _guesses(root, [[(one.case.said, 1.0)] for one in outcomes], intents, python)
    heard = _guesses(root, [_hypotheses(one) for one in outcomes], intents, python)
    right = [guess.guessed == guess.intent for guess in written]
    scores = [score(one.case.speaker, one.case.said, one.utterance.text, language) for one in outcomes]
    return SpokenReport(
        recognizer=recognizer.name,
        condition=condition.name,
        sentences=len(outcomes),
        voices=tuple(voices),
        as_written=sum(right) / len(right),
        as_heard=sum(guess.guessed == guess.intent for guess in heard) / len(heard),
        word_errors=error_rate(scores).rate,
        lost=[
            guess for guess, was_right in zip(heard, right, strict=True) if was_right and guess.guessed != guess.intent
        ],
    )


def _first_of_each(sentences: Sequence[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """At most `count` sentences of each intent. Masked numbers are left out: nobody says 0000."""
    taken: dict[str, int] = {}
    found = []
    for text, intent in sentences:
        if "0000" not in text and taken.setdefault(intent, 0) < count:
            taken[intent] += 1
            found.append((text, intent))
    return found


def _cases(meant: Sequence[tuple[str, str]], voices: Mapping[str, CallerVoice], language: Language) -> Iterator[Case]:
    expected = Expected(Kind.OPEN, language)
    for name, voice in voices.items():
        for text, _ in meant:
            samples = np.concatenate((silence(PAUSE), voice.speak(text), silence(PAUSE)))
            yield Case("spoken", name, samples, text, expected, None)


def _hypotheses(outcome: Outcome) -> Heard:
    """What the line would send: up to three hypotheses, numbers masked; none where nothing was heard."""
    utterance = outcome.utterance
    found = [(one.text, one.weight) for one in utterance.hypotheses[:HYPOTHESES]] or [(utterance.text, 1.0)]
    return [(masked(text), weight) for text, weight in found if text.strip()]


def _guesses(root: Path, heard: Sequence[Heard], intents: Sequence[str], python: str) -> list[Guess]:
    """The model's guess for each; silence is understood as nothing."""
    ranked = iter(predictions(root, [one for one in heard if one], python))
    guesses = []
    for hypotheses, intent in zip(heard, intents, strict=True):
        best, confidence = next(ranked)[0] if hypotheses else ("", 0.0)
        guesses.append(Guess(hypotheses[0][0] if hypotheses else "", intent, best, confidence))
    return guesses
