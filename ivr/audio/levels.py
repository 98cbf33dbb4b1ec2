"""How loud a sound is, and making it as loud as the line wants it.

dBov (ITU-T G.100.1): 0 dBov is the power of a full-scale square wave, so a full-scale sine has -3 dBov.
"""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt

from ivr.audio.formats import FRAME_SAMPLES, FULL_SCALE, TELEPHONE_RATE, Floats, to_floats, to_samples
from ivr.vocabulary import Samples

SPEECH_LEVEL = -26.0
"""dBov of every prompt; µ-law's noise is 37 dB below the signal from here up."""
PEAK_LEVEL = -3.0
"""dB of full scale that no sample of a prompt passes."""
QUIETEST = -96.0
"""dBov given for digital silence."""
LIMITER_SAMPLES = 41
"""5 ms at 8 kHz over which the limiter's gain moves: shorter is heard as a click, longer as pumping."""
PRESENCE_HERTZ = (1_000, 3_400)
"""Where consonants live that older ears lose first."""
PRESENCE_DECIBELS = 4.0


def level(samples: Samples) -> float:
    """Root-mean-square level in dBov, any rate; -96 for silence and for no samples at all."""
    if not len(samples):
        return QUIETEST
    power = float(np.mean(np.square(samples.astype(np.float64)))) / FULL_SCALE**2
    return max(QUIETEST, 10 * float(np.log10(power))) if power > 0 else QUIETEST


def frame_levels(samples: Samples, frame: int = FRAME_SAMPLES) -> npt.NDArray[np.float64]:
    """dBov of each whole frame, shape (len(samples) // frame,); a rest shorter than a frame is left out."""
    whole = len(samples) // frame
    frames = samples[: whole * frame].astype(np.float64).reshape(whole, frame)
    power = np.mean(np.square(frames), axis=1) / FULL_SCALE**2
    return cast(npt.NDArray[np.float64], np.maximum(QUIETEST, 10 * np.log10(np.maximum(power, 1e-12))))


def speech_level(samples: Samples) -> float:
    """The level of the parts that sound, in dBov at 8 000 Hz: pauses do not count.

    A relative gate like that of ITU-R BS.1770: frames below -60 dBov, then those 10 dB below the mean of the rest.
    """
    levels = frame_levels(samples)
    sounding = levels[levels > -60]
    if not len(sounding):
        return level(samples)
    loud = sounding[sounding >= _mean(sounding) - 10]
    return _mean(loud)


def with_gain(samples: Samples, decibels: float, ceiling: float = PEAK_LEVEL) -> Samples:
    """Louder or quieter by so many dB at 8 000 Hz; peaks are held below the ceiling (dB of full scale)."""
    return to_samples(_limited(to_floats(samples) * np.float32(10 ** (decibels / 20)), ceiling))


def to_speech_level(samples: Samples, target: float = SPEECH_LEVEL) -> Samples:
    """Bring speech at 8 000 Hz to the level of the line; silence stays silence."""
    now = speech_level(samples)
    return samples if now <= -70 else with_gain(samples, target - now)


def louder(samples: Samples, decibels: float = 6.0) -> Samples:
    """For a caller who asked for it: the consonants lifted, then all of it, then limited. int16 at 8 000 Hz."""
    lifted = np.convolve(to_floats(samples), _presence_filter(), mode="same")
    return with_gain(to_samples(lifted[: len(samples)]), decibels)


def _mean(levels: npt.NDArray[np.float64]) -> float:
    """The mean of levels, taken over power."""
    return float(10 * np.log10(np.mean(10 ** (levels / 10))))


def _limited(floats: Floats, ceiling: float) -> Floats:
    """Turn down around peaks, smoothly; no sample passes the ceiling.

    Each gain is a mean of minima that all cover the sample itself, so it can never be too large for it.
    """
    highest = 10 ** (ceiling / 20)
    if not len(floats) or float(np.max(np.abs(floats))) <= highest:
        return floats
    wanted = np.minimum(1.0, highest / np.maximum(np.abs(floats), 1e-9))
    half = LIMITER_SAMPLES // 2
    around = np.lib.stride_tricks.sliding_window_view(np.pad(wanted, 2 * half, constant_values=1.0), LIMITER_SAMPLES)
    smooth = np.convolve(around.min(axis=1), np.full(LIMITER_SAMPLES, 1 / LIMITER_SAMPLES), mode="valid")
    limited: Floats = (floats * smooth).astype(np.float32)
    return limited


def _presence_filter() -> Floats:
    """Linear phase, 63 taps at 8 000 Hz: flat below, lifted between the presence band's edges."""
    offsets = np.arange(63) - 31
    low, high = (2 * edge / TELEPHONE_RATE for edge in PRESENCE_HERTZ)
    band = (high * np.sinc(high * offsets) - low * np.sinc(low * offsets)) * np.hamming(63)
    taps = band * (10 ** (PRESENCE_DECIBELS / 20) - 1)
    taps[31] += 1
    narrowed: Floats = taps.astype(np.float32)
    return narrowed
