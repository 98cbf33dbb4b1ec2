"""A whole call through the runner with honest small parts: no model, no process, no waiting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ivr.audio.formats import Floats
from ivr.audio.voice_activity import VoiceDetector
from ivr.calls.call_runner import CallParts, CallRunner
from ivr.calls.errands import Stage
from ivr.calls.line import Heard
from ivr.calls.work import TableWorker
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.conversation import Conversation
from ivr.conversation.matters import Bands
from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.prompts import Prompts
from ivr.conversation.states import Phase, state_from_json
from ivr.recognition.scripted import ScriptedRecognizer
from ivr.records import Payment, Payments
from ivr.understanding.scripted import ScriptedUnderstander
from ivr.understanding.shortcuts import Shortcuts
from ivr.understanding.word_files import load_words
from ivr.vocabulary import CallId, CommandMessage, Milliseconds, PersonRef, PromptMessage, Samples, Sentence
from tests.calls.parts import AtOnce, CountingLine, Kept, Never, keys, quiet, speech

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
NEXT = Payment("old_age_pension", 31_240, date(2026, 12, 3), "scheduled", source="agency:#1")
MEANINGS = {"when is my next payment": "payment_next", "i want a pension": "apply_old_age_pension"}
REPLIES: Mapping[str, tuple[PromptMessage | CommandMessage, ...]] = {
    "payment_next": (CommandMessage("identify"), CommandMessage("fetch", (("what", "payments_next"),))),
    "facts_arrived:next_scheduled": (PromptMessage("next_scheduled"), CommandMessage("end_task")),
}
WORDS_LAST = Milliseconds(400)
"""Every sentence of the test's voice lasts so long: calls stay short."""


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(ROOT / "dialogues" / "prompts", {"agency": "the Social Security Office"})


@pytest.fixture(scope="module")
def shortcuts() -> Shortcuts:
    return Shortcuts(load_words(ROOT / "dialogues" / "words"))


def loudness(window: Floats) -> float:
    """Speech is whatever is loud."""
    return 1.0 if float(np.sqrt(np.mean(np.square(window)))) > 0.02 else 0.0


def speak(sentence: Sentence) -> Samples:
    """A tone for each sentence."""
    return (2_000 * np.sin(np.arange(WORDS_LAST * 8) * 0.5)).astype(np.int16)


def stage(name: str, pool: Executor) -> Stage:
    failure = "agency-failed" if name == "services" else f"{name}-failed"
    return Stage(name, pool, Milliseconds(3_500), failure)


class Call:
    """A call and all that it left behind."""

    def __init__(self, prompts: Prompts, shortcuts: Shortcuts, said: Iterable[str], **pools: Executor) -> None:
        self.kept = Kept()
        self.recognizer = ScriptedRecognizer(said, lambda: TODAY)
        self.rasa = ScriptedUnderstander(MEANINGS, REPLIES)
        services = stage("services", pools.get("services", AtOnce()))
        understanding = stage("understanding", pools.get("understanding", AtOnce()))
        table: dict[type[Any], Callable[[CallId, Any], happened.CallEvent]] = {
            decided.Verify: lambda call, work: happened.Verified("verified", PersonRef("p1")),
            decided.Fetch: lambda call, work: happened.PaymentsArrived(Payments((NEXT,), (), ())),
            decided.FindStaff: lambda call, work: happened.StaffFound(True),
            decided.OpenDraft: lambda call, work: happened.DraftOpened("4711081"),
        }
        self._parts = CallParts(
            recognizer=self.recognizer,
            detector=lambda: VoiceDetector(loudness),
            find_wish=lambda text, listen: shortcuts.find(text, listen.expected) or "",
            worker=TableWorker(self.rasa, understanding, services, table),
            speak=speak,
            recording=lambda language, stem: np.full(1_600, 1_000, np.int16),
            store=self.kept,
            recognition=stage("recognition", pools.get("recognition", AtOnce())),
            synthesis=stage("synthesis", pools.get("synthesis", AtOnce())),
        )
        self.conversation = Conversation(prompts, "EUR", Bands(0.6, 0.4))

    def run(self, *script: list[Heard]) -> CountingLine:
        self.line = CountingLine([heard for part in script for heard in part])
        self.runner(self.line).run(BEGIN)
        return self.line

    def runner(self, line: CountingLine) -> CallRunner:
        """A runner that has not begun."""
        self.begun = False
        return CallRunner(line, CallId("CA1"), self._parts, self.conversation)

    def step(self, runner: CallRunner, line: CountingLine, script: list[Heard]) -> None:
        """Let the call go on for so many frames, and no further."""
        if not self.begun:
            runner._react(BEGIN)
            self.begun = True
        line.script.extend(script)
        while line.script:
            for heard in line.hear(Milliseconds(20)):
                runner._hear(heard)
            runner._between_frames()

    @property
    def prompts_said(self) -> list[str]:
        return [entry["prompt"] for entry in self.kept.of("prompt_started")]

    @property
    def result(self) -> str:
        results = self.kept.of("result")
        return str(results[-1]["result"]) if results else ""


