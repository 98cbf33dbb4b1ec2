"""The caller's own pace, measured in audio time, and how the line follows it: rate, pauses, patience. Pure.

One caller says "uh … the third … of May" and needs a line that waits; another answers before the question ends and is
bored by a slow one. Nothing is decided on a single answer, and nothing follows faster than the ear can.
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr.vocabulary import Milliseconds

USUAL, SLOWEST = 150, 125
"""Words a minute (service rule 9); slow mode adds pauses before it slows the words."""
FOLLOWED = ((110, SLOWEST), (140, 140), (200, USUAL))
"""(The caller's own words a minute, below which the line speaks at …); sorted. Callers who are faster: FASTEST."""
FASTEST = 160
PACES = (SLOWEST, 140, USUAL, FASTEST)
"""Every rate that the line speaks at."""
ENOUGH_WORDS = 12
"""Of a caller's, before the rate counts: "yes" and "my pension" say nothing about anybody's pace."""
SENTENCE_WORDS = 3
"""An utterance with fewer words is an answer and no speech."""
SLOW_BELOW = 90
"""Words a minute, pauses counted: so slow a speaker listens slowly too."""
LATE = Milliseconds(5_000)
"""An answer that begins so long after the question was a long thought, or the question was not understood at once."""
LATE_BEFORE_SLOW = 2
LONGEST_PATIENCE = Milliseconds(4_000)
PAUSE_AND_HALF = 1.5
"""Patience in pauses of the caller's own: the next one may be longer than the longest so far."""
PAUSE_THAT_COUNTS = Milliseconds(800)


@dataclass(slots=True)
class CallerPace:
    """What was measured in this call."""

    words: int = 0
    spoken: int = 0
    """Milliseconds in which those words were said, pauses inside the utterance counted."""
    longest_pause: int = 0
    """Milliseconds, inside an utterance."""
    late: int = 0
    """Answers that began late."""

    @property
    def words_per_minute(self) -> int | None:
        """The caller's own rate; None as long as too little was said."""
        return self.words * 60_000 // self.spoken if self.words >= ENOUGH_WORDS and self.spoken else None


def note(pace: CallerPace, words: int, spoken: int, longest_pause: int, answered_after: int | None) -> None:
    """An utterance ended. spoken, longest_pause, answered_after: milliseconds; None: it began while we spoke."""
    if words >= SENTENCE_WORDS:
        pace.words += words
        pace.spoken += spoken
    pace.longest_pause = max(pace.longest_pause, longest_pause)
    if answered_after is not None and answered_after >= LATE:
        pace.late += 1


def is_slow(pace: CallerPace) -> bool:
    """Whether slow mode should begin by itself."""
    rate = pace.words_per_minute
    return pace.late >= LATE_BEFORE_SLOW or (rate is not None and rate < SLOW_BELOW)


def rate(pace: CallerPace, slow: bool) -> int:
    """Words a minute for the line to speak at."""
    own = pace.words_per_minute
    if slow:
        return SLOWEST
    if own is None:
        return USUAL
    return next((ours for below, ours in FOLLOWED if own < below), FASTEST)


def patience(pace: CallerPace, usual: Milliseconds) -> Milliseconds:
    """How much quiet ends an utterance that does not answer yet: more for a caller who pauses."""
    if pace.longest_pause < PAUSE_THAT_COUNTS:
        return usual
    needed = min(LONGEST_PATIENCE, round(pace.longest_pause * PAUSE_AND_HALF))
    return Milliseconds(max(usual, needed))
