"""Noise behind a caller, generated from a seed: no recording, so no licence and no surprise."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ivr.audio.levels import level, with_gain
from ivr.simulator.scenario import Noise
from ivr.vocabulary import Samples

RATE = 8_000
SECONDS = 20
"""Length of the loop."""
_SPEAKERS = 6
_FORMANTS = ((300, 900, 2_200), (500, 1_500, 2_500), (700, 1_200, 2_600), (400, 2_000, 2_800), (600, 1_000, 2_400))
"""Hz of five vowels' resonances, roughly those of Peterson and Barney 1952 (means of men)."""

Wave = npt.NDArray[np.float64]


def noise_loop(noise: Noise, speech_dbov: float, seed: int) -> Samples:
    """20 s to be repeated: int16, 8 000 Hz, mean level speech_dbov - snr_db."""
    chance = np.random.default_rng(seed)
    wave = {"hiss": _hiss, "street": _street, "babble": _babble}[noise.kind](chance)
    samples: Samples = np.round(wave / np.max(np.abs(wave)) * 20_000).astype(np.int16)
    return with_gain(samples, speech_dbov - noise.snr_db - level(samples))


def _hiss(chance: np.random.Generator) -> Wave:
    return chance.standard_normal(RATE * SECONDS)


def _coloured(chance: np.random.Generator, power: float) -> Wave:
    """Noise whose spectrum falls with frequency to the power given; 0 is white, 1 is pink."""
    count = RATE * SECONDS
    spectrum = np.fft.rfft(chance.standard_normal(count))
    frequencies = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 100.0)
    shaped: Wave = np.fft.irfft(spectrum / frequencies ** (power / 2), count)
    return shaped / np.std(shaped)


def _swelling(chance: np.random.Generator, slowest_s: float, depth: float) -> Wave:
    """A slow envelope around 1: cars that pass."""
    points = chance.uniform(1 - depth, 1 + depth, max(4, int(SECONDS / slowest_s)))
    points[-1] = points[0]
    moments = np.linspace(0, len(points) - 1, RATE * SECONDS)
    smooth: Wave = np.interp(moments, np.arange(len(points)), points)
    return smooth


def _street(chance: np.random.Generator) -> Wave:
    wave = _coloured(chance, 1.2) * _swelling(chance, 2.5, 0.8)
    for _ in range(3):
        start = int(chance.uniform(0, SECONDS - 1) * RATE)
        moments = np.arange(int(chance.uniform(0.2, 0.6) * RATE)) / RATE
        horn = np.sign(np.sin(2 * np.pi * chance.uniform(350, 500) * moments)) * 0.8
        wave[start : start + len(horn)] += horn
    return wave


def _babble(chance: np.random.Generator) -> Wave:
    """Many voices at once: buzzing sources through vowel resonances that change five times a second, with pauses."""
    total = np.zeros(RATE * SECONDS)
    for _ in range(_SPEAKERS):
        total += _voice(chance) * _swelling(chance, 0.8, 0.9)
    return total / np.std(total)


def _voice(chance: np.random.Generator) -> Wave:
    length = RATE // 5
    pitch = chance.uniform(90, 230)
    pieces = []
    for _ in range(SECONDS * 5):
        moments = np.arange(length) / RATE
        formants = _FORMANTS[chance.integers(len(_FORMANTS))]
        harmonics = pitch * chance.uniform(0.9, 1.1) * np.arange(1, int(3_400 / pitch))
        weights = sum(np.exp(-(((harmonics - formant) / 150) ** 2)) for formant in formants)
        waves = np.sin(2 * np.pi * np.outer(harmonics, moments) + chance.uniform(0, 6.28, (len(harmonics), 1)))
        syllable: Wave = np.asarray(weights) @ waves * np.hanning(length)
        pieces.append(syllable * (chance.random() > 0.25))
    joined: Wave = np.concatenate(pieces)
    return joined / max(1e-9, float(np.std(joined)))
