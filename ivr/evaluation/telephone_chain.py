"""A telephone line for tests: what a handset and a network do to clean speech. Seeded; every condition has a name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ivr.audio import mulaw
from ivr.audio.formats import FRAME_SAMPLES, TELEPHONE_RATE, to_floats, to_samples
from ivr.audio.levels import speech_level
from ivr.audio.resampling import to_rate
from ivr.vocabulary import Samples

BAND_HERTZ = (300.0, 3_400.0)
ROLL_OFF = 4
"""Order of the band's edges: 24 dB an octave, as an analogue line's."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One kind of line."""

    name: str
    band: bool = True
    """False: a digital telephone that passes all below 4 kHz."""
    level: float = -26.0
    """dBov of the speech."""
    snr: float | None = None
    """dB of white noise through the band below the speech; None: none."""
    frame_loss: float = 0.0
    """Share of 20 ms frames that become silence."""
    clipping: float | None = None
    """dB of full scale at which the microphone overflows; None: nowhere."""


CONDITIONS = {
    condition.name: condition
    for condition in (
        Condition("digital", band=False),
        Condition("clean"),
        Condition("quiet", level=-36.0),
        Condition("noise-15", snr=15.0),
        Condition("noise-5", snr=5.0),
        Condition("loss-1", frame_loss=0.01),
        Condition("loss-3", frame_loss=0.03),
        Condition("clipped", level=-20.0, clipping=-14.0),
    )
}


def through_telephone(samples: Samples, rate: int, condition: Condition, seed: int) -> Samples:
    """int16 of any rate -> int16 at 8 000 Hz as the line would deliver it. Equal seeds give equal sound."""
    random = np.random.default_rng(seed)
    narrow = to_floats(to_rate(samples, rate, TELEPHONE_RATE)).astype(np.float64)
    if condition.band:
        narrow = _band(narrow)
    narrow *= 10 ** ((condition.level - speech_level(to_samples(narrow))) / 20)
    if condition.clipping is not None:
        highest = 10 ** (condition.clipping / 20)
        narrow = np.clip(narrow, -highest, highest)
    if condition.snr is not None:
        narrow += _noise(len(narrow), condition.level - condition.snr, random)
    sound = to_samples(narrow)
    _lose_frames(sound, condition.frame_loss, random)
    return mulaw.expand(mulaw.compress(sound))


def _band(floats: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Butterworth magnitude at both edges, without phase: applied to the whole sound at once."""
    if not len(floats):
        return floats
    spectrum = np.fft.rfft(floats, 2 * len(floats))
    hertz = np.fft.rfftfreq(2 * len(floats), 1 / TELEPHONE_RATE)
    low, high = BAND_HERTZ
    rising = 1 / np.sqrt(1 + (low / np.maximum(hertz, 1e-3)) ** (2 * ROLL_OFF))
    falling = 1 / np.sqrt(1 + (hertz / high) ** (2 * ROLL_OFF))
    return np.fft.irfft(spectrum * rising * falling)[: len(floats)]


def _noise(length: int, level: float, random: np.random.Generator) -> npt.NDArray[np.float64]:
    """White noise through the band, at so many dBov."""
    noise = _band(random.standard_normal(length))
    power = float(np.sqrt(np.mean(np.square(noise)))) or 1.0
    return noise / power * 10 ** (level / 20)


def _lose_frames(sound: Samples, share: float, random: np.random.Generator) -> None:
    """Silence some frames in place."""
    for start in np.flatnonzero(random.random(len(sound) // FRAME_SAMPLES) < share) * FRAME_SAMPLES:
        sound[start : start + FRAME_SAMPLES] = 0
