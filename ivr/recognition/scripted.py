"""Hears what a script says; as strict as the real ones about the order of calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from ivr.errors import RecognitionFailed
from ivr.recognition.forms.words import plain
from ivr.recognition.recognizer import Hearing
from ivr.recognition.spoken_forms import best_answer
from ivr.vocabulary import Expected, Hypothesis, Milliseconds, Samples, Utterance

UNCLEAR = ""
"""In a script: sound that is no answer (rejected), as noise is."""
CONFIDENCE = 0.9


class ScriptedRecognizer:
    """Each hearing with any sound gets the next line of the script; one thread at a time."""

    name = "scripted"

    def __init__(self, script: Iterable[str], today: Callable[[], date], languages: Iterable[str] = ("en",)) -> None:
        """script: what is heard, in order; values are read from it by the same rules as from the engines' words."""
        self._script = list(script)
        self._today = today
        self._languages = frozenset(languages)

    @property
    def unheard(self) -> tuple[str, ...]:
        """What of the script is left; a test that expects all of it to be heard asks here."""
        return tuple(self._script)

    def listen_for(self, expected: Expected) -> Hearing:
        """Open a hearing. Raises RecognitionFailed for a language that it was not made for."""
        if expected.language not in self._languages:
            raise RecognitionFailed(f"no script for the language {expected.language}")
        return _ScriptedHearing(self, expected)

    def next_line(self) -> str:
        """The line for a hearing that heard something. Raises RecognitionFailed at the script's end."""
        if not self._script:
            raise RecognitionFailed("the script is over, but the caller speaks on")
        return self._script.pop(0)

    def utterance(self, line: str, expected: Expected, spoken: Milliseconds) -> Utterance:
        """A line of the script as an engine would give it."""
        text = plain(line)
        if not text:
            return Utterance("", 0.0, spoken, self.name, rejected=True)
        hypotheses = (Hypothesis(text, 1.0),)
        _, value = best_answer((Hypothesis(line, 1.0),), expected, self._today())
        return Utterance(text, CONFIDENCE, spoken, self.name, value, hypotheses)


class _ScriptedHearing:
    def __init__(self, recognizer: ScriptedRecognizer, expected: Expected) -> None:
        self._recognizer = recognizer
        self._expected = expected
        self._samples = 0
        self._line: str | None = None
        self._finished = False

    def hear(self, samples: Samples) -> None:
        self._refuse_if_finished()
        self._samples += len(samples)

    def so_far(self) -> Utterance:
        """The whole line: a script knows already how the sentence ends."""
        self._refuse_if_finished()
        if not self._samples:
            return self._recognizer.utterance(UNCLEAR, self._expected, Milliseconds(0))
        if self._line is None:
            self._line = self._recognizer.next_line()
        return self._recognizer.utterance(self._line, self._expected, Milliseconds(self._samples // 8))

    def finish(self) -> Utterance:
        result = self.so_far()
        self._finished = True
        return result

    def _refuse_if_finished(self) -> None:
        if self._finished:
            raise RecognitionFailed("This hearing is finished; ask the recognizer for another.")
