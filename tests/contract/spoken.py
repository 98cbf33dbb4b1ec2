"""A synthetic caller for the recognizers' tests: espeak-ng over a telephone line. Proves the contract, no accuracy."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

from ivr.audio.formats import silence
from ivr.evaluation.telephone_chain import CONDITIONS, through_telephone
from ivr.vocabulary import Samples

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
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        subprocess.run([sys.executable, "-c", _SCRIPT, VOICES[language], text, str(file)], check=True, timeout=30)
        with wave.open(str(file)) as spoken:
            rate = spoken.getframerate()
            samples = np.frombuffer(spoken.readframes(1 << 24), dtype=np.int16)
    line = through_telephone(samples, rate, CONDITIONS["digital"], seed=1)
    return np.concatenate((silence(300), line, silence(300)))
