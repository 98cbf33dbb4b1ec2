"""What a telephone does to a voice: level, band, lost frames. Pure, seeded."""

from __future__ import annotations

import random

import numpy as np

from ivr.audio.levels import speech_level, with_gain
from ivr.simulator.g711 import FRAME, SILENCE
from ivr.simulator.scenario import WayToLine
from ivr.vocabulary import Samples

TAPS = 129
"""Of the band filter at 8 kHz: 16 ms long, its edges are 120 Hz wide, as steep as a telephone's."""


def _band_filter(low: float = 300.0, high: float = 3_400.0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A linear-phase band-pass for 8 000 Hz: the difference of two windowed sinc low-passes."""
    moments = np.arange(TAPS) - (TAPS - 1) / 2
    band = 2 * high / 8_000 * np.sinc(2 * high / 8_000 * moments) - 2 * low / 8_000 * np.sinc(2 * low / 8_000 * moments)
    filtered: np.ndarray[tuple[int], np.dtype[np.float64]] = band * np.kaiser(TAPS, 6.0)
    return filtered


_BAND = _band_filter()


def through_telephone(samples: Samples, line: WayToLine) -> Samples:
    """A voice as its telephone sends it: int16, 8 000 Hz, as long as before."""
    if not len(samples):
        return samples
    if line.band:
        filtered = np.convolve(samples.astype(np.float64), _BAND, mode="same")
        samples = np.clip(np.round(filtered), -32768, 32767).astype(np.int16)
    return with_gain(samples, line.level_dbov - speech_level(samples))


class LossyNetwork:
    """Replaces a share of the frames by silence."""

    def __init__(self, share: float, seed: int) -> None:
        self._share, self._random = share, random.Random(seed)

    def carry(self, frame: bytes) -> bytes:
        """160 bytes of µ-law, or silence instead."""
        assert len(frame) == FRAME  # noqa: S101 - a fact about our own caller
        return SILENCE if self._share and self._random.random() < self._share else frame
