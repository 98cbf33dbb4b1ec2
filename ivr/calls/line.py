"""The port: what a call needs of its telephone line, whoever the carrier is.

Audio is int16, 8 000 Hz mono on both sides of the port; the adapter speaks the carrier's codec.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ivr.vocabulary import CallId, Milliseconds, Samples


@dataclass(frozen=True, slots=True)
class Started:
    """The stream is open, its token was checked."""

    call_id: CallId
    stream_id: str


@dataclass(frozen=True, slots=True)
class Audio:
    """A frame of the caller's sound, normally 160 samples (20 ms). Gaps are filled with silence by the adapter."""

    samples: Samples
    at: Milliseconds
    """Since the stream began, by the carrier's stamp."""


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """One of 0-9 * #."""

    key: str


@dataclass(frozen=True, slots=True)
class Played:
    """All sound queued before this mark has been played to the caller."""

    mark: str


@dataclass(frozen=True, slots=True)
class Flushed:
    """The mark came back because of a flush: its sound was not (wholly) heard."""

    mark: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing follows. `by`: caller, us, error."""

    by: str


Heard: TypeAlias = Started | Audio | KeyPressed | Played | Flushed | Ended


class Line(Protocol):
    """One stream of one call. Used by the thread that owns the call alone."""

    def hear(self, wait: Milliseconds) -> Iterator[Heard]:
        """What came in, waiting at most `wait` for the first of it; may yield nothing. After Ended: nothing more."""
        ...

    def play(self, samples: Samples) -> None:
        """Queue sound behind what is queued. The caller of play() keeps no more than 0.8 s ahead."""
        ...

    def mark(self, token: str) -> None:
        """Ask to be told when all that is queued so far has been played."""
        ...

    def flush(self) -> None:
        """Throw away what is queued; open marks come back as Flushed."""
        ...

    def leave(self) -> None:
        """Close the stream and give the call back to the carrier's script (/voice/resume). Idempotent."""
        ...
