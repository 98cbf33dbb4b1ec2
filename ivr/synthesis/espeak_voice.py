"""pyttsx3 over espeak-ng: the voice of every language but English, and the second choice there. Robotic but clear."""

from __future__ import annotations

import re
import tempfile
import threading
import wave
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

import numpy as np

from ivr.audio.formats import Floats, to_floats
from ivr.errors import SynthesisFailed
from ivr.synthesis.espeak_process import EspeakProcess
from ivr.synthesis.pace import Pace
from ivr.synthesis.readable import checked
from ivr.synthesis.telephone_sound import telephone_sound
from ivr.vocabulary import Language, Samples, Sentence

NAME = f"espeak-ng/{version('espeakng-loader')}+pyttsx3/{version('pyttsx3')}"
RATE = 22_050
"""Hz of what espeak-ng makes."""
VOICES: Mapping[Language, str] = {
    Language(code): voice
    for code, voice in {
        "de": "gmw/de", "en": "gmw/en-us", "es": "roa/es", "fr": "roa/fr", "it": "roa/it",
        "ko": "ko", "nl": "gmw/nl", "pl": "zlw/pl", "pt": "roa/pt", "tr": "trk/tr",
    }.items()
}  # fmt: skip
"""Language -> espeak-ng's name. A name that it does not know would speak with the voice before, silently."""
PACE = Pace(((106, 110.0), (125, 135.0), (150, 155.0), (176, 190.0), (197, 220.0)))
"""Measured over the English prompts."""
SENTENCE_SECONDS = 2.0
"""A sentence takes 10 to 50 ms; a worker that is later than this is stuck."""
SHORTEST_LETTER = 0.02
"""Seconds a letter takes at least: what is shorter was cut off, which pyttsx3 does not report."""
BETWEEN_SENTENCES = 0.3
"""Seconds of quiet where a text holds several sentences: they are spoken one a call, since more race each other."""


class EspeakVoice:
    """One engine in a worker process; a lock lets one thread at a time ask it. Close it at the end.

    now: a monotonic clock in seconds.
    """

    name = NAME

    def __init__(self, now: Callable[[], float], process: EspeakProcess | None = None) -> None:
        self._worker = process or EspeakProcess(now)
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="espeak-")

    def speaks(self, language: Language) -> bool:
        """Those of VOICES."""
        return language in VOICES

    def speak(self, sentence: Sentence) -> Samples:
        """See the port. Raises SynthesisFailed for other languages and where two workers in a row fail."""
        if not self.speaks(sentence.language):
            raise SynthesisFailed(f"{NAME} has no voice for {sentence.language!r}")
        parts = [part for part in re.split(r"(?<=[.?!…])\s+", checked(sentence)) if part]
        if not self._lock.acquire(timeout=SENTENCE_SECONDS):
            raise SynthesisFailed(f"{NAME} is busy")
        try:
            spoken = [self._with_second_try(part, sentence) for part in parts]
        finally:
            self._lock.release()
        return telephone_sound(_joined(spoken), RATE)

    def close(self) -> None:
        """End the worker and remove its files."""
        with self._lock:
            self._worker.close()
            self._folder.cleanup()

    def _with_second_try(self, text: str, sentence: Sentence) -> Floats:
        try:
            return self._spoken(text, sentence)
        except SynthesisFailed:
            self._worker.close()
            return self._spoken(text, sentence)

    def _spoken(self, text: str, sentence: Sentence) -> Floats:
        path = Path(self._folder.name) / "sentence.part.wav"
        path.unlink(missing_ok=True)
        rate = round(PACE.setting(sentence.words_per_minute))
        request = {"text": text, "voice": VOICES[sentence.language], "rate": rate, "path": str(path)}
        self._worker.ask(request, SENTENCE_SECONDS)
        floats = _floats(path)
        if len(floats) < RATE * SHORTEST_LETTER * sum(sign.isalnum() for sign in text):
            raise SynthesisFailed(f"{NAME} left a sentence of {len(text)} letters after {len(floats)} samples")
        return floats


def _floats(path: Path) -> Floats:
    try:
        with wave.open(str(path), "rb") as sound:
            return to_floats(np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2").astype(np.int16))
    except (OSError, EOFError, wave.Error) as error:
        raise SynthesisFailed(f"{NAME} wrote no sound: {error}") from error


def _joined(spoken: list[Floats]) -> Floats:
    quiet: Floats = np.zeros(round(BETWEEN_SENTENCES * RATE), dtype=np.float32)
    between = [part for sound in spoken for part in (quiet, sound)]
    return np.concatenate(between[1:]) if between else np.zeros(0, dtype=np.float32)
