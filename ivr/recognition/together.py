"""Two engines on one utterance: one n-best list of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ivr.recognition.recognizer import Hearing, Recognizer
from ivr.recognition.spoken_forms import best_answer
from ivr.recognition.weights import weighted
from ivr.vocabulary import Expected, Samples, Utterance


class TogetherRecognizer:
    """Opens a hearing at each engine for every question; costs the sum of both."""

    def __init__(self, engines: Sequence[Recognizer], today: Callable[[], date]) -> None:
        """engines: at least one; where they disagree and weigh the same, the first is believed."""
        self._engines = tuple(engines)
        self._today = today

    @property
    def name(self) -> str:
        """Both names."""
        return "+".join(engine.name for engine in self._engines)

    def listen_for(self, expected: Expected) -> Hearing:
        """Open a hearing at each engine."""
        hearings = [engine.listen_for(expected) for engine in self._engines]
        return _TogetherHearing(hearings, expected, self.name, self._today)


class _TogetherHearing:
    def __init__(self, hearings: Sequence[Hearing], expected: Expected, name: str, today: Callable[[], date]) -> None:
        self._hearings = hearings
        self._expected = expected
        self._name = name
        self._today = today

    def hear(self, samples: Samples) -> None:
        for hearing in self._hearings:
            hearing.hear(samples)

    def so_far(self) -> Utterance:
        return self._join([hearing.so_far() for hearing in self._hearings])

    def finish(self) -> Utterance:
        return self._join([hearing.finish() for hearing in self._hearings])

    def _join(self, utterances: Sequence[Utterance]) -> Utterance:
        """An answer that one engine is sure of wins; else the joined list is searched for one."""
        heard = [utterance for utterance in utterances if not utterance.rejected]
        if not heard:
            return utterances[0]
        pairs = [(one.text, one.weight * utterance.confidence) for utterance in heard for one in utterance.hypotheses]
        hypotheses = weighted([text for text, _ in pairs], [weight for _, weight in pairs])
        answers = [utterance for utterance in heard if utterance.value is not None]
        best = max(answers or heard, key=lambda utterance: utterance.confidence)
        values = {utterance.value for utterance in answers}
        value = best.value if len(values) == 1 else best_answer(hypotheses, self._expected, self._today())[1]
        return Utterance(best.text, best.confidence, best.spoken, self._name, value, hypotheses)
