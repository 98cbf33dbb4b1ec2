"""A scripted caller, frame by frame: no clock, no network."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ivr.simulator.caller import ScriptedCaller
from ivr.simulator.g711 import SILENCE, sounds
from ivr.simulator.measure import Sounding, barge_in_ms, first_sound_ms, longest_silence_ms
from ivr.simulator.mouth import Mouth, clip
from ivr.simulator.phone_line import LossyNetwork
from ivr.simulator.scenario import (
    HearsAnything,
    HearsPrompt,
    HearsSilence,
    PlannedCall,
    Plays,
    Presses,
    Says,
    Step,
    Trigger,
    Waits,
)
from ivr.simulator.timeline import NoTimeline, Timeline, TimelineEntry

LOUD = b"\x20" * 160
HALF_A_SECOND = clip(np.tile(np.array([3000, -3000], dtype=np.int16), 2_000))


@dataclass
class ScriptedTimeline:
    """Tells what the test lets it tell."""

    is_available: bool | None = True
    told: list[TimelineEntry] = field(default_factory=list)

    def entries(self) -> list[TimelineEntry]:
        return self.told

    def hurry(self, is_urgent: bool) -> None:
        return

    def tell(self, kind: str, **details: str) -> None:
        self.told.append(TimelineEntry(kind, 0, details))


def caller(*steps: Step, timeline: Timeline | None = None, stays_ms: int = 1_000) -> ScriptedCaller:
    mouth = Mouth(None, LossyNetwork(0, 1))
    planned = PlannedCall(steps, stays_ms=stays_ms)
    return ScriptedCaller(planned, "normal", mouth, timeline or NoTimeline(), lambda step: HALF_A_SECOND)


def step(hears: Trigger, act: Says | Presses | Waits | Plays, **options: int | bool) -> Step:
    return Step("calls[0].steps[0]", hears, act, after_ms=0, **options)  # type: ignore[arg-type]


def live(leg: ScriptedCaller, played: bytes, frames: int) -> tuple[int, str]:
    """Let frames pass; how many of the caller's held sound, and the keys."""
    spoken, keys = 0, ""
    for _ in range(frames):
        leg.hears(played)
        spoken += sounds(leg.frame())
        keys += leg.keys()
    return spoken, keys


def test_the_caller_waits_until_the_prompt_was_said_and_the_line_listens() -> None:
    timeline = ScriptedTimeline()
    leg = caller(step(HearsPrompt("ask_pin"), Presses("47")), timeline=timeline)
    timeline.tell("prompt_started", prompt="greeting")
    timeline.tell("listening")
    assert live(leg, SILENCE, 100) == (0, "")
    timeline.tell("prompt_started", prompt="ask_pin")
    assert live(leg, LOUD, 50) == (0, "")
    timeline.tell("prompt_finished", prompt="ask_pin")
    assert live(leg, SILENCE, 50) == (0, "")
    timeline.tell("listening")
    assert live(leg, SILENCE, 50) == (0, "47")


def test_a_lost_end_of_a_prompt_is_made_up_for_by_silence() -> None:
    timeline = ScriptedTimeline()
    leg = caller(step(HearsPrompt("ask_pin"), Presses("4")), timeline=timeline)
    timeline.tell("prompt_started", prompt="ask_pin")
    timeline.tell("listening")
    live(leg, LOUD, 10)
    assert live(leg, SILENCE, 120) == (0, "")
    assert live(leg, SILENCE, 20) == (0, "4")


def test_a_caller_who_interrupts_speaks_while_the_line_does() -> None:
    timeline = ScriptedTimeline()
    leg = caller(step(HearsPrompt("greeting"), Says("stop"), while_speaking=True), timeline=timeline)
    timeline.tell("prompt_started", prompt="greeting")
    assert live(leg, SILENCE, 20)[0] == 0
    assert live(leg, LOUD, 40)[0] == 25
    [act] = leg.diary.acts
    assert act.over_line
    assert act.ended - act.began == 24


def test_by_ear_a_pause_inside_a_prompt_is_no_end() -> None:
    leg = caller(step(HearsAnything(), Presses("4")))
    live(leg, LOUD, 10)
    assert live(leg, SILENCE, 25) == (0, "")
    live(leg, LOUD, 10)
    assert live(leg, SILENCE, 70) == (0, "4")


def test_silence_of_the_line_is_a_trigger_of_its_own() -> None:
    leg = caller(step(HearsSilence(1_000), Presses("4")))
    assert live(leg, SILENCE, 49) == (0, "")
    assert live(leg, SILENCE, 3) == (0, "4")


def test_a_caller_gives_up_after_a_while_and_says_at_which_step() -> None:
    leg = caller(step(HearsAnything(), Presses("4"), within_ms=1_000))
    live(leg, SILENCE, 52)
    assert leg.wants_to_hang_up()
    assert leg.diary.gave_up_at == "calls[0].steps[0]"


def test_after_the_last_step_the_caller_listens_on_then_hangs_up() -> None:
    leg = caller(step(HearsSilence(0), Waits(200)), stays_ms=1_000)
    live(leg, SILENCE, 50)
    assert not leg.wants_to_hang_up()
    live(leg, SILENCE, 15)
    assert leg.wants_to_hang_up()


def test_two_steps_on_the_same_prompt_need_it_twice() -> None:
    timeline = ScriptedTimeline()
    first = step(HearsPrompt("ask_pin"), Presses("4"))
    leg = caller(first, step(HearsPrompt("ask_pin"), Presses("7")), timeline=timeline)
    for _ in range(2):
        timeline.tell("prompt_started", prompt="ask_pin")
        timeline.tell("prompt_finished", prompt="ask_pin")
        timeline.tell("listening")
        keys = live(leg, SILENCE, 60)[1]
        assert len(keys) == 1
    assert [act.keys for act in leg.diary.acts] == ["4", "7"]


def test_gaps_and_interruptions_are_measured_on_the_recording() -> None:
    line = Sounding.of(LOUD * 100 + SILENCE * 60 + LOUD * 40)
    leg = caller(step(HearsSilence(0), Says("x")))
    live(leg, SILENCE, 3)
    [act] = leg.diary.acts
    act.began, act.ended, act.over_line = 90, 130, True
    assert barge_in_ms(line, act, 200) == 200
    assert first_sound_ms(line, act, 200) == 600
    assert longest_silence_ms(line, [act]) == 29 * 20
    act.began, act.ended, act.over_line = 120, 140, False
    assert barge_in_ms(line, act, 200) is None
    assert first_sound_ms(line, act, 200) == 400
    assert first_sound_ms(line, act, 150) is None


def test_a_recording_is_named_in_the_diary() -> None:
    leg = caller(step(HearsSilence(0), Plays(Path("audio/hello.wav"))))
    live(leg, SILENCE, 3)
    assert leg.diary.acts[0].said == "hello"
