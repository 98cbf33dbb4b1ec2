"""Recordings of prompts: by people where they exist, else kept from our own voice so that a line without one can speak.

`audio_samples/<language>/prompts/<stem>.wav`, 8 000 Hz mono 16 bit, and `<stem>.txt` beside it with what is heard.
"""

from __future__ import annotations

import re
import wave
from functools import lru_cache
from pathlib import Path

import numpy as np

from ivr.audio.formats import TELEPHONE_RATE
from ivr.errors import SynthesisFailed
from ivr.synthesis.synthesizer import Synthesizer
from ivr.vocabulary import Language, Samples, Sentence

STRETCHABLE = 140
"""Words a minute below which the caller asked for "slower": a voice can do that, a recording cannot."""
_STEM = re.compile(r"[a-z0-9_]+")


class Recordings:
    """Reads recordings below one folder, each once. Any thread may call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = lru_cache(maxsize=256)(read_recording)

    def stems(self, language: Language) -> frozenset[str]:
        """What is recorded in a language; empty where nothing is."""
        return frozenset(path.stem for path in self._prompts(language).glob("*.wav"))

    def words(self, language: Language, stem: str) -> str:
        """What is heard in a recording; empty for a sound without words, and where there is no text."""
        path = self._prompts(language) / f"{_checked(stem)}.txt"
        text = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
        return "" if text.startswith("[") else text

    def sound(self, language: Language, stem: str) -> Samples:
        """int16, 8 000 Hz mono, as it was recorded. Raises SynthesisFailed where it is missing or of another format."""
        return self._read(self._prompts(language) / f"{_checked(stem)}.wav")

    def _prompts(self, language: Language) -> Path:
        return self._folder / _checked(language) / "prompts"


class RecordingsFirst:
    """A sentence that is recorded is played; all others go to the voice. Any thread may call."""

    def __init__(self, recordings: Recordings, voice: Synthesizer) -> None:
        self._recordings = recordings
        self._voice = voice

    @property
    def name(self) -> str:
        """The voice's: a recording needs no place in a cache."""
        return self._voice.name

    def speaks(self, language: Language) -> bool:
        """True where the voice does or anything is recorded."""
        return self._voice.speaks(language) or bool(self._recordings.stems(language))

    def speak(self, sentence: Sentence) -> Samples:
        """The recording at the usual pace; when slower is asked for, the voice, and the recording if that fails."""
        if not sentence.recording:
            return self._voice.speak(sentence)
        if sentence.words_per_minute >= STRETCHABLE:
            try:
                return self._recordings.sound(sentence.language, sentence.recording)
            except SynthesisFailed:
                return self._voice.speak(sentence)
        try:
            return self._voice.speak(sentence)
        except SynthesisFailed:
            return self._recordings.sound(sentence.language, sentence.recording)


def read_recording(path: Path) -> Samples:
    """A WAV file of 8 000 Hz, mono, 16 bit. Raises SynthesisFailed for anything else."""
    try:
        with wave.open(str(path), "rb") as recording:
            shape = (recording.getframerate(), recording.getnchannels(), recording.getsampwidth())
            frames = recording.readframes(recording.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise SynthesisFailed(f"no recording {path.name}: {error}") from error
    if shape != (TELEPHONE_RATE, 1, 2):
        raise SynthesisFailed(f"{path.name} is not 8 000 Hz, mono, 16 bit")
    samples = np.frombuffer(frames, dtype="<i2").astype(np.int16)
    samples.flags.writeable = False  # shared by all calls
    return samples


def write_recording(path: Path, samples: Samples) -> None:
    """The other way round; int16 at 8 000 Hz."""
    with wave.open(str(path), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(TELEPHONE_RATE)
        recording.writeframes(samples.astype("<i2").tobytes())


def _checked(name: str) -> str:
    """A name from outside never leads out of the folder."""
    if not _STEM.fullmatch(name):
        raise SynthesisFailed(f"{name!r} is no name of a recording")
    return name
