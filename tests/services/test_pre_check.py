"""How long what the rules said is believed, and what happens when they change in the middle of a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from ivr.errors import RulesFailed
from ivr.services.pre_check import KEPT_S, PreCheck
from ivr.services.rule_questions import QuestionTable, RuleQuestion
from ivr.services.rules import Inputs, Number, RuleInForce, Said

TODAY = date(2026, 11, 24)
TABLE = QuestionTable(
    "pension",
    "rule_all",
    (
        RuleQuestion("old", "ask_old", "rule_old", "age", "at_least", "limit"),
        RuleQuestion("rich", "ask_rich", "rule_rich", "rich"),
    ),
)


@dataclass
class OwnRules:
    """Old enough and not rich."""

    limit: int = 65
    since: str = "2025-01-01"
    away: bool = False
    asked: list[str] = field(default_factory=list)

    def in_force(self, benefit: str, day: date) -> RuleInForce:
        if self.away:
            raise RulesFailed("away")
        self.asked.append(benefit)
        return RuleInForce(benefit, "" if benefit == "gone" else "2016-01-01", "own/1")

    def number(self, name: str, day: date) -> Number:
        return Number(name, self.limit, self.since)

    def decide(self, benefit: str, situations: Sequence[Inputs], day: date) -> Said:
        return Said(tuple(one["age"] >= self.limit and not one["rich"] for one in situations), ("limit",))


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_rules_are_asked_once_a_minute_at_most() -> None:
    rules, seconds = OwnRules(), Seconds()
    check = PreCheck(rules, {"pension": TABLE}, seconds)
    for _ in range(3):
        check.step("pension", TODAY, {})
    assert len(rules.asked) == 1
    seconds.now = KEPT_S + 1
    check.step("pension", TODAY, {})
    assert len(rules.asked) == 2


def test_rules_that_go_away_are_believed_for_a_minute_and_no_longer() -> None:
    rules, seconds = OwnRules(), Seconds()
    check = PreCheck(rules, {"pension": TABLE}, seconds)
    first = check.step("pension", TODAY, {})
    rules.away = True
    assert check.step("pension", TODAY, {"old": True}, first.stamp).fact == "rich"
    seconds.now = KEPT_S + 1
    with pytest.raises(RulesFailed):
        check.step("pension", TODAY, {"old": True}, first.stamp)


def test_answers_to_another_number_are_asked_for_anew() -> None:
    """ "Are you sixty-five?" says nothing of sixty-seven."""
    rules, seconds = OwnRules(), Seconds()
    check = PreCheck(rules, {"pension": TABLE}, seconds)
    first = check.step("pension", TODAY, {})
    rules.limit, rules.since, seconds.now = 67, "2026-11-01", KEPT_S + 1
    step = check.step("pension", TODAY, {"old": True}, first.stamp)
    assert (step.what, step.fact, step.value, step.anew) == ("ask", "old", "67", True)
    assert check.step("pension", TODAY, {"old": False}, step.stamp).what == "unlikely"


def test_the_reason_is_the_answer_that_decided_and_likely_has_one_for_all() -> None:
    check = PreCheck(OwnRules(), {"pension": TABLE}, Seconds())
    assert check.step("pension", TODAY, {"old": True, "rich": True}).prompt == "rule_rich"
    assert check.step("pension", TODAY, {"old": True, "rich": False}).prompt == "rule_all"
    unsure = check.step("pension", TODAY, {"old": None, "rich": False})
    assert (unsure.what, unsure.prompt, unsure.value) == ("cannot_say", "rule_old", "65")


def test_an_ended_benefit_needs_no_table_and_an_unknown_one_is_no_answer() -> None:
    check = PreCheck(OwnRules(), {}, Seconds())
    assert check.step("gone", TODAY, {}).what == "ended"
    with pytest.raises(RulesFailed, match="no table"):
        check.step("pension", TODAY, {})


def test_answers_to_facts_that_a_table_no_longer_has_are_left_out() -> None:
    check = PreCheck(OwnRules(), {"pension": TABLE}, Seconds())
    assert check.step("pension", TODAY, {"no_longer_asked": True}).fact == "old"