BEGIN = happened.CallStarted(phone_number_known=True, today=TODAY.isoformat())
Make = Callable[..., Call]


@pytest.fixture
def call(prompts: Prompts, shortcuts: Shortcuts) -> Make:
    return lambda *said, **pools: Call(prompts, shortcuts, said, **pools)


GREETING = 12_000
"""Longer than the greeting, the question and its options take with the test's voice."""


def test_a_payment_is_asked_for_by_voice_and_told_by_the_record(call: Make) -> None:
    made = call("when is my next payment", "yes", "no")
    made.run(
        quiet(GREETING), speech(1_500), quiet(3_000),
        quiet(4_000), keys("46858160"), quiet(6_000), speech(400), quiet(4_000), keys("434835#"),
        quiet(6_000), keys("1"), quiet(9_000), speech(400), quiet(8_000),
    )  # fmt: skip
    assert "next_scheduled" in made.prompts_said
    assert made.result == "completed"
    assert made.kept.steps[-1][0] == "bye"
    [facts] = made.kept.of("facts")
    assert {fact["name"] for fact in facts["facts"]} >= {"payment_amount", "payment_date"}


def test_no_pin_and_no_customer_number_stands_in_the_journal(call: Make) -> None:
    made = call("when is my next payment", "yes")
    made.run(
        quiet(GREETING), speech(1_500), quiet(7_000), keys("46858160"), quiet(6_000), speech(400), quiet(4_000),
        keys("434835#"), quiet(6_000),
    )  # fmt: skip
    journal = json.dumps(made.kept.entries)
    assert "434835" not in journal
    assert "46858160" not in journal
    assert "434835" not in "".join(made.kept.states)


def test_a_key_stops_the_prompt_at_once(call: Make) -> None:
    made = call()
    line = made.run(quiet(1_000), keys("0"), quiet(8_000))
    assert line.flushes >= 1
    assert made.prompts_said[-1] == "handing_over"
    assert made.kept.steps[-1] == ("staff", "asked")
    cut = [entry for entry in made.kept.of("prompt_finished") if entry.get("barged_in")]
    assert [entry["prompt"] for entry in cut][:1] == ["greeting"]


def test_a_cough_cuts_nothing(call: Make) -> None:
    made = call()
    made.run(quiet(1_000), speech(140), quiet(GREETING))
    assert not [entry for entry in made.kept.of("prompt_finished") if entry.get("barged_in")]
    assert made.prompts_said == ["greeting", "ask_matter"]


def test_words_over_a_prompt_interrupt_it(call: Make) -> None:
    made = call("when is my next payment")
    made.run(quiet(1_000), speech(1_500), quiet(6_000))
    assert "ask_customer_number" in made.prompts_said
    assert next(entry["prompt"] for entry in made.kept.of("prompt_finished") if entry.get("barged_in")) == "greeting"


def test_a_short_valid_word_over_a_prompt_counts(call: Make) -> None:
    made = call("person")
    made.run(quiet(2_000), speech(400), quiet(4_000))
    assert made.kept.steps[-1][0] == "staff"


def test_a_murmur_over_a_prompt_lets_it_go_on(call: Make) -> None:
    made = call("mm hm so")
    made.run(quiet(2_000), speech(400), quiet(GREETING))
    assert made.prompts_said == ["greeting", "ask_matter"]
    assert made.conversation.state.misses == 0


def test_silence_is_met_with_the_ladder_and_never_with_a_hang_up(call: Make) -> None:
    made = call()
    made.run(quiet(GREETING + 8_000 + 6_000 + 8_000 + 12_000 + 15_000 + 6_000))
    assert made.prompts_said[2:5] == ["take_your_time", "slow_mode_on", "ask_matter"]
    assert "one_more_way_keys" in made.prompts_said
    assert made.kept.steps[-1][0] == "staff"


def test_rasa_hanging_is_announced_and_leads_to_keys(call: Make) -> None:
    made = call("when is my next payment", understanding=Never())
    made.run(quiet(GREETING), speech(1_500), quiet(20_000))
    assert "one_moment" in made.prompts_said
    assert made.prompts_said[-2:] == ["sorry_dialogue_away", "menu_keypad"]


def test_the_recognizer_hanging_leads_to_keys(call: Make) -> None:
    made = call("x", recognition=Never())
    made.run(quiet(GREETING), speech(1_500), quiet(16_000))
    assert "sorry_recognition_away" in made.prompts_said


def test_the_agency_hanging_is_said(call: Make) -> None:
    made = call("when is my next payment", services=Never())
    made.run(
        quiet(GREETING), speech(1_500), quiet(7_000), keys("46858160"), quiet(6_000), keys("1"), quiet(4_000),
        keys("434835#"), quiet(14_000),
    )  # fmt: skip
    assert "sorry_agency_away" in made.prompts_said


def test_without_any_voice_the_call_goes_to_the_keypad_line(call: Make) -> None:
    made = call(synthesis=Never())
    made.run(quiet(12_000))
    assert made.kept.steps[-1][0] == "menu"


