"""What the recording of a call says about time: gaps, interruptions, silence. Pure; frames of 20 ms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ivr.simulator.caller import Done
from ivr.simulator.g711 import FRAME, sounds

STILL_FRAMES = 10
"""200 ms without sound: shorter gaps belong to speech, so the line has not stopped yet."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """Which frames of the line's sound hold something."""

    frames: tuple[bool, ...]

    @classmethod
    def of(cls, heard: bytes) -> Sounding:
        """From what the caller heard, µ-law."""
        return cls(tuple(sounds(heard[start : start + FRAME]) for start in range(0, len(heard), FRAME)))

    def first(self, start: int, end: int) -> int | None:
        """The first sounding frame from `start` up to `end`."""
        return next((place for place in range(max(0, start), min(end, len(self.frames))) if self.frames[place]), None)

    def first_still(self, start: int, end: int) -> int | None:
        """The first frame from which the line is silent for 200 ms, or silent up to the end."""
        quiet = 0
        for place in range(max(0, start), min(end, len(self.frames))):
            quiet = 0 if self.frames[place] else quiet + 1
            if quiet == STILL_FRAMES:
                return place - STILL_FRAMES + 1
        return min(end, len(self.frames)) - quiet if quiet else None

    def spoken_ms(self, start: int, end: int) -> int:
        """From the first to the last sound between two frames."""
        places = [place for place in range(max(0, start), min(end, len(self.frames))) if self.frames[place]]
        return (places[-1] - places[0] + 1) * 20 if places else 0


def first_sound_ms(line: Sounding, act: Done, end: int) -> int | None:
    """From the caller's last speech frame (or key) to the answer's first sound; None where none came before `end`.

    Where the caller talked over the line, what it was still saying is not an answer: the line must fall silent first.
    """
    start = act.ended + 1
    if act.over_line:
        still = line.first_still(act.began, end)
        if still is None:
            return None
        start = max(start, still)
    first = line.first(start, end)
    return None if first is None else (first - act.ended) * 20


def barge_in_ms(line: Sounding, act: Done, end: int) -> int | None:
    """From the caller's first speech frame (or key) to the line's silence; None where they did not talk over it."""
    if not act.over_line:
        return None
    still = line.first_still(act.began, end)
    return None if still is None else (still - act.began) * 20


def longest_silence_ms(line: Sounding, acts: Sequence[Done]) -> int:
    """The longest time in which neither side was heard."""
    busy = list(line.frames)
    for act in acts:
        for place in range(act.began, min(act.ended + 1, len(busy))):
            busy[place] = True
    longest = run = 0
    for is_busy in busy:
        run = 0 if is_busy else run + 1
        longest = max(longest, run)
    return longest * 20
