"""Scenarios played by text against the line's own understanding, agency and store, and what came of them.

What sound adds (recognition, endpointing, noise) is left out on purpose: a call takes a second instead of minutes, so
every task can be asked for in every manner. `openline demo` and `openline call` play scenarios with sound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ivr.simulator.scenario import (
    HangsUp,
    HearsPrompt,
    HearsWords,
    PlannedCall,
    Presses,
    Says,
    Scenario,
    Step,
    Waits,
)
from ivr.vocabulary import Fact, Spoken

MINUTE_MS = 60_000


class Heard(Protocol):
    """What a call has brought so far."""

    said: list[Spoken]
    facts: list[Fact]
    intents: list[str]
    result: str


class Call(Protocol):
    """A typed call (bootstrap/typed_call.py)."""

    @property
    def brought(self) -> Heard:
        """So far."""
        ...

    @property
    def open_question(self) -> str:
        """The prompt that waits for an answer."""
        ...

    def begin(self) -> None:
        """The greeting."""
        ...

    def say(self, words: str) -> None:
        """An utterance."""
        ...

    def press(self, keys: str) -> None:
        """Keys."""
        ...

    def silent(self) -> None:
        """Nothing."""
        ...

    def hang_up(self) -> None:
        """The caller is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One scenario and what came of it."""

    name: str
    profile: str
    task: str
    language: str
    completed: bool
    wrong_facts: int
    questions: int
    """Questions that the line asked."""
    seconds: float
    """What the line said, at its own pace with its pauses; the caller's time is not in it."""
    failure: str = ""
    """The first expectation that was not met."""


class Failed(Exception):
    """An expectation was not met; the text says which."""

    wrong_facts = 0
    """How many facts were told with another value than the record's."""


class WrongFacts(Failed):
    """The worst of failures: counted apart."""

    def __init__(self, wrong: Sequence[str]) -> None:
        super().__init__(f"facts are wrong: {', '.join(wrong)}")
        self.wrong_facts = len(wrong)


def play(scenario: Scenario, begin: Callable[[str, str], Call]) -> Cell:
    """All calls of a scenario. begin: language and number -> a call."""
    heard: list[Spoken] = []
    questions, wrong, failure = 0, 0, ""
    for number, planned in enumerate(scenario.calls):
        call = begin(scenario.caller.language, scenario.caller.number)
        try:
            questions += _play_call(planned, call, heard)
            _check(planned, call, [spoken.prompt for spoken in heard])
        except Failed as failed:
            wrong += failed.wrong_facts
            failure = f"call {number + 1}: {failed}"
            break
    return Cell(
        name=scenario.path.stem,
        profile=scenario.profile or _manner(scenario),
        task=scenario.task or scenario.path.stem,
        language=scenario.caller.language,
        completed=not failure,
        wrong_facts=wrong,
        questions=questions,
        seconds=round(sum(map(_seconds, heard)), 1),
        failure=failure,
    )


def summary(cells: Sequence[Cell]) -> dict[str, object]:
    """Shares over all, the worst profile, facts that were wrong."""
    by_profile: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_profile[cell.profile].append(cell)
    return {
        "calls": len(cells),
        "completed": _share(cells),
        "worst_profile": min((_share(those) for those in by_profile.values()), default=0.0),
        "wrong_facts": sum(cell.wrong_facts for cell in cells),
        "by_profile": {profile: _share(those) for profile, those in sorted(by_profile.items())},
    }


def _share(cells: Sequence[Cell]) -> float:
    return round(sum(cell.completed for cell in cells) / len(cells), 3) if cells else 0.0


def _play_call(planned: PlannedCall, call: Call, heard: list[Spoken]) -> int:
    call.begin()
    heard += call.brought.said
    questions = 1
    for step in planned.steps:
        _expect(step, call)
        _act(step, call)
        heard += call.brought.said
        questions += bool(call.open_question)
    if not planned.steps or not isinstance(planned.steps[-1].act, HangsUp):
        call.hang_up()
    return questions


def _expect(step: Step, call: Call) -> None:
    said = [spoken.prompt for spoken in call.brought.said]
    if isinstance(step.hears, HearsPrompt) and step.hears.prompt not in (*said, call.open_question):
        raise Failed(f"{step.place} waits for {step.hears.prompt}; said was {', '.join(said)}")
    if isinstance(step.hears, HearsWords):
        text = " ".join(spoken.text for spoken in call.brought.said)
        if step.hears.words.lower() not in text.lower():
            raise Failed(f"{step.place} waits for {step.hears.words!r}; said was {text!r}")


def _act(step: Step, call: Call) -> None:
    match step.act:
        case Says(text):
            call.say(text)
        case Presses(keys):
            call.press(keys)
        case Waits():
            call.silent()
        case HangsUp():
            call.hang_up()
        case _:
            raise Failed(f"{step.place}: a recording cannot be typed")


def _check(planned: PlannedCall, call: Call, heard: Sequence[str]) -> None:
    """Raises Failed for the first expectation that was not met, facts first."""
    expects, brought = planned.expects, call.brought
    told = {(fact.name, fact.value) for fact in brought.facts}
    names = {name for name, _ in told}
    wrong = [f"{name} is not {value}" for name, value in expects.fact_values if (name, value) not in told]
    if told and wrong:
        raise WrongFacts(wrong)
    if expects.result and brought.result not in expects.result:
        raise Failed(f"result is {brought.result or 'none'}, expected {' or '.join(expects.result)}")
    for name in (*expects.facts, *(name for name, _ in expects.fact_values)):
        if name not in names:
            raise Failed(f"the fact {name} was not told")
    for prompt in expects.never_heard:
        if prompt in heard:
            raise Failed(f"{prompt} was heard")
    _in_order(expects.heard, heard)
    if missing := [intent for intent in expects.intents if intent not in brought.intents]:
        raise Failed(f"{missing[0]} was not understood; it was {', '.join(brought.intents)}")


def _in_order(expected: Sequence[str], heard: Sequence[str]) -> None:
    left = iter(heard)
    for prompt in expected:
        if prompt not in left:
            raise Failed(f"{prompt} was not heard in its place")


def _manner(scenario: Scenario) -> str:
    acts = {type(step.act) for call in scenario.calls for step in call.steps}
    if Says not in acts:
        return "keys only"
    return "mixed" if Presses in acts else "speech only"


def _seconds(spoken: Spoken) -> float:
    words = sum(len(sentence.text.split()) * MINUTE_MS / sentence.words_per_minute for sentence in spoken.sentences)
    return (words + sum(sentence.pause_after for sentence in spoken.sentences)) / 1_000
