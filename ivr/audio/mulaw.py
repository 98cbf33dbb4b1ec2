"""G.711 µ-law <-> 16-bit samples, by table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ivr.vocabulary import Samples

SILENCE = 0xFF
"""The byte of silence. 0x7F is negative zero; 0x00 is full scale, a loud click."""
BIAS = 132
"""Added before the logarithm is taken, so that the steps around zero are even (G.711: 33, in 14 bits)."""
LARGEST = 32_635
"""What is louder is clipped before encoding, or the segment would overflow."""


def _expanding_table() -> Samples:
    """256 entries: what each µ-law byte stands for."""
    inverted = ~np.arange(256, dtype=np.uint8)
    segment = ((inverted >> 4) & 7).astype(np.int32)
    step = (inverted & 15).astype(np.int32)
    magnitude = (((step << 3) + BIAS) << segment) - BIAS
    return np.where(inverted & 0x80, -magnitude, magnitude).astype(np.int16)


def _compressing_table() -> npt.NDArray[np.uint8]:
    """65,536 entries, indexed by the sample's bits read as unsigned."""
    samples = np.arange(65_536, dtype=np.uint16).view(np.int16).astype(np.int32)
    biased = np.minimum(np.abs(samples), LARGEST) + BIAS
    segment = np.floor(np.log2(biased)).astype(np.int32) - 7
    step = (biased >> (segment + 3)) & 15
    sign = np.where(samples < 0, 0x80, 0)
    table: npt.NDArray[np.uint8] = (~(sign | (segment << 4) | step) & 0xFF).astype(np.uint8)
    return table


_EXPANDED = _expanding_table()
_COMPRESSED = _compressing_table()


def expand(ulaw: bytes) -> Samples:
    """Turn telephone bytes into samples.

    ulaw: G.711 µ-law, 8 000 Hz, mono; any length, also empty.
    Returns int16, shape (len(ulaw),), same rate. 0xFF becomes 0, which is silence.
    Source: ITU-T G.711, table 2.
    """
    return _EXPANDED[np.frombuffer(ulaw, dtype=np.uint8)]


def compress(samples: Samples) -> bytes:
    """Turn samples into telephone bytes: int16, any shape (n,), one byte each. 0 becomes 0xFF."""
    return _COMPRESSED[samples.view(np.uint16)].tobytes()
