"""Our adapter and our logic over the rules as they are served."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.errors import RulesFailed
from ivr.records import CheckStep
from ivr.services.pre_check import PreCheck
from ivr.services.rule_questions import MOST_QUESTIONS, load_tables
from ivr.services.rules import Inputs
from ivr.services.rules_http import HttpRules
from ivr.services.three_valued import Answers
from tests.rules.conftest import ROOT

TODAY = date(2026, 11, 24)
TABLES = load_tables(ROOT / "rules" / "questions")
SLOW_PART = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

INPUTS: Mapping[str, Mapping[str, st.SearchStrategy[int | bool]]] = {
    "old_age_pension": {
        "age": st.integers(0, 110),
        "contribution_years": st.integers(0, 60),
        "enough_years_with_more": st.booleans(),
    },
    "unemployment": {
        "age": st.integers(0, 110),
        "job_ended": st.booleans(),
        "looks_for_work": st.booleans(),
        "months_worked": st.integers(0, 24),
    },
    "child": {
        "child_age": st.integers(0, 40),
        "child_lives_here": st.booleans(),
        "child_in_training": st.booleans(),
        "paid_elsewhere": st.booleans(),
    },
    "disability": {
        "age": st.integers(0, 110),
        "months_ill": st.integers(0, 60),
        "doctors_report": st.booleans(),
        "weekly_hours": st.integers(0, 60),
    },
}


def by_hand(benefit: str, has: Inputs) -> bool:
    """The rules of November 2026 once more, written without OpenFisca."""
    if benefit == "old_age_pension":
        return has["age"] >= 65 and bool(has["contribution_years"] >= 15 or has["enough_years_with_more"])
    if benefit == "unemployment":
        return bool(has["job_ended"] and has["looks_for_work"]) and has["months_worked"] >= 12 and has["age"] < 65
    if benefit == "child":
        young = has["child_age"] < 18 or (has["child_in_training"] and has["child_age"] < 25)
        return bool(has["child_lives_here"] and young and not has["paid_elsewhere"])
    return has["months_ill"] >= 6 and bool(has["doctors_report"]) and has["weekly_hours"] <= 15 and has["age"] < 65


BENEFITS = st.sampled_from(sorted(INPUTS))


@st.composite
def people(draw: st.DrawFn) -> tuple[str, Inputs]:
    """Somebody who asks for a benefit, with everything that its rule needs."""
    benefit = draw(BENEFITS)
    return benefit, {name: draw(values) for name, values in INPUTS[benefit].items()}


# --- no answer rests on a defaulted input


@SLOW_PART
@given(st.lists(people(), min_size=1, max_size=8), st.data())
def test_an_input_that_anybody_left_out_is_never_guessed(
    rules: HttpRules, drawn: list[tuple[str, Inputs]], data: st.DataObject
) -> None:
    benefit = drawn[0][0]
    situations = [dict(has) for asked, has in drawn if asked == benefit]
    complete = rules.decide(benefit, situations, TODAY)
    assert complete.outcomes == tuple(by_hand(benefit, has) for has in situations)
    left_out = data.draw(st.sampled_from(sorted(INPUTS[benefit])))
    for at in data.draw(st.sets(st.integers(0, len(situations) - 1), min_size=1)):
        del situations[at][left_out]
    with pytest.raises(RulesFailed, match=f"guessed {left_out}"):
        rules.decide(benefit, situations, TODAY)


@SLOW_PART
@given(people(), st.data())
def test_a_verdict_is_true_of_the_caller_whatever_stayed_open(
    rules: HttpRules, who: tuple[str, Inputs], data: st.DataObject
) -> None:
    benefit, has = who
    check = pre_check(rules)
    answers: dict[str, bool | None] = {}
    while (step := check.step(benefit, TODAY, answers)).what == "ask":
        truth = true_answer(benefit, step, has)
        answers[step.fact] = data.draw(st.sampled_from([truth, truth, None]))
    assert len(answers) <= MOST_QUESTIONS
    if step.what != "cannot_say":
        assert (step.what == "likely") is by_hand(benefit, has)
    if None not in answers.values():
        assert step.what != "cannot_say"


def true_answer(benefit: str, step: CheckStep, has: Inputs) -> bool:
    """What a truthful caller says."""
    question = TABLES[benefit].question(step.fact)
    own = has[question.input]
    if not question.comparison:
        return bool(own)
    compare: Mapping[str, Callable[[int], bool]] = {
        "at_least": lambda limit: own >= limit,
        "below": lambda limit: own < limit,
        "at_most": lambda limit: own <= limit,
    }
    return compare[question.comparison](int(step.value))


def pre_check(rules: HttpRules) -> PreCheck:
    return PreCheck(rules, TABLES, time.monotonic)


def through(check: PreCheck, benefit: str, answers: Answers) -> list[CheckStep]:
    """Step by step until the end, each question answered from the list."""
    given: dict[str, bool | None] = {}
    steps = [check.step(benefit, TODAY, given)]
    while steps[-1].what == "ask":
        given[steps[-1].fact] = answers[steps[-1].fact]
        steps.append(check.step(benefit, TODAY, given, steps[-1].stamp))
    return steps


# --- dates, versions, reasons


def test_the_question_names_the_number_that_holds_today(rules: HttpRules) -> None:
    check = pre_check(rules)
    asked = {year: check.step("old_age_pension", date(year, 1, 15), {}).value for year in (2024, 2026, 2031)}
    assert asked == {2024: "64", 2026: "65", 2031: "66"}


def test_a_result_names_the_rule_its_numbers_and_their_versions(rules: HttpRules) -> None:
    *_, result = through(pre_check(rules), "old_age_pension", {"pension_age": True, "pension_years": True})
    assert (result.what, result.prompt) == ("likely", "rule_pension")
    verdict, *numbers = result.facts
    assert (verdict.name, verdict.value, verdict.reason) == ("pre_check", "likely", "rule_pension")
    assert (verdict.source, verdict.rule) == ("rules:openfisca_arland/1.0.0", "old_age_pension@2016-01-01")
    assert {(number.rule, number.value) for number in numbers} == {
        ("old_age_pension.minimum_age@2025-01-01", "65"),
        ("old_age_pension.minimum_years@2016-01-01", "15"),
    }


@pytest.mark.parametrize(
    ("benefit", "answers", "what", "reason", "questions"),
    [
        ("old_age_pension", {"pension_age": False}, "unlikely", "rule_pension_age", 1),
        (
            "old_age_pension",
            {"pension_age": True, "pension_years": False, "pension_more_years": None},
            "cannot_say", "rule_pension_years", 3,
        ),
        ("child", {"child_lives_here": False}, "unlikely", "rule_child_lives_here", 1),
        (
            "child",
            {"child_lives_here": True, "child_young": False, "child_in_training": True,
             "child_young_in_training": True, "paid_elsewhere": False},
            "likely", "rule_child", 5,
        ),
        (
            "disability",
            {"long_illness": True, "doctors_report": None, "few_hours": True, "below_pension_age": True},
            "cannot_say", "rule_doctors_report", 4,
        ),
        (
            "disability",
            {"long_illness": True, "doctors_report": None, "few_hours": False},
            "unlikely", "rule_few_hours", 3,
        ),
        (
            "unemployment",
            {"job_ended": True, "looks_for_work": True, "months_worked": True, "below_pension_age": False},
            "unlikely", "rule_below_pension_age", 4,
        ),
    ],
)  # fmt: skip
def test_the_rule_that_decided_is_the_reason(
    rules: HttpRules, benefit: str, answers: Answers, what: str, reason: str, questions: int
) -> None:
    steps = through(pre_check(rules), benefit, {**dict.fromkeys(TABLES[benefit].facts, None), **answers})
    assert (steps[-1].what, steps[-1].prompt, len(steps) - 1) == (what, reason, questions)


def test_a_benefit_that_has_ended_is_said_to_exist_no_longer(rules: HttpRules) -> None:
    assert pre_check(rules).step("heating_allowance", TODAY, {}).what == "ended"
    assert not rules.in_force("heating_allowance", date(2024, 12, 31)).ended


def test_openfiscas_no_for_an_ended_benefit_is_refused(rules: HttpRules) -> None:
    """OpenFisca answers "no" without looking at anything."""
    with pytest.raises(RulesFailed, match="guessed heating_allowance"):
        rules.decide("heating_allowance", [{"age": 70}], TODAY)


def test_a_benefit_that_nobody_knows_is_refused(rules: HttpRules) -> None:
    with pytest.raises(RulesFailed, match="status 404"):
        pre_check(rules).step("lottery", TODAY, {})


def test_seven_facts_are_decided_in_one_request_within_a_second(rules: HttpRules) -> None:
    situations = [{"age": 60 + at % 10, "contribution_years": at, "enough_years_with_more": False} for at in range(128)]
    rules.decide("old_age_pension", situations, TODAY)
    began = time.monotonic()
    assert len(rules.decide("old_age_pension", situations, TODAY).outcomes) == 128
    assert time.monotonic() - began < 1.0
