"""Changes the rate: frame by frame with kept state for the live path, in one go for a whole utterance or prompt."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import soxr

from ivr.audio.formats import Floats, to_floats
from ivr.vocabulary import Samples

TAPS = 65
"""Of the half-band filter: 2 ms of delay, the image of a 3.3 kHz tone 82 dB down (Kaiser 8)."""
SHAPE = 8.0


def _odd_phase() -> Floats:
    """The 32 taps that make the samples in between; the other phase of a half-band filter is a pure delay."""
    offsets = np.arange(TAPS) - TAPS // 2
    taps = np.sinc(offsets / 2) * np.kaiser(TAPS, SHAPE)
    odd = taps[1::2]
    phase: Floats = (odd / odd.sum()).astype(np.float32)
    return phase


class Upsampler:
    """8 000 -> 16 000 Hz without waiting for a block to fill. One for each direction of each call; one thread.

    A library's stream resampler either delays by 59 ms and more or leaves the images in (soxr's QQ: -7 dB).
    """

    DELAY = TAPS // 4
    """Samples of the 8 000 Hz input by which the output lags: 2 ms."""

    def __init__(self) -> None:
        self._taps = _odd_phase()
        self._kept: Floats = np.zeros(len(self._taps), dtype=np.float32)

    def hear(self, samples: Samples) -> Floats:
        """int16 at 8 000 Hz, shape (n,) -> float32 at 16 000 Hz, shape (2n,). Any n, also 0."""
        joined = np.concatenate((self._kept, to_floats(samples)))
        self._kept = joined[len(joined) - len(self._taps) :]
        doubled: Floats = np.empty(2 * len(samples), dtype=np.float32)
        if len(samples):
            start = len(self._taps) - self.DELAY
            doubled[0::2] = joined[start : start + len(samples)]
            doubled[1::2] = np.convolve(joined, self._taps, mode="valid")[1:]
        return doubled


def to_rate(samples: Samples, source: int, target: int) -> Samples:
    """A whole sound at another rate, int16 in and out; no delay, not for frames of a stream."""
    if source == target or not len(samples):
        return samples
    resampled: Samples = soxr.resample(samples, source, target)
    return resampled


def floats_to_rate(floats: npt.NDArray[np.float32], source: int, target: int) -> Floats:
    """The same for float32."""
    if source == target or not len(floats):
        return floats
    resampled: Floats = soxr.resample(floats, source, target)
    return resampled
