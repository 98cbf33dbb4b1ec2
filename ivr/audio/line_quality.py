"""What was wrong with the line in a turn, so that the conversation can say so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from ivr.audio.echo import TOO_STRONG
from ivr.audio.levels import QUIETEST, frame_levels
from ivr.vocabulary import Samples

SILENT_BELOW = -65.0
"""dBov; µ-law's smallest step is -75, a muted handset gives nothing above it."""
QUIET_BELOW = -43.0
"""dBov of the speech; telephone speech lies between -36 and -20, and a soft caller at -42 is still heard."""
NOISY_BELOW = 10.0
"""dB of SNR under which word errors rise steeply."""
CLIPPED_FROM = 31_000
"""µ-law's two loudest steps are 30,588 and 32,124 here: a microphone that overflows fills them."""
CLIPPED_SHARE = 0.005
"""Of all samples in speech; a shouted vowel touches the top in fewer."""
LEAST_NOISE_FRAMES = 5
"""Frames without speech (100 ms) needed before noise can be measured."""


class Verdict(StrEnum):
    """What there is to say about a turn's line; the first that holds."""

    SILENT = "silent"
    ECHO = "echo"
    CLIPPED = "clipped"
    QUIET = "quiet"
    NOISY = "noisy"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class LineQuality:
    """A turn's line, measured."""

    verdict: Verdict
    speech_level: float
    """dBov of the frames with speech; -96 where there were none."""
    noise_level: float
    """dBov of the frames without; -96 where there were too few."""
    snr: float | None
    """dB; None where speech or noise could not be measured."""
    clipped: float
    """Share of samples at full scale within speech."""


def judge(samples: Samples, speech: npt.NDArray[np.bool_], coupling: float | None = None) -> LineQuality:
    """Judge a turn.

    samples: int16, 8 000 Hz, all frames of the turn. speech: one truth for each whole frame of 20 ms, as the detector
    gave it; shorter or longer than the sound is cut. coupling: EchoGate.coupling where we played, else None.
    """
    levels = frame_levels(samples)
    frames = min(len(levels), len(speech))
    levels, spoken = levels[:frames], speech[:frames]
    speech_level, noise_level = _mean(levels[spoken]), _mean(levels[~spoken])
    measurable = bool(spoken.any()) and int((~spoken).sum()) >= LEAST_NOISE_FRAMES
    snr = _snr(speech_level, noise_level) if measurable else None
    clipped = _clipped_share(samples, spoken)
    loudest = float(levels.max()) if frames else QUIETEST
    return LineQuality(_verdict(loudest, speech_level, coupling, clipped, snr), speech_level, noise_level, snr, clipped)


def _verdict(loudest: float, speech_level: float, coupling: float | None, clipped: float, snr: float | None) -> Verdict:
    if loudest < SILENT_BELOW:
        return Verdict.SILENT
    if coupling is not None and coupling > TOO_STRONG:
        return Verdict.ECHO
    if clipped > CLIPPED_SHARE:
        return Verdict.CLIPPED
    if QUIETEST < speech_level < QUIET_BELOW:
        return Verdict.QUIET
    return Verdict.NOISY if snr is not None and snr < NOISY_BELOW else Verdict.FINE


def _mean(levels: npt.NDArray[np.float64]) -> float:
    """Mean over power, in dBov."""
    return float(10 * np.log10(np.mean(10 ** (levels / 10)))) if len(levels) else QUIETEST


def _snr(speech_and_noise: float, noise: float) -> float:
    """dB of the speech alone over the noise: frames of speech hold the noise too."""
    speech = 10 ** (speech_and_noise / 10) - 10 ** (noise / 10)
    return 10 * float(np.log10(max(speech, 1e-10))) - noise


def _clipped_share(samples: Samples, spoken: npt.NDArray[np.bool_]) -> float:
    if not spoken.any():
        return 0.0
    frames = samples[: len(spoken) * 160].reshape(len(spoken), 160)[spoken]
    return float(np.mean(np.abs(frames.astype(np.int32)) >= CLIPPED_FROM))
