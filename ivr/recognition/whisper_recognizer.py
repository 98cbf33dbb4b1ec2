"""Whisper over the whole utterance: free text first, then only what answers the question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from math import exp
from pathlib import Path

import numpy as np

from ivr.errors import RecognitionFailed
from ivr.recognition.forms.words import plain
from ivr.recognition.judging import is_invention, is_loop, least_speech, speech_bounds, unrepeated
from ivr.recognition.recognizer import Hearing
from ivr.recognition.rejection import is_answer, is_believable
from ivr.recognition.spoken_forms import answer_phrases, best_answer
from ivr.recognition.weights import softmax, weighted
from ivr.recognition.whisper_decoder import Decoded, Encoded, WhisperDecoder
from ivr.vocabulary import Expected, Hypothesis, Kind, Milliseconds, Samples, Utterance

LANGUAGES = frozenset({"en", "es", "ko"})
"""What it is offered for here; the model knows 99."""
NUMBERS = (Kind.DIGITS, Kind.DATE, Kind.AMOUNT)
"""Kinds for which all hypotheses are searched for one of the right shape."""
DIGIT_SIGNS = tuple(str(digit) for digit in range(10))
LONGEST = 8_000 * 29
"""Samples; the model's window is 30 s and nothing beyond it is heard."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What decoding brought, before it is judged as an answer."""

    decoded: tuple[Decoded, ...]
    silent: float
    encoded: Encoded
    spoken: Milliseconds
    """From the first to the last of the speech."""


class WhisperRecognizer:
    """One model for all calls and threads of a process."""

    def __init__(
        self,
        folder: Path,
        today: Callable[[], date],
        commands: Mapping[str, Sequence[str]] | None = None,
        threads: int = 2,
        workers: int = 1,
    ) -> None:
        """folder: see models.ensure_whisper(). today: in the agency's time zone, for "yesterday".

        commands: language -> universal words that may be said instead of an answer; they join every allow-list.
        Raises RecognitionFailed where the model cannot be opened.
        """
        try:
            self._decoder = WhisperDecoder(folder, threads, workers)
        except (OSError, RuntimeError, ValueError) as error:
            raise RecognitionFailed(f"Whisper's model in {folder} cannot be opened: {error}") from error
        self._today = today
        self._commands = {language: tuple(words) for language, words in (commands or {}).items()}
        self._suppressed: dict[tuple[str, tuple[str, ...]], list[int]] = {}

    @property
    def name(self) -> str:
        """Engine, model and version."""
        return f"whisper-base/{version('faster-whisper')}"

    def listen_for(self, expected: Expected) -> Hearing:
        """Open a hearing. Raises RecognitionFailed for a language that it is not offered for."""
        if expected.language not in LANGUAGES:
            raise RecognitionFailed(f"Whisper is not offered for the language {expected.language}")
        return _WhisperHearing(self, expected)

    def transcribe(self, samples: Samples, expected: Expected) -> Utterance:
        """Write down a whole utterance: int16, 8 000 Hz, at most 29 s. Takes 0.2 to 0.4 s on two cores."""
        speech, spoken = speech_bounds(samples)
        if speech < least_speech(expected.kind):
            return self._rejected(spoken)
        try:
            heard = self._decode(samples[:LONGEST], expected, spoken)
            if heard is None:
                return self._rejected(spoken)
            return self._answer(heard, expected)
        except RuntimeError as error:
            raise RecognitionFailed(f"Whisper failed: {error}") from error

    def _decode(self, samples: Samples, expected: Expected, spoken: Milliseconds) -> _Heard | None:
        """Decode; a loop gets one more chance with the full window. None where it loops again."""
        for full_window in (False, True):
            encoded = self._decoder.encode(samples, full_window)
            decoded, silent = self._decoder.generate(encoded, expected.language)
            if decoded and not is_loop(decoded[0].text):
                return _Heard(_said_once(decoded, expected, spoken), silent, encoded, spoken)
        return None

    def _answer(self, heard: _Heard, expected: Expected) -> Utterance:
        free, spoken = heard.decoded, heard.spoken
        believed = free if expected.kind in NUMBERS else free[:1]
        place, value = self._value(believed, expected)
        if value is not None and not is_believable(expected.kind, free[place].score):
            place, value = 0, None
        if value is None and (constrained := self._constrained(heard, expected)):
            return self._utterance((constrained[0], *free), 0, constrained[1], spoken)
        words = plain(free[0].text).split()
        if value is None and (not words or is_invention(words, free[0].score, heard.silent, spoken)):
            return self._rejected(spoken)
        return self._utterance(free, place, value, spoken)

    def _value(self, decoded: Sequence[Decoded], expected: Expected) -> tuple[int, str | None]:
        return best_answer([Hypothesis(one.text, 0.0) for one in decoded], expected, self._today())

    def _constrained(self, heard: _Heard, expected: Expected) -> tuple[Decoded, str] | None:
        """What was heard if it must be an answer, where that is nearly as likely as the free text."""
        phrases = answer_phrases(expected)
        if not phrases:
            return None
        found, _ = self._decoder.generate(heard.encoded, expected.language, self._all_but(expected, phrases))
        allowed = _said_once(found, expected, heard.spoken)
        place, value = self._value(allowed, expected)
        if value is None or not is_answer(expected.kind, allowed[place].score - heard.decoded[0].score):
            return None
        return allowed[place], value

    def _all_but(self, expected: Expected, phrases: tuple[str, ...]) -> list[int]:
        words = (
            *phrases,
            *self._commands.get(expected.language, ()),
            *(DIGIT_SIGNS if expected.kind in NUMBERS else ()),
        )
        key = (str(expected.language), words)
        if key not in self._suppressed:
            self._suppressed[key] = self._decoder.all_but(expected.language, words)
        return self._suppressed[key]

    def _utterance(self, decoded: tuple[Decoded, ...], best: int, value: str | None, spoken: Milliseconds) -> Utterance:
        """The chosen text first, the others behind it by weight."""
        texts = [plain(one.text) for one in decoded]
        hypotheses = weighted(texts, softmax([one.score * max(1, decoded[0].tokens) for one in decoded]))
        chosen = texts[best]
        first = [one for one in hypotheses if one.text == chosen] or [Hypothesis(chosen, 0.0)]
        others = [one for one in hypotheses if one.text != chosen]
        return Utterance(
            text=chosen,
            confidence=min(1.0, exp(decoded[best].score)),
            spoken=spoken,
            engine=self.name,
            value=value,
            hypotheses=(*first, *others)[:5],
        )

    def _rejected(self, spoken: Milliseconds) -> Utterance:
        return Utterance("", 0.0, spoken, self.name, rejected=True)


