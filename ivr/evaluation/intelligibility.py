"""How well prompts are understood by ears that hear badly, with a recognizer standing in for the listener.

A recognizer is no pensioner: the figures compare settings of the line (louder, slower) with each other, and claim
nothing about people. The listening panel that could is described in docs/panel.md. All noise is seeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from ivr.audio.formats import TELEPHONE_RATE, to_floats, to_samples
from ivr.audio.levels import SPEECH_LEVEL
from ivr.evaluation.word_errors import ErrorRate, error_rate, score
from ivr.vocabulary import Samples

SLOPE_FROM_HERTZ = 1_000.0
"""Below it an older ear loses little (ISO 7029 gives the usual slope by age)."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Who listens, and where."""

    name: str
    noise_below_db: float
    """The room's noise, so far below a prompt at the usual level; it stays when the line gets louder."""
    loss_per_octave_db: float = 0.0
    """Above 1 kHz."""


EARS = (
    Ear("quiet room", 20.0),
    Ear("noisy room", 3.0),
    Ear("older ear, quiet room", 20.0, 15.0),
    Ear("older ear, noisy room", 6.0, 15.0),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A prompt as one setting of the line sounds."""

    setting: str
    prompt: str
    words: str
    sound: Samples
    """int16 at 8 000 Hz."""


def heard_by(ear: Ear, sound: Samples, seed: int) -> Samples:
    """What reaches the ear: int16 at 8 000 Hz. Equal seeds give equal noise."""
    floats = to_floats(sound).astype(np.float64)
    spectrum = np.fft.rfft(floats, 2 * len(floats))
    hertz = np.fft.rfftfreq(2 * len(floats), 1 / TELEPHONE_RATE)
    octaves = np.log2(np.maximum(hertz, SLOPE_FROM_HERTZ) / SLOPE_FROM_HERTZ)
    dulled = np.fft.irfft(spectrum * 10 ** (-ear.loss_per_octave_db * octaves / 20))[: len(floats)]
    noise_level = 10 ** ((SPEECH_LEVEL - ear.noise_below_db) / 20)
    return to_samples(dulled + np.random.default_rng(seed).standard_normal(len(floats)) * noise_level)


def rates(
    said: Iterable[Said], write_down: Callable[[Samples], str], language: str, ears: Iterable[Ear] = EARS
) -> Iterator[tuple[str, str, ErrorRate]]:
    """(ear, setting, word error rate) for each ear and each setting of the line."""
    every = list(said)
    settings = list(dict.fromkeys(one.setting for one in every))
    for ear in ears:
        for setting in settings:
            scored = [
                score(one.prompt, one.words, write_down(heard_by(ear, one.sound, seed)), language)
                for seed, one in enumerate(every)
                if one.setting == setting
            ]
            yield ear.name, setting, error_rate(scored)
