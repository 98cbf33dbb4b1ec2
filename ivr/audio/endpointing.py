"""Has the caller begun, paused, finished, or said nothing? Counts milliseconds of audio, never a clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from ivr.audio.formats import FRAME_MILLISECONDS
from ivr.vocabulary import Milliseconds

BEGINNING = Milliseconds(60)
"""So much speech in a row begins an utterance; single frames are clicks."""
LEAST_SPEECH = Milliseconds(200)
"""An utterance with less speech is dismissed: a cough, a door. Recognizers invent words on it."""
SHORT_ANSWER = Milliseconds(100)
"""The same for questions whose answers are single words: of 300 recorded digits 15 hold less than 200 ms."""
PAUSE = Milliseconds(250)
"""So much quiet is worth an early result; inside fluent speech nine gaps in ten are shorter."""
LONGEST_UTTERANCE = Milliseconds(28_000)
"""Whisper's window is 30 s, and no answer to a question of ours needs more."""
SHORT_PAUSE = Milliseconds(140)
"""The same at closed questions: answers are short, and an early result within the 500 ms ends the turn on time."""
SLOW_PAUSE = Milliseconds(800)
"""A caller who pauses longer than this inside an utterance needs time."""
SLOW_PATIENCE = Milliseconds(2_500)


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """The caller speaks. `frames`: how many frames ago, the one just heard included, the first speech was."""

    frames: int


@dataclass(frozen=True, slots=True)
class Paused:
    """Quiet for 250 ms: worth an early result. Comes again after each Resumed."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The caller speaks on after a Paused; an early result is void."""

    quiet: Milliseconds
    """How long the pause was."""


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The caller has finished."""

    spoken: Milliseconds
    """From the first to the last frame of speech."""
    too_long: bool = False
    """True where we cut the caller off after 28 s: say so kindly."""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """What began was too short to be speech; nothing is to be recognized and waiting goes on."""


@dataclass(frozen=True, slots=True)
class NoInput:
    """Nothing was said in time. Comes once; listen() starts anew."""

    waited: Milliseconds


Perceived: TypeAlias = SpeechBegan | Paused | Resumed | SpeechEnded | Dismissed | NoInput


class _State(Enum):
    QUIET = "quiet"
    SPEAKING = "speaking"
    PAUSING = "pausing"


class Endpointer:
    """One per call: hears whether each frame is speech. `patience` may be set at any time, also in mid-pause."""

    def __init__(self, patience: Milliseconds, longest_pause: int = 0) -> None:
        """longest_pause: milliseconds, what was learned of this caller before (an earlier stream of the same call)."""
        self.patience = patience
        self.longest_pause = Milliseconds(longest_pause)
        """The caller's own longest pause so far inside an utterance."""
        self.least_speech = LEAST_SPEECH
        """May be set to SHORT_ANSWER where single digits or yes and no are expected."""
        self.early_after = PAUSE
        """May be set to SHORT_PAUSE at closed questions."""
        self._no_input_after: int | None = None
        self._waited = 0
        self._state = _State.QUIET
        self._run = 0
        self._utterance = 0
        self._speech = 0
        self._quiet = 0

    @property
    def speaking(self) -> bool:
        """True from SpeechBegan to SpeechEnded or Dismissed."""
        return self._state is not _State.QUIET

    @property
    def effective_patience(self) -> Milliseconds:
        """How much quiet ends an utterance now: never less than this caller was seen to need."""
        if self.longest_pause > SLOW_PAUSE:
            return Milliseconds(max(self.patience, SLOW_PATIENCE))
        return self.patience

    def listen(self, no_input_after: Milliseconds | None) -> None:
        """A question was asked: count from now how long nothing is said. None: wait for ever."""
        self._no_input_after = no_input_after
        self._waited = 0

    def abandon(self) -> None:
        """Forget the utterance in progress: a key was pressed instead."""
        self._state = _State.QUIET
        self._run = self._utterance = self._speech = self._quiet = 0

    def hear(self, is_speech: bool, frame: Milliseconds = FRAME_MILLISECONDS) -> tuple[Perceived, ...]:
        """Take in one frame; what it made happen, in order."""
        if self._state is _State.QUIET:
            return self._hear_quiet(is_speech, frame)
        self._utterance += frame
        if is_speech:
            return self._hear_speech(frame)
        return self._hear_pause(frame)

    def _hear_quiet(self, is_speech: bool, frame: int) -> tuple[Perceived, ...]:
        self._run = self._run + frame if is_speech else 0
        if self._run >= BEGINNING:
            began = SpeechBegan(self._run // frame)
            self._state, self._utterance, self._speech, self._quiet = _State.SPEAKING, self._run, self._run, 0
            self._run = 0
            return (began,)
        self._waited += frame
        if self._no_input_after is not None and self._waited >= self._no_input_after and not self._run:
            self._no_input_after = None
            return (NoInput(Milliseconds(self._waited)),)
        return ()

    def _hear_speech(self, frame: int) -> tuple[Perceived, ...]:
        was_pausing, quiet = self._state is _State.PAUSING, self._quiet
        self._state, self._quiet = _State.SPEAKING, 0
        self._speech += frame
        happened: tuple[Perceived, ...] = ()
        if was_pausing:
            self.longest_pause = Milliseconds(max(self.longest_pause, quiet))
            happened = (Resumed(Milliseconds(quiet)),)
        if self._utterance >= LONGEST_UTTERANCE:
            return (*happened, self._end(too_long=True))
        return happened

    def _hear_pause(self, frame: int) -> tuple[Perceived, ...]:
        self._quiet += frame
        if self._quiet >= self.effective_patience or self._utterance >= LONGEST_UTTERANCE:
            return (self._end(too_long=self._utterance >= LONGEST_UTTERANCE),)
        if self._state is _State.SPEAKING and self._quiet >= self.early_after:
            if self._speech < self.least_speech:
                self.abandon()
                return (Dismissed(),)
            self._state = _State.PAUSING
            return (Paused(),)
        return ()

    def _end(self, too_long: bool) -> SpeechEnded | Dismissed:
        spoken, enough = self._utterance - self._quiet, self._speech >= self.least_speech
        self.abandon()
        self._waited = 0
        return SpeechEnded(Milliseconds(spoken), too_long) if enough else Dismissed()
