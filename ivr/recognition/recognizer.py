"""The port: a Recognizer opens a Hearing for each question."""

from __future__ import annotations

from typing import Protocol

from ivr.vocabulary import Expected, Samples, Utterance


class Recognizer(Protocol):
    """Holds the loaded model; shared by all calls and threads of a process."""

    @property
    def name(self) -> str:
        """Engine, model and version: "whisper-base/1.2.1"."""
        ...

    def listen_for(self, expected: Expected) -> Hearing:
        """Open a hearing for one answer. Raises RecognitionFailed where the language has no model."""
        ...


class Hearing(Protocol):
    """One answer being heard. Belongs to one call; used by one errand at a time, from any thread."""

    def hear(self, samples: Samples) -> None:
        """Take in more of the utterance: int16, 8 000 Hz mono, any length. Streaming engines decode now."""
        ...

    def so_far(self) -> Utterance:
        """The early result at a pause: what was said so far. More may follow through hear()."""
        ...

    def finish(self) -> Utterance:
        """The result. Afterwards hear() and so_far() raise RecognitionFailed."""
        ...
