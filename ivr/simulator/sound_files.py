"""Sound files as the carrier plays them: WAV of PCM or µ-law, any rate, to telephone bytes."""

from __future__ import annotations

import struct

import numpy as np
import soxr

from ivr.simulator.g711 import decode, encode
from ivr.vocabulary import Samples

PCM, ULAW = 1, 7
RATE = 8_000


class NotPlayable(Exception):
    """The file is no WAV that this carrier can play."""


def to_telephone(content: bytes) -> bytes:
    """A WAV file as µ-law bytes, 8 000 Hz mono. Raises NotPlayable."""
    return encode(samples_of(content))


def samples_of(content: bytes) -> Samples:
    """A WAV file's first channel: int16, 8 000 Hz. Raises NotPlayable."""
    layout, body = _chunks(content)
    if len(layout) < 16:
        raise NotPlayable("no format chunk")
    coding, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", layout)
    if coding == ULAW and rate == RATE and channels == 1:
        return decode(body)
    if coding != PCM or bits != 16 or channels < 1 or rate < 1:
        raise NotPlayable(f"coding {coding}, {bits} bits, {channels} channels")
    whole = len(body) // (2 * channels) * 2 * channels
    samples: Samples = np.frombuffer(body[:whole], dtype="<i2").reshape(-1, channels)[:, 0]
    if rate != RATE:
        samples = soxr.resample(samples, rate, RATE)
    return samples.astype(np.int16)


def _chunks(content: bytes) -> tuple[bytes, bytes]:
    """The format and the samples of a WAV file."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise NotPlayable("no WAV file")
    layout, body = b"", b""
    position = 12
    while position + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, position)
        if name == b"fmt ":
            layout = content[position + 8 : position + 8 + size]
        elif name == b"data":
            body = content[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
    return layout, body
