"""Cuts what the line said into pieces that a recognizer takes. Pure."""

from __future__ import annotations

import numpy as np

from ivr.audio.levels import frame_levels
from ivr.simulator.g711 import FRAME
from ivr.vocabulary import Samples

LONGEST_FRAMES = 1_250
"""25 s: Whisper's window is 30."""
PAUSE_FRAMES = 30
"""0.6 s of silence end a piece; prompts pause for 0.4 s inside a sentence."""
QUIET_DBOV = -50.0
MARGIN_FRAMES = 5


def utterances_of(samples: Samples) -> list[Samples]:
    """Pieces of speech with 100 ms around each: int16, 8 000 Hz, at most 25 s."""
    sounding = np.flatnonzero(frame_levels(samples, FRAME) > QUIET_DBOV)
    if not len(sounding):
        return []
    pieces: list[Samples] = []
    start = previous = int(sounding[0])
    for place in [*map(int, sounding[1:]), int(sounding[-1]) + LONGEST_FRAMES]:
        if place - previous > PAUSE_FRAMES or place - start >= LONGEST_FRAMES - 2 * MARGIN_FRAMES:
            begin = max(0, start - MARGIN_FRAMES) * FRAME
            pieces.append(samples[begin : (previous + 1 + MARGIN_FRAMES) * FRAME])
            start = place
        previous = place
    return pieces
