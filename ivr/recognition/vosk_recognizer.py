"""Streaming Vosk, with a grammar of what the question expects."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import vosk
from rapidfuzz import fuzz, process

from ivr.audio.formats import RECOGNIZER_RATE, to_samples
from ivr.audio.resampling import Upsampler
from ivr.errors import RecognitionFailed
from ivr.recognition.forms.words import plain
from ivr.recognition.judging import is_loop, least_speech, speech_bounds
from ivr.recognition.recognizer import Hearing
from ivr.recognition.spoken_forms import answer_phrases, best_answer
from ivr.recognition.weights import MOST_HYPOTHESES, softmax, weighted
from ivr.vocabulary import Expected, Hypothesis, Kind, Milliseconds, Samples, Utterance

UNKNOWN = "[unk]"
"""Stands in a grammar for all other sounds, where the model has it; without it any sound becomes a listed word."""
NEAR = 80.0
"""rapidfuzz ratio from which recombined words count as one of the phrases."""
TAIL = np.zeros(RECOGNIZER_RATE // 5, dtype=np.int16).tobytes()
"""200 ms of quiet that lets the last decoding step and its right context through before a result is asked for."""
_VOSK: Any = vosk
"""The binding declares no types; Decoder and _Model say what is used of it."""


class Decoder(Protocol):
    """What is used of vosk.KaldiRecognizer, which declares no types."""

    def SetMaxAlternatives(self, count: int) -> None: ...  # noqa: N802 - Vosk's name
    def AcceptWaveform(self, samples: bytes) -> bool: ...  # noqa: N802
    def Result(self) -> str: ...  # noqa: N802
    def FinalResult(self) -> str: ...  # noqa: N802


class _Model(Protocol):
    def vosk_model_find_word(self, word: str) -> int: ...


class VoskRecognizer:
    """One model of one language, for all calls and threads of a process; decoding releases the GIL."""

    def __init__(self, language: str, folder: Path, today: Callable[[], date], commands: Sequence[str] = ()) -> None:
        """Open a model folder (2 s). commands: universal words that may be said instead of an answer.

        A folder, never a name: for a name Vosk's loader downloads, and ends the process where it cannot.
        Raises RecognitionFailed.
        """
        _VOSK.SetLogLevel(-1)
        try:
            self._model = cast(_Model, _VOSK.Model(str(folder)))
        except Exception as error:  # the binding raises nothing narrower
            raise RecognitionFailed(f"Vosk's model in {folder} cannot be opened") from error
        self.language = language
        self._model_name = folder.name if folder.name != "model" else folder.parent.name
        self._today = today
        self._commands = tuple(commands)

    @property
    def name(self) -> str:
        """Engine, model and version."""
        return f"{self._model_name}/{version('vosk')}"

    def missing_words(self, phrases: Sequence[str]) -> tuple[str, ...]:
        """Words of the phrases that the model can never write; a grammar drops them silently, so check at start."""
        words = dict.fromkeys(word for phrase in phrases for word in phrase.split())
        return tuple(word for word in words if not self._has(word))

    def listen_for(self, expected: Expected) -> Hearing:
        """Open a hearing. Raises RecognitionFailed for another language than the model's."""
        if expected.language != self.language:
            raise RecognitionFailed(f"{self.name} hears {self.language}, not {expected.language}")
        return _VoskHearing(self, expected)

    def grammar(self, expected: Expected) -> tuple[str, ...]:
        """The phrases to listen for; empty: open vocabulary. Phrases with a word that the model lacks are left out."""
        phrases = answer_phrases(expected)
        if not phrases:
            return ()
        known = [phrase for phrase in dict.fromkeys((*phrases, *self._commands)) if not self.missing_words([phrase])]
        return (*known, UNKNOWN) if known and self._has(UNKNOWN) else tuple(known)

    def decoder(self, grammar: Sequence[str]) -> Decoder:
        """A fresh decoder: one for each utterance, since one that goes on for ever grows."""
        arguments = (json.dumps(list(grammar), ensure_ascii=False),) if grammar else ()
        decoder = cast(Decoder, _VOSK.KaldiRecognizer(self._model, RECOGNIZER_RATE, *arguments))
        decoder.SetMaxAlternatives(MOST_HYPOTHESES)
        return decoder

    def utterance(
        self, hypotheses: Sequence[Hypothesis], expected: Expected, grammar: Sequence[str], spoken: Milliseconds
    ) -> Utterance:
        """Judge what was decoded. An empty hypothesis never wins: that there is speech was measured before."""
        kept = [one for one in hypotheses if one.text and not is_loop(one.text)]
        if not kept:
            return Utterance("", 0.0, spoken, self.name, rejected=True)
        if expected.kind in (Kind.CHOICE, Kind.YES_NO):
            kept = [Hypothesis(_nearest(one.text, grammar), one.weight) for one in kept]
        place, value = best_answer(kept, expected, self._today())
        ordered = weighted([plain(one.text) for one in kept], [one.weight for one in kept])
        chosen = plain(kept[place].text)
        first = [one for one in ordered if one.text == chosen]
        others = [one for one in ordered if one.text != chosen]
        return Utterance(chosen, kept[place].weight, spoken, self.name, value, (*first, *others))

    def _has(self, word: str) -> bool:
        return self._model.vosk_model_find_word(word) >= 0


