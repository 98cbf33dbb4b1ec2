"""The process that holds one espeak-ng engine: `python -m ivr.synthesis.espeak_worker`.

pyttsx3 aborts the whole process when two threads speak ("double free or corruption"), so it lives alone.
A request is a line of JSON {"text", "voice", "rate", "path"}; the answer a line {"error": ""} once the WAV file at
`path` is written. The end of its input ends it, so it never outlives the process that started it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from ctypes import CDLL
from typing import Any

import espeakng_loader
import pyttsx3

STEP = 0.001
"""Seconds between two looks at a busy engine."""


def engine_and_library() -> tuple[Any, CDLL]:
    """The bundled libespeak-ng, loaded before pyttsx3 asks for the same soname, so that no system package is needed."""
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    library = espeakng_loader.load_library()
    if library is None:
        raise OSError("libespeak-ng cannot be loaded")
    return pyttsx3.init("espeak"), library


def speak(engine: Any, library: CDLL, request: dict[str, Any]) -> None:
    """Write one sentence as WAV, 22 050 Hz mono 16 bit."""
    engine.setProperty("voice", request["voice"])
    engine.setProperty("rate", request["rate"])
    settle(library)
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()
    settle(library)


def settle(library: CDLL) -> None:
    """Wait until espeak-ng's own thread rests.

    It takes a new rate and a text one after the other, and runAndWait begins by cancelling what it finds at work there:
    with a rate still on its way, one sentence in eight came out empty.
    """
    library.espeak_Synchronize()
    while library.espeak_IsPlaying():
        time.sleep(STEP)


def main() -> None:
    """Answer requests until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # pyttsx3 prints a line for every file
    engine, library = engine_and_library()
    print(json.dumps({"error": ""}), file=answers)
    for line in sys.stdin:
        try:
            speak(engine, library, json.loads(line))
            error = ""
        except Exception as failure:  # the edge of this process: the answer carries it across
            error = f"{type(failure).__name__}: {failure}"
        print(json.dumps({"error": error}), file=answers)


if __name__ == "__main__":
    main()
