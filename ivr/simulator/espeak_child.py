"""Speaks one text with espeak-ng: python -m ivr.simulator.espeak_child LANGUAGE WORDS_A_MINUTE TEXTFILE WAVFILE.

A process of its own, because the library has one global voice and crashes when two threads use it.
Functions and constants: espeak-ng's speak_lib.h.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import espeakng_loader
import numpy as np

from ivr.simulator.voices import at_telephone_rate, save_recording, trimmed

SYNCHRONOUS = 2
"""AUDIO_OUTPUT_SYNCHRONOUS: the callback gets the samples before espeak_Synth returns."""
RATE_PARAMETER = 1
UTF8 = 1
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def speak(language: str, words_per_minute: int, text: str) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """int16 at 8 000 Hz. Raises ValueError where the language is unknown."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    pieces: list[bytes] = []

    def take(samples: ctypes._Pointer[ctypes.c_short], count: int, _: object) -> int:
        if samples and count > 0:
            pieces.append(ctypes.string_at(samples, count * 2))
        return 0

    callback = Callback(take)  # kept in a variable: the library calls it after this line
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(language.encode()):
        raise ValueError(f"espeak-ng has no voice for {language!r}")
    library.espeak_SetParameter(RATE_PARAMETER, words_per_minute, 0)
    spoken = text.encode() + b"\0"
    library.espeak_Synth(spoken, len(spoken), 0, 1, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return trimmed(at_telephone_rate(np.frombuffer(b"".join(pieces), dtype=np.int16), rate))


if __name__ == "__main__":
    _, wanted, pace, sentence, sound = sys.argv
    save_recording(Path(sound), speak(wanted, int(pace), Path(sentence).read_text(encoding="utf-8")))
