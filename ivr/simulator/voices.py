"""Caller voices: a sentence becomes a caller's speech, 8 000 Hz, before it goes through their telephone.

A recording wins where there is one. Of the voices that speak anew, espeak is always there; Piper needs the
dependency group `voices`, flite needs Debian's package. Voices of callers are never the line's own voices.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path
from typing import Protocol

import numpy as np
import soxr

from ivr.errors import ScenarioError
from ivr.simulator.sound_files import NotPlayable, samples_of
from ivr.vocabulary import Language, Samples

RATE = 8_000
PACE = {"slow": 0.8, "normal": 1.0, "fast": 1.2}
"""Rate of speech against a voice's own."""
LONGEST_NAME = 60
"""Characters of a recording's file name; a longer sentence ends with a piece of its hash."""
PATIENCE_S = 60


class CallerVoice(Protocol):
    """Speaks sentences; used before the call rings, so it may take its time."""

    def speak(self, text: str) -> Samples:
        """int16, 8 000 Hz, the voice's own level. Raises ScenarioError where it cannot."""
        ...


def slug(text: str) -> str:
    """The stem of a sentence's recording: "when-is-my-pension-paid"."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if len(words) <= LONGEST_NAME:
        return words
    return words[: LONGEST_NAME - 7].rstrip("-") + "-" + hashlib.sha256(text.encode()).hexdigest()[:6]


class RecordedVoice:
    """Recordings below audio_samples/<language>/callers/<voice>/, another voice for what is not recorded."""

    def __init__(self, folder: Path, otherwise: CallerVoice) -> None:
        self._folder, self._otherwise = folder, otherwise

    def speak(self, text: str) -> Samples:
        recording = self._folder / f"{slug(text)}.wav"
        if not recording.is_file():
            return self._otherwise.speak(text)
        try:
            return samples_of(recording.read_bytes())
        except NotPlayable as error:
            raise ScenarioError(f"{recording}: cannot be played: {error}") from error


class EspeakVoice:
    """espeak-ng from the package espeakng-loader, in a child process: its library keeps one global state."""

    def __init__(self, language: Language, pace: str) -> None:
        self._arguments = [str(language), str(round(160 * PACE[pace]))]

    def speak(self, text: str) -> Samples:
        return _spoken_by([sys.executable, "-m", "ivr.simulator.espeak_child", *self._arguments], text)


class FliteVoice:
    """flite, where Debian's package is installed: English only."""

    def __init__(self, voice: str, pace: str) -> None:
        """voice: slt, awb, rms, kal16."""
        self._voice, self._stretch = voice, 1 / PACE[pace]

    def speak(self, text: str) -> Samples:
        program = shutil.which("flite")
        if program is None:
            raise ScenarioError("the voice flite needs Debian's package flite; record its sentences or choose espeak")
        options = ["-voice", self._voice, "--setf", f"duration_stretch={self._stretch:.2f}"]
        return _spoken_by([program, *options, "-f"], text, file_last=True)


def _spoken_by(command: list[str], text: str, file_last: bool = False) -> Samples:
    """Run a program that reads a text and writes a WAV file: `program … TEXTFILE [-o] WAVFILE`."""
    with tempfile.TemporaryDirectory() as folder:
        sentence, sound = Path(folder, "sentence.txt"), Path(folder, "sentence.wav")
        sentence.write_text(text, encoding="utf-8")
        command = [*command, str(sentence), *(["-o"] if file_last else []), str(sound)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)  # noqa: S603 - fixed programs
            return samples_of(sound.read_bytes())
        except subprocess.CalledProcessError as error:
            why = error.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ScenarioError(f"a caller voice failed: {why[-1] if why else error}") from error
        except (OSError, subprocess.TimeoutExpired, NotPlayable) as error:
            raise ScenarioError(f"a caller voice failed: {error}") from error


class PiperVoice:
    """A Piper voice in a child process of this Python, where the group `voices` is installed."""

    def __init__(self, pace: str) -> None:
        self._arguments = [f"{1 / PACE[pace]:.2f}"]

    def speak(self, text: str) -> Samples:
        return _spoken_by([sys.executable, "-m", "ivr.simulator.piper_child", *self._arguments], text)


def anew(language: Language, name: str, pace: str) -> CallerVoice:
    """The voice that speaks what is not recorded: its own engine, or espeak where it has none."""
    if name == "joe":
        return PiperVoice(pace)
    if name.startswith("flite-"):
        return FliteVoice(name.removeprefix("flite-"), pace)
    return EspeakVoice(language, pace)


def caller_voice(samples_folder: Path, language: Language, name: str, pace: str) -> CallerVoice:
    """The voice of a scenario's caller. samples_folder: audio_samples/. Raises ScenarioError for an unknown name."""
    folder = samples_folder / language / "callers" / name
    if name not in ("joe", "espeak") and not name.startswith("flite-") and not folder.is_dir():
        raise ScenarioError(f"nobody knows the voice {name!r}; there are joe, flite-slt, espeak and the recorded ones")
    return RecordedVoice(folder, anew(language, name, pace))


def save_recording(path: Path, samples: Samples) -> None:
    """Write 8 000 Hz 16-bit mono."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())


def trimmed(samples: Samples, margin_ms: int = 60) -> Samples:
    """Without the silence before and after; `margin_ms` of it stays."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 300)
    if not len(loud):
        return samples
    margin = margin_ms * 8
    return samples[max(0, int(loud[0]) - margin) : int(loud[-1]) + margin]


def at_telephone_rate(samples: Samples, rate: int) -> Samples:
    """int16 at `rate` to 8 000 Hz."""
    return samples if rate == RATE else soxr.resample(samples, rate, RATE).astype(np.int16)
