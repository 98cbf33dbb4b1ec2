"""How strongly does our own voice come back from the caller's telephone, and how loud must the caller be then?"""

from __future__ import annotations

from collections import deque

import numpy as np

REACH = 25
"""Frames (500 ms): echo comes back within this time of what is played, network included."""
PLAYED_AUDIBLY = -45.0
"""dBov; quieter parts of a prompt teach nothing about echo."""
FIRST_GUESS = -35.0
"""dB, before anything was learned: a handset with a poor canceller."""
ABOVE_ECHO = 6.0
"""dB by which a caller must be louder than the expected echo."""
WHILE_PLAYING = -45.0
"""dBov below which nothing counts as speech while we play."""
TOO_STRONG = -20.0
"""dB of coupling from which speech and echo cannot be told apart: a speaker phone."""
BLOCKS = 40
"""Half-second blocks of play that are remembered: 20 s."""
ENOUGH_BLOCKS = 4
"""Blocks after which what was learned replaces the first guess."""
QUIET_SHARE = 0.3
"""The coupling is read from the quietest third of blocks: in the louder ones the caller spoke."""


class EchoGate:
    """One per call. Learns in the greeting and goes on learning."""

    def __init__(self) -> None:
        self._played: deque[float] = deque(maxlen=REACH)
        self._returned: list[float] = []
        self._blocks: deque[float] = deque(maxlen=BLOCKS)

    @property
    def coupling(self) -> float:
        """dB from what we play to what comes back; -35 until two seconds of play were heard."""
        if len(self._blocks) < ENOUGH_BLOCKS:
            return FIRST_GUESS
        return float(np.quantile(np.asarray(self._blocks), QUIET_SHARE))

    @property
    def too_strong(self) -> bool:
        """True where interruption by speech cannot be heard: say so, offer keys, listen after the prompt."""
        return self.coupling > TOO_STRONG

    def hear(self, returned: float, played: float | None) -> float:
        """Take in one frame's levels in dBov; returns the level that speech must exceed, -inf where we are silent."""
        if played is None and not self._played:
            return -np.inf
        if played is None:
            self._played.popleft()
        else:
            self._played.append(played)
        self._learn(returned, played)
        if not self._played:
            return -np.inf
        return max(WHILE_PLAYING, max(self._played) + self.coupling + ABOVE_ECHO)

    def _learn(self, returned: float, played: float | None) -> None:
        """Every half second of play: the loudest that came back against the loudest that was played."""
        if played is None:
            self._returned.clear()
            return
        self._returned.append(returned)
        if len(self._returned) < REACH:
            return
        if max(self._played) > PLAYED_AUDIBLY:
            self._blocks.append(max(self._returned) - max(self._played))
        self._returned.clear()
