"""G.711 µ-law, written for the simulator alone: a stand-in that shared the line's codec would share its mistakes.

Source: ITU-T G.711, table 2a and 2b.
"""

from __future__ import annotations

import numpy as np

from ivr.vocabulary import Samples

FRAME = 160
"""Bytes of 20 ms at 8 000 Hz."""
SILENCE = b"\xff" * FRAME


def _expanded(code: int) -> int:
    """One code as a 16-bit level: sign, three bits of segment, four bits of step."""
    inverted = ~code & 0xFF
    segment, step = (inverted >> 4) & 7, inverted & 15
    level = (((step << 3) + 132) << segment) - 132
    return -level if inverted & 0x80 else level


_LEVELS = np.array([_expanded(code) for code in range(256)], dtype=np.int16)
_ASCENDING = np.argsort(_LEVELS, kind="stable")
_BOUNDS = (_LEVELS[_ASCENDING].astype(np.int32)[1:] + _LEVELS[_ASCENDING].astype(np.int32)[:-1]) / 2
# 0x7F and 0xFF are both zero; silence is written 0xFF (Twilio's convention), so negative zero is never produced.
_CODES = _ASCENDING[np.searchsorted(_BOUNDS, np.arange(-32768, 32768), side="left")].astype(np.uint8)
_CODES[_LEVELS[_CODES] == 0] = 0xFF


def decode(ulaw: bytes) -> Samples:
    """Bytes to int16 samples, shape (len(ulaw),), 8 000 Hz. 0xFF becomes 0."""
    levels: Samples = _LEVELS[np.frombuffer(ulaw, dtype=np.uint8)]
    return levels


def encode(samples: Samples) -> bytes:
    """int16 samples, 8 000 Hz, to one byte each, nearest level."""
    return _CODES[samples.astype(np.int32) + 32768].tobytes()


_LOUD = np.abs(_LEVELS.astype(np.int32)) > 100
_SOUNDING = bytes(1 if loud else 0 for loud in _LOUD)


def sounds(frame: bytes) -> bool:
    """True where a frame holds more than quiet hiss: some sample above -50 dBov (100 of 32 768)."""
    return 1 in frame.translate(_SOUNDING)