class _VoskHearing:
    """One answer. A result ends Vosk's decoder, so what follows an early result goes to a fresh one and is joined."""

    def __init__(self, recognizer: VoskRecognizer, expected: Expected) -> None:
        self._recognizer = recognizer
        self._expected = expected
        self._grammar = recognizer.grammar(expected)
        self._upsampler = Upsampler()
        self._decoder: Decoder | None = None
        self._pieces: list[Samples] = []
        self._parts: list[tuple[Hypothesis, ...]] = []
        self._finished = False

    def hear(self, samples: Samples) -> None:
        """Decode more of the utterance now: 0.03 to 0.05 of real time with a grammar, 0.3 without."""
        self._refuse_if_finished()
        if not len(samples):
            return
        if self._decoder is None:
            self._decoder = self._recognizer.decoder(self._grammar)
        self._pieces.append(samples)
        if self._decoder.AcceptWaveform(to_samples(self._upsampler.hear(samples)).tobytes()):
            self._parts.append(_hypotheses(self._decoder.Result()))

    def so_far(self) -> Utterance:
        """The early result; more may follow."""
        self._refuse_if_finished()
        if self._decoder is not None:
            if self._decoder.AcceptWaveform(TAIL):
                self._parts.append(_hypotheses(self._decoder.Result()))
            self._parts.append(_hypotheses(self._decoder.FinalResult()))
            self._decoder = None
        whole = np.concatenate(self._pieces) if self._pieces else np.empty(0, dtype=np.int16)
        self._pieces = [whole]
        speech, spoken = speech_bounds(whole)
        heard = _joined(self._parts) if speech >= least_speech(self._expected.kind) else ()
        return self._recognizer.utterance(heard, self._expected, self._grammar, spoken)

    def finish(self) -> Utterance:
        """The result; the hearing is over."""
        result = self.so_far()
        self._finished = True
        return result

    def _refuse_if_finished(self) -> None:
        if self._finished:
            raise RecognitionFailed("This hearing is finished; ask the recognizer for another.")


def _hypotheses(result: str) -> tuple[Hypothesis, ...]:
    """Vosk's JSON with alternatives -> weights that add up to 1; its scores are log-like and unnormalised."""
    alternatives = json.loads(result).get("alternatives", [])
    texts = [" ".join(one["text"].replace(UNKNOWN, " ").split()) for one in alternatives]
    return weighted(texts, softmax([float(one["confidence"]) for one in alternatives]))


def _joined(parts: Sequence[Sequence[Hypothesis]]) -> tuple[Hypothesis, ...]:
    """The parts of one utterance, one behind the other: every combination with the product of weights."""
    joined: tuple[Hypothesis, ...] = ()
    for part in parts:
        if not any(one.text for one in part):
            continue
        pairs = [(before, after) for before in joined or (Hypothesis("", 1.0),) for after in part]
        joined = weighted(
            [f"{before.text} {after.text}".strip() for before, after in pairs],
            [before.weight * after.weight for before, after in pairs],
        )
    return joined


def _nearest(text: str, phrases: Sequence[str]) -> str:
    """The grammar's words recombine; the phrase that was probably meant, else the text itself."""
    if text in phrases:
        return text
    found = process.extractOne(text, [phrase for phrase in phrases if phrase != UNKNOWN], scorer=fuzz.ratio)
    return str(found[0]) if found and found[1] >= NEAR else text
