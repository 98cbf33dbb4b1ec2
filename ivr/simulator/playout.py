"""What the carrier still has to play to the caller: bytes in order, with marks between them. Pure."""

from __future__ import annotations

from collections import deque

from ivr.simulator.g711 import FRAME, SILENCE


class PlayOut:
    """A queue of µ-law bytes, emptied 160 at a time. One thread.

    A mark sits at a byte position and comes back when all bytes before it have been played.
    """

    def __init__(self) -> None:
        self._queued = bytearray()
        self._played = 0
        self._pushed = 0
        self._marks: deque[tuple[int, str]] = deque()
        self._last_mark = 0

    @property
    def waiting(self) -> int:
        """Bytes not yet played."""
        return len(self._queued)

    @property
    def ends_with_mark(self) -> bool:
        """Whether a mark stands behind all that was queued so far: the line had nothing more to say then."""
        return self._last_mark == self._pushed

    @property
    def open_marks(self) -> tuple[str, ...]:
        """Marks not yet returned, oldest first."""
        return tuple(name for _, name in self._marks)

    def push(self, payload: bytes) -> None:
        """Queue sound; pieces join without a seam, whatever their size."""
        self._queued += payload
        self._pushed += len(payload)

    def mark(self, name: str) -> list[str]:
        """Set a mark behind what is queued; comes back at once where nothing is."""
        self._marks.append((self._pushed, name))
        self._last_mark = self._pushed
        return self._due()

    def clear(self) -> list[str]:
        """Drop what is queued; all open marks come back, in order."""
        self._played = self._pushed
        self._queued.clear()
        self._last_mark = self._pushed
        return self._due()

    def take(self) -> tuple[bytes, list[str]]:
        """The next 160 bytes (0xFF where nothing is queued) and the marks that they bring back."""
        piece = bytes(self._queued[:FRAME])
        del self._queued[:FRAME]
        self._played += len(piece)
        return piece + SILENCE[len(piece) :], self._due()

    def _due(self) -> list[str]:
        due = []
        while self._marks and self._marks[0][0] <= self._played:
            due.append(self._marks.popleft()[1])
        return due
