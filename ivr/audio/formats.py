"""The telephone's format and the recognizers'."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ivr.vocabulary import Milliseconds, Samples

TELEPHONE_RATE = 8_000
"""Samples a second on the line: ITU-T G.711."""
RECOGNIZER_RATE = 16_000
"""Samples a second that Whisper, Vosk and Silero were trained on. 8 kHz given to them is silently misheard."""
FRAME_MILLISECONDS = Milliseconds(20)
"""The carrier sends and takes sound in pieces of this length."""
FRAME_SAMPLES = TELEPHONE_RATE * FRAME_MILLISECONDS // 1_000
"""160 samples, also 160 bytes of µ-law."""
FULL_SCALE = 32_768.0
"""The magnitude that counts as 1.0, and as 0 dBov."""

Floats: TypeAlias = npt.NDArray[np.float32]
"""float32, shape (n,), mono, -1 to 1; the rate stands in the docstring of whoever uses it."""


def duration(samples: Samples | Floats, rate: int = TELEPHONE_RATE) -> Milliseconds:
    """How long the sound lasts, rounded down."""
    return Milliseconds(len(samples) * 1_000 // rate)


def to_floats(samples: Samples) -> Floats:
    """int16 of any rate -> float32 from -1 to 1, same shape and rate."""
    return samples.astype(np.float32) / np.float32(FULL_SCALE)


def to_samples(floats: npt.NDArray[np.floating]) -> Samples:
    """Floats of any rate -> int16, rounded; what lies beyond full scale is clipped."""
    samples: Samples = np.clip(np.rint(floats * FULL_SCALE), -32_768, 32_767).astype(np.int16)
    return samples


def silence(milliseconds: int, rate: int = TELEPHONE_RATE) -> Samples:
    """That many milliseconds of digital silence."""
    return np.zeros(rate * milliseconds // 1_000, dtype=np.int16)
