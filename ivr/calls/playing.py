"""What the caller hears: sentences become sound on the synthesis pool and leave at most 0.8 s ahead, a mark a sentence.

    queue of pieces (a sentence, a pause, a recording) ─► samples when ready ─► frames on each tick ─► marks come back

Barge-in pauses (keeps what was not played), resumes, or stops. What was really heard is known from the marks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ivr.audio.levels import louder
from ivr.calls.line import Line
from ivr.vocabulary import Milliseconds, Samples, Sentence

AHEAD = Milliseconds(800)
"""The carrier keeps what we send; so much of it may be unplayed. "flush" takes it back."""
CHUNK = 800
"""Samples a message: 100 ms, a multiple of the frame of 160."""
RATE = 8

MARK_LATE = Milliseconds(2_000)
"""After the sound must have been played; the network adds 0.4 s at most."""
Speak = Callable[[Sentence], int]
"""Starts an errand that speaks; returns its number."""


@dataclass(slots=True)
class Piece:
    """A sentence (or sound) on its way."""

    prompt: str
    text: str
    sentence: Sentence | None
    gain_db: float
    samples: Samples | None = None
    """None: the voice is still at it."""
    errand: int = 0
    sent: int = 0
    """Samples handed to the line."""
    mark: str = ""
    last_of_prompt: bool = False


@dataclass(slots=True)
class Heard:
    """How much of a prompt reached the caller."""

    prompt: str
    whole: bool
    heard: Milliseconds = field(default=Milliseconds(0))


class Playing:
    """One per call, for the call's thread. Time is the line's audio time."""

    def __init__(self, line: Line, speak: Speak, drop: Callable[[int], None]) -> None:
        """drop: what was asked of a voice is no longer wanted."""
        self._line = line
        self._speak = speak
        self._drop = drop
        self._pieces: deque[Piece] = deque()
        self._on_the_way: deque[Piece] = deque()
        """Sent wholly, mark not back yet."""
        self._generation = 1
        self._serial = 0
        self._now = 0
        self._played_until = 0
        """Audio time at which all that was sent will have been played."""
        self._paused = False
        self.first_sound_at: Milliseconds | None = None
        """When the first sound after the last quiet was sent; the runner takes and clears it."""

    @property
    def busy(self) -> bool:
        """True while something is to be said or being played."""
        return bool(self._pieces or self._on_the_way)

    @property
    def paused(self) -> bool:
        """True while a barge-in holds the prompt."""
        return self._paused

    @property
    def sounding(self) -> bool:
        """True while sound of ours reaches the caller, as far as we know."""
        return self._played_until > self._now and not self._paused

    def say(self, prompt: str, sentence: Sentence, gain_db: float, last: bool) -> None:
        """Queue a sentence; the voice begins with it now."""
        piece = Piece(prompt, sentence.text, sentence, gain_db, last_of_prompt=last)
        self._pieces.append(piece)
        piece.errand = self._speak(sentence)

    def play(self, prompt: str, samples: Samples, text: str = "") -> None:
        """Queue ready sound."""
        self._pieces.append(Piece(prompt, text, None, 0.0, samples, last_of_prompt=True))

    def spoken(self, errand: int, samples: Samples | None) -> bool:
        """A voice has ended; None: no voice could. True where the errand was one of ours."""
        for piece in self._pieces:
            if piece.errand == errand and piece.samples is None:
                piece.samples = self._finished(piece, samples if samples is not None else np.empty(0, np.int16))
                return True
        return False

    @staticmethod
    def _finished(piece: Piece, samples: Samples) -> Samples:
        """Gain, and the pause behind it, in whole frames."""
        loud = louder(samples, piece.gain_db) if piece.gain_db else samples
        pause = (piece.sentence.pause_after if piece.sentence else 0) * RATE
        padding = pause + (-(len(loud) + pause)) % 160
        return np.concatenate((loud, np.zeros(padding, np.int16)))

    def tick(self, now: Milliseconds) -> None:
        """Send what may be sent: called on each frame that comes in."""
        self._now = now
        if self._paused:
            return
        while self._pieces and self._played_until - now < AHEAD:
            piece = self._pieces[0]
            if piece.samples is None:
                return
            if piece.sent < len(piece.samples):
                self._send(piece)
            if piece.sent >= len(piece.samples):
                self._all_sent(self._pieces.popleft())

    def _send(self, piece: Piece) -> None:
        assert piece.samples is not None  # noqa: S101 - tick() has looked
        chunk = piece.samples[piece.sent : piece.sent + CHUNK]
        self._line.play(chunk)
        piece.sent += len(chunk)
        if self.first_sound_at is None and np.any(chunk):
            self.first_sound_at = Milliseconds(max(self._now, self._played_until))
        self._played_until = max(self._now, self._played_until) + len(chunk) // RATE

    def _all_sent(self, piece: Piece) -> None:
        self._serial += 1
        piece.mark = f"g{self._generation}.s{self._serial}"
        self._line.mark(piece.mark)
        self._on_the_way.append(piece)

    def came_back(self, mark: str) -> list[Heard]:
        """A mark of the present generation: its sentence was heard, and so was what lay before it, mark lost or not."""
        if not any(piece.mark == mark for piece in self._on_the_way):
            return []
        heard = []
        while self._on_the_way:
            piece = self._on_the_way.popleft()
            heard.append(_whole(piece))
            if piece.mark == mark:
                break
        return heard

    def overdue(self) -> list[Heard]:
        """Sentences whose marks should have come back two seconds ago: a lost mark must not hold up the call."""
        if not self._on_the_way or self._paused or self._now < self._played_until + MARK_LATE:
            return []
        heard = [_whole(piece) for piece in self._on_the_way]
        self._on_the_way.clear()
        return heard

    def pause(self) -> None:
        """Hold: what was sent and not played is taken back and will be sent again."""
        if self._paused or not self.busy:
            return
        self._paused = True
        unplayed = max(0, self._played_until - self._now) * RATE
        self._take_back(unplayed)

    def resume(self) -> None:
        """Go on where it was held."""
        self._paused = False

    def stop(self) -> tuple[Heard, ...]:
        """Throw away all that was not played. Returns the prompts that were cut, with what was heard of them."""
        if not self.busy:
            self._paused = False
            return ()
        unplayed = 0 if self._paused else max(0, self._played_until - self._now) * RATE
        cut: dict[str, int] = {}
        for piece in reversed((*self._on_the_way, *list(self._pieces)[:1])):
            back = min(piece.sent, unplayed)
            unplayed -= back
            cut[piece.prompt] = cut.get(piece.prompt, 0) + (piece.sent - back) // RATE
        self._flush()
        for piece in self._pieces:
            if piece.samples is None:
                self._drop(piece.errand)
        self._pieces.clear()
        self._on_the_way.clear()
        self._paused = False
        return tuple(Heard(prompt, False, Milliseconds(heard)) for prompt, heard in reversed(cut.items()))

    def _take_back(self, unplayed: int) -> None:
        """Put sound that the carrier holds unplayed back before what waits."""
        for piece in list(self._pieces)[:1]:
            back = min(piece.sent, unplayed)
            piece.sent -= back
            unplayed -= back
        while self._on_the_way:
            piece = self._on_the_way.pop()
            back = min(piece.sent, unplayed)
            piece.sent -= back
            unplayed -= back
            piece.mark = ""
            self._pieces.appendleft(piece)
        self._flush()

    def _flush(self) -> None:
        self._line.flush()
        self._generation += 1
        self._played_until = self._now


def _whole(piece: Piece) -> Heard:
    length = len(piece.samples) // RATE if piece.samples is not None else 0
    return Heard(piece.prompt, piece.last_of_prompt, Milliseconds(length))
