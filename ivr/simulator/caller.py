"""A caller who follows a script: reacts to what they hear, speaks, presses keys, interrupts, hangs up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from ivr.simulator.ears import Ears
from ivr.simulator.mouth import Clip, Mouth
from ivr.simulator.scenario import HangsUp, PlannedCall, Plays, Presses, Says, Step, Waits
from ivr.simulator.timeline import Timeline
from ivr.simulator.triggers import TriggerWatch

KEY_GAP = {"slow": 30, "normal": 13, "fast": 8}
"""Frames of 20 ms from one key to the next."""


class Mood(Enum):
    """What the caller is doing."""

    WAITING = auto()
    """For the trigger of the next step."""
    REACTING = auto()
    """The trigger came; a person needs a moment."""
    ACTING = auto()
    LISTENING_ON = auto()
    """All steps are done."""
    HUNG_UP = auto()


@dataclass(slots=True)
class Done:
    """One act, in frames of 20 ms since the call began."""

    step: Step
    began: int
    """The first frame of it; of speech, where it speaks."""
    ended: int = 0
    """The last frame that held speech, or the last key."""
    over_line: bool = False
    """Whether the line was sounding when it began."""
    said: str = ""
    keys: str = ""
    after_entry: int = 0
    """How many timeline entries were known when it began."""


@dataclass(slots=True)
class Diary:
    """What a caller did, for the verdict. Written by the call's thread, read when the call is over."""

    acts: list[Done] = field(default_factory=list)
    gave_up_at: str = ""
    """The step whose trigger never came."""
    reason: str = ""
    """Why the call ended: caller, line, …"""


class ScriptedCaller:
    """A CallerLeg. One thread; the timeline is filled by another."""

    def __init__(
        self, planned: PlannedCall, pace: str, mouth: Mouth, timeline: Timeline, clip_of: Callable[[Step], Clip | None]
    ) -> None:
        """clip_of: what a step sounds like, ready made: nothing may be spoken anew while the call runs."""
        self._planned, self._gap = planned, KEY_GAP[pace]
        self._mouth, self._timeline, self._clip_of = mouth, timeline, clip_of
        self._ears = Ears()
        self._watch = TriggerWatch(timeline, self._ears)
        self._steps: Sequence[Step] = planned.steps
        self._next = 0
        self._mood = Mood.WAITING
        self._frame = 0
        self._since = 0
        self._keys: list[str] = []
        self.diary = Diary()

    def hears(self, frame: bytes) -> None:
        self._ears.hear(frame)

    def frame(self) -> bytes:
        """Live through 20 ms."""
        self._advance()
        self._frame += 1
        return self._mouth.frame()

    def keys(self) -> str:
        """One key at a time, so that each is a message of its own and none is lost in a burst."""
        if self._keys and (self._frame - 1 - self._since) % self._gap == 0:
            if self._frame - 1 > self.diary.acts[-1].ended:
                self.diary.acts[-1].ended = self._frame - 1
            return self._keys.pop(0)
        return ""

    def wants_to_hang_up(self) -> bool:
        return self._mood is Mood.HUNG_UP

    def ended(self, reason: str) -> None:
        self.diary.reason = reason

    def _waited_ms(self) -> int:
        return (self._frame - self._since) * 20

    def _enter(self, mood: Mood) -> None:
        self._mood, self._since = mood, self._frame

    def _advance(self) -> None:
        match self._mood:
            case Mood.WAITING:
                self._wait(self._steps[self._next])
            case Mood.REACTING if self._waited_ms() >= self._steps[self._next].after_ms:
                self._act(self._steps[self._next])
            case Mood.ACTING if self._has_acted(self._steps[self._next]):
                self._next += 1
                self._enter(Mood.WAITING if self._next < len(self._steps) else Mood.LISTENING_ON)
            case Mood.LISTENING_ON if self._waited_ms() >= self._planned.stays_ms:
                self._enter(Mood.HUNG_UP)

    def _wait(self, step: Step) -> None:
        self._timeline.hurry(self._ears.quiet_ms >= 100 or step.while_speaking)
        if self._watch.came(step):
            self._enter(Mood.REACTING)
        elif self._waited_ms() >= step.within_ms:
            self.diary.gave_up_at = step.place
            self._enter(Mood.HUNG_UP)

    def _act(self, step: Step) -> None:
        self._enter(Mood.ACTING)
        self._timeline.hurry(False)
        done = Done(step, self._frame, self._frame, self._ears.hears_now, after_entry=len(self._timeline.entries()))
        self._watch.acted()
        match step.act:
            case Says() | Plays():
                self._speak(step, done)
            case Presses(keys):
                self._keys, done.keys = list(keys), keys
            case HangsUp():
                self._enter(Mood.HUNG_UP)
            case Waits():
                pass  # _has_acted counts
        self.diary.acts.append(done)

    def _speak(self, step: Step, done: Done) -> None:
        spoken = self._clip_of(step)
        assert spoken is not None  # noqa: S101 - every speaking step has a clip before the call rings
        self._mouth.say(spoken)
        done.said = step.act.text if isinstance(step.act, Says) else step.act.path.stem  # type: ignore[union-attr]
        done.began, done.ended = self._frame + spoken.first_speech, self._frame + spoken.last_speech

    def _has_acted(self, step: Step) -> bool:
        if isinstance(step.act, Waits):
            return self._waited_ms() >= step.act.milliseconds
        return not self._mouth.is_speaking and not self._keys
