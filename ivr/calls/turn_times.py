"""How long each part of a turn took, from the last frame of speech to the first sound of the answer. Audio time."""

from __future__ import annotations

from ivr.calls.listening import Said
from ivr.vocabulary import Milliseconds


class TurnTimes:
    """One call's present turn."""

    def __init__(self) -> None:
        self._said: Said | None = None
        self._parts: dict[str, int] = {}
        self.asked = ""
        """What the question expected that was answered."""

    def turn_ended(self, said: Said, asked: str) -> None:
        """The clock starts."""
        self._said = said
        self.asked = asked
        self._parts = {"understanding": 0, "services": 0, "synthesis": 0}

    def took(self, stage: str, took: Milliseconds) -> None:
        """An errand of the answer ended."""
        if self._said is not None and stage in self._parts:
            self._parts[stage] += took

    def first_sound(self, at: Milliseconds) -> dict[str, int] | None:
        """The answer begins; the turn's times, or None where no spoken turn waits for one."""
        said, self._said = self._said, None
        if said is None:
            return None
        return {
            "end_of_speech_to_turn_end": said.ended_at - said.last_speech_at,
            "recognition": said.recognition,
            **self._parts,
            "first_sound": max(0, at - said.last_speech_at),
            "after_turn_end": max(0, at - said.ended_at),
        }
