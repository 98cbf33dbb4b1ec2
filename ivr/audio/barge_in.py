"""Does the caller interrupt our prompt? A cough or "mm-hm" pauses it, words stop it."""

from __future__ import annotations

from enum import Enum

from ivr.audio.formats import FRAME_MILLISECONDS
from ivr.vocabulary import Milliseconds

PAUSE_AFTER = Milliseconds(300)
"""So much speech holds the prompt: the caller notices that they are heard."""
STOP_AFTER = Milliseconds(700)
"""So much speech ends it: longer than a cough, for older callers at home with others in the room."""
RESUME_AFTER = Milliseconds(300)
"""So much quiet after a short sound lets the prompt go on."""


class BargeInAct(Enum):
    """What is to be done with the prompt that plays."""

    PAUSE = "pause"
    STOP = "stop"
    RESUME = "resume"


class BargeIn:
    """One for each prompt that may be interrupted by speech. Keys are not its business: they stop at once."""

    def __init__(self, protected: int = 0) -> None:
        """protected: milliseconds from the prompt's start, in which nothing counts: the caller's last words."""
        self._protected = protected
        self._speech = 0
        self._quiet = 0
        self._paused = False
        self._stopped = False

    def hear(self, is_speech: bool, frame: Milliseconds = FRAME_MILLISECONDS) -> BargeInAct | None:
        """Take in one frame heard while the prompt plays or is held. After STOP: always None."""
        if self._stopped:
            return None
        if self._protected > 0:
            self._protected -= frame
            return None
        if is_speech:
            self._speech, self._quiet = self._speech + frame, 0
            return self._after_speech()
        self._quiet += frame
        return self._after_quiet()

    def _after_speech(self) -> BargeInAct | None:
        if self._speech >= STOP_AFTER:
            self._stopped = True
            return BargeInAct.STOP
        if self._speech >= PAUSE_AFTER and not self._paused:
            self._paused = True
            return BargeInAct.PAUSE
        return None

    def _after_quiet(self) -> BargeInAct | None:
        if self._quiet < RESUME_AFTER:
            return None
        self._speech = 0
        if self._paused:
            self._paused = False
            return BargeInAct.RESUME
        return None