def test_a_hang_up_in_the_middle_ends_the_conversation(call: Make) -> None:
    made = call()
    made.run(quiet(3_000))
    assert made.conversation.state.phase is Phase.ENDED
    assert made.result == "abandoned"


def test_times_of_a_turn_are_told(call: Make) -> None:
    made = call("when is my next payment")
    made.run(quiet(GREETING), speech(1_500), quiet(6_000))
    [times] = made.kept.of("times")
    assert times["asked"] == "open"
    assert times["times_ms"]["end_of_speech_to_turn_end"] == 1_500
    assert times["times_ms"]["after_turn_end"] <= 150


def test_the_state_is_stored_before_the_answer_sounds(call: Make) -> None:
    """What the store holds at each moment is enough to go on: the last state is the conversation's own."""
    made = call("when is my next payment")
    made.run(quiet(GREETING), speech(1_500), quiet(3_000))
    stored = json.loads(made.kept.states[-1])
    assert stored["phase"] == made.conversation.state.phase.value


def test_after_good_bye_the_caller_gets_three_seconds_and_then_the_line_hangs_up(call: Make) -> None:
    made = call("goodbye")
    line = made.run(quiet(GREETING), speech(600), quiet(20_000))
    heard_ms = GREETING + 600 + 20_000 - 20 * len(line.script)
    finished = made.kept.of("prompt_finished")[-1]
    assert finished["prompt"] == "goodbye"
    assert 3_000 <= heard_ms - finished["at_ms"] <= 3_100
    assert made.conversation.state.phase is Phase.LEAVING


class Slowly(AtOnce):
    """Does its work, and hands it over when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting.append(lambda: fn(*args, **kwargs))
        return Future()


def test_a_click_after_the_last_word_loses_nothing(call: Make) -> None:
    """The recognizer is still at it when the next sound begins."""
    pool = Slowly()
    made = call("when is my next payment", recognition=pool)
    line = CountingLine()
    runner = made.runner(line)
    feed = [*quiet(GREETING), *speech(1_500), *quiet(1_700), *speech(80), *quiet(600)]
    made.step(runner, line, feed)
    for _ in range(4):
        for work in pool.waiting[:]:
            pool.waiting.remove(work)
            work()
        made.step(runner, line, quiet(100))
    assert [entry["text"] for entry in made.kept.of("caller_spoke")] == ["when is my next payment"]


def test_a_murmur_while_the_line_leaves_does_not_strand_the_caller(call: Make) -> None:
    made = call("mm")
    made.run(quiet(1_000), keys("0"), quiet(300), speech(360), quiet(10_000))
    assert made.line.left
    assert made.kept.steps[-1][0] == "staff"


def test_zero_works_while_the_agency_hangs_behind_a_pin(call: Make) -> None:
    made = call("when is my next payment", services=Never())
    made.run(
        quiet(GREETING), speech(1_500), quiet(7_000), keys("46858160"), quiet(6_000), keys("1"), quiet(4_000),
        keys("434835"), quiet(1_000), keys("0"), quiet(1_000),
    )  # fmt: skip
    assert any('"kind":"FindStaff"' in state for state in made.kept.states)


def test_a_spoken_pin_is_kept_nowhere_and_warned_of(call: Make) -> None:
    made = call("when is my next payment", "four three four eight three five")
    made.run(
        quiet(GREETING), speech(1_500), quiet(7_000), keys("46858160"), quiet(6_000), keys("1"), quiet(9_000),
        speech(2_000), quiet(6_000),
    )  # fmt: skip
    assert "spoken_pin_warning" in made.prompts_said
    assert "eight three five" not in json.dumps(made.kept.entries) + "".join(made.kept.states)


def test_a_short_pin_is_no_attempt(call: Make) -> None:
    made = call("when is my next payment")
    made.run(
        quiet(GREETING), speech(1_500), quiet(7_000), keys("46858160"), quiet(6_000), keys("1"), quiet(4_000),
        keys("434#"), quiet(4_000),
    )  # fmt: skip
    assert made.prompts_said[-2:] == ["did_not_understand", "ask_pin"]


def test_keyed_digits_do_not_time_out_under_an_apology(call: Make, prompts: Prompts) -> None:
    made = call("when is my next payment")
    made.run(quiet(GREETING), speech(1_500), quiet(9_000), keys("12345"))
    state = state_from_json(made.kept.states[-2])
    assert state.keyed == "12345"
    again = call()
    again.conversation = Conversation(prompts, "EUR", Bands(0.6, 0.4), state)
    again.run(quiet(6_000), keys("678"), quiet(3_000))
    assert again.prompts_said[-1] == "confirm_customer_number"


def test_louder_while_something_is_fetched_keeps_what_is_fetched(call: Make) -> None:
    made = call("when is my next payment", understanding=Never())
    made.run(quiet(GREETING), speech(1_500), quiet(1_700), keys("8"), quiet(500))
    assert made.conversation.state.phase is Phase.WORKING or made.result
    assert "louder_on" in made.prompts_said