def _said_once(decoded: Sequence[Decoded], expected: Expected, spoken: Milliseconds) -> tuple[Decoded, ...]:
    """Without loops, and without repetitions that there was no time for.

    Several digits of known length stay as they are: 1 2 1 2 may be right, and the length chooses among the hypotheses.
    """
    straight = tuple(one for one in decoded if not is_loop(one.text))
    if expected.length is not None and expected.length > 1:
        return straight
    return tuple(replace(one, text=unrepeated(one.text, spoken)) for one in straight)


class _WhisperHearing:
    """Collects one answer; decoding happens in so_far() and finish()."""

    def __init__(self, recognizer: WhisperRecognizer, expected: Expected) -> None:
        self._recognizer = recognizer
        self._expected = expected
        self._pieces: list[Samples] = []
        self._known: Utterance | None = None
        self._finished = False

    def hear(self, samples: Samples) -> None:
        """Keep more of the utterance; what was known of it is void."""
        self._refuse_if_finished()
        if len(samples):
            self._pieces.append(samples)
            self._known = None

    def so_far(self) -> Utterance:
        """Decode what there is; finish() takes the same result if nothing more is heard."""
        self._refuse_if_finished()
        if self._known is None:
            whole = np.concatenate(self._pieces) if self._pieces else np.empty(0, dtype=np.int16)
            self._pieces = [whole]
            self._known = self._recognizer.transcribe(whole, self._expected)
        return self._known

    def finish(self) -> Utterance:
        """The result; the hearing is over."""
        result = self.so_far()
        self._finished = True
        self._pieces = []
        return result

    def _refuse_if_finished(self) -> None:
        if self._finished:
            raise RecognitionFailed("This hearing is finished; ask the recognizer for another.")
