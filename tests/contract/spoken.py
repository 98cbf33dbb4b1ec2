"""A synthetic caller for the recognizers' tests: espeak-ng over a telephone line. Proves the contract, no accuracy."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

from ivr.audio.formats import TELEPHONE_RATE, silence
from ivr.evaluation.telephone_chain import CONDITIONS, through_telephone
from ivr.vocabulary import Samples

TRIES = 4
"""pyttsx3 now and then leaves an empty file: it ends before espeak-ng has written."""
VOICES = {"en": "gmw/en-us", "ko": "sit/ko", "es": "roa/es"}
_SCRIPT = """
import os, sys
import espeakng_loader
os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
espeakng_loader.load_library()
import pyttsx3
engine = pyttsx3.init("espeak")
engine.setProperty("voice", sys.argv[1])
engine.setProperty("rate", 150)
engine.save_to_file(sys.argv[2], sys.argv[3])
engine.runAndWait()
"""


@functools.cache
def say(text: str, language: str) -> Samples:
    """The words, int16, 8 000 Hz, 300 ms of quiet around them. In a child process: one engine each."""
    samples, rate = next(spoken for _ in range(TRIES) if len((spoken := _spoken(text, VOICES[language]))[0]))
    line = through_telephone(samples, rate, CONDITIONS["digital"], seed=1)
    return np.concatenate((silence(300), line, silence(300)))


def _spoken(text: str, voice: str) -> tuple[Samples, int]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        subprocess.run([sys.executable, "-c", _SCRIPT, voice, text, str(file)], check=True, timeout=30)
        if not file.is_file() or not file.stat().st_size:
            return silence(0), TELEPHONE_RATE
        with wave.open(str(file)) as spoken:
            return np.frombuffer(spoken.readframes(1 << 24), dtype=np.int16), spoken.getframerate()
