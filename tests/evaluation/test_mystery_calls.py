"""Scenarios by text: what counts as completed, and what is told where it was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ivr.evaluation.mystery_calls import Cell, play, summary
from ivr.simulator.scenario_file import read_scenario
from ivr.vocabulary import Fact, Language, Milliseconds, Sentence, Spoken

EN = Language("en")


@dataclass
class Brought:
    said: list[Spoken] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    intents: list[str] = field(default_factory=list)
    result: str = ""


class ScriptedCall:
    """Says one prompt after another, whatever the caller does."""

    def __init__(self, *prompts: str, result: str = "completed", facts: tuple[Fact, ...] = ()) -> None:
        self._left = list(prompts)
        self._result, self._facts = result, facts
        self.brought = Brought()
        self.typed: list[str] = []
        self.open_question = ""

    def _next(self, typed: str) -> None:
        self.typed.append(typed)
        prompt = self._left.pop(0) if self._left else "goodbye"
        ten_words = Sentence("one two three four five six seven eight nine ten", EN, Milliseconds(1_000), 150)
        self.brought = Brought([Spoken(prompt, (ten_words,))], list(self._facts), ["payment_next"], self._result)
        self.open_question = prompt

    def begin(self) -> None:
        self._next("begin")

    def say(self, words: str) -> None:
        self._next(words)

    def press(self, keys: str) -> None:
        self._next(keys)

    def silent(self) -> None:
        self._next("silence")

    def hang_up(self) -> None:
        self.typed.append("hang up")


SCENARIO = """
# A test.
task: payment
calls:
  - steps:
      - {hears: {prompt: ask_matter}, says: "my money"}
      - {hears: {prompt: anything_else}, presses: "2"}
    expects: {result: completed, facts: {payment_state: paid}, heard: [ask_matter, anything_else], never_heard: [sorry]}
"""


def played(tmp_path: Path, call: ScriptedCall, text: str = SCENARIO) -> Cell:
    (tmp_path / "one.yml").write_text(text, encoding="utf-8")
    return play(read_scenario(tmp_path / "one.yml"), lambda language, number: call)


PAID = Fact("payment_state", "paid", "agency:1")
LATE = Fact("payment_state", "late", "agency:1")


def test_a_call_that_meets_all_expectations_is_completed(tmp_path: Path) -> None:
    call = ScriptedCall("ask_matter", "anything_else", facts=(PAID,))
    cell = played(tmp_path, call)
    assert (cell.completed, cell.failure, cell.task, cell.profile) == (True, "", "payment", "mixed")
    assert call.typed == ["begin", "my money", "2", "hang up"]
    assert cell.seconds == 3 * 5.0  # ten words at 150 a minute and a pause, three times


@pytest.mark.parametrize(
    ("call", "failure"),
    [
        (ScriptedCall("ask_matter", "sorry"), "waits for anything_else; said was sorry"),
        (ScriptedCall("ask_matter", "anything_else", result="abandoned", facts=(PAID,)), "result is abandoned"),
        (ScriptedCall("ask_matter", "anything_else"), "the fact payment_state was not told"),
        (ScriptedCall("ask_matter", "anything_else", facts=(LATE,)), "facts are wrong: payment_state is not paid"),
        (ScriptedCall("ask_matter", "anything_else", "sorry", facts=(PAID,)), "sorry was heard"),
    ],
)
def test_the_first_expectation_that_was_not_met_is_named(tmp_path: Path, call: ScriptedCall, failure: str) -> None:
    cell = played(tmp_path, call)
    assert not cell.completed
    assert failure in cell.failure


def test_shares_are_told_by_profile_and_the_worst_one_apart(tmp_path: Path) -> None:
    good = played(tmp_path, ScriptedCall("ask_matter", "anything_else", facts=(PAID,)))
    keys = SCENARIO.replace('says: "my money"', 'presses: "1"')
    bad = played(tmp_path, ScriptedCall("ask_matter", "sorry"), keys)
    told = summary([good, bad])
    assert (told["completed"], told["worst_profile"]) == (0.5, 0.0)
    assert told["by_profile"] == {"keys only": 0.0, "mixed": 1.0}
