"""A quick check from the wish to its result, and on to an application or a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.states import state_from_json
from ivr.records import CheckStep
from ivr.vocabulary import Fact, PromptMessage
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import command, replied, spoke, understood

Drive = Callable[..., Driven]
LIVES = PromptMessage("ask_child_lives_with_you", "yes_no", "child_lives_with_you")
CLAIMS = PromptMessage("ask_other_parent_claims", "yes_no", "other_parent_claims")
AGE = CheckStep("ask", "check_pension_age", "pension_age", "65", "v1")
YEARS = CheckStep("ask", "check_pension_years", "pension_years", "15", "v1")
FACT = Fact("pre_check", "unlikely", "rules:openfisca_arland/1.0.0", "old_age_pension@2016-01-01", "rule_pension_years")
UNLIKELY = CheckStep("unlikely", "rule_pension_years", "pension_years", "15", "v1", facts=(FACT,))
LIKELY = CheckStep("likely", "rule_pension", "pension_years", "", "v1")
OPEN = CheckStep("cannot_say", "rule_pension_years", "pension_years", "15", "v1")


def asked_for(drive: Drive, benefit: str = "old_age_pension") -> Driven:
    driven = drive()
    driven.on(spoke("check it"), understood("pre_check"), replied(command("pre_check", benefit=benefit)))
    return driven


def step(driven: Driven, brought: CheckStep) -> decided.Request:
    """The request that is out, and its answer."""
    wanted = driven.work()
    assert isinstance(wanted, decided.Request)
    assert wanted.what == "pre_check.step"
    driven.on(happened.Served("pre_check.step", brought))
    return wanted


def test_fact_by_fact_to_a_result_with_its_reason_and_never_a_decision(drive: Drive) -> None:
    driven = asked_for(drive)
    assert driven.said() == ["pre_check_intro"]
    assert "no decision" in driven.text()
    wanted = step(driven, AGE)
    assert (wanted.get("benefit"), wanted.get("today"), wanted.get("answers")) == ("old_age_pension", "2026-11-24", "")
    assert "Are you sixty-five years old or older?" in driven.text()
    driven.on(happened.KeyPressed("1"))
    assert step(driven, YEARS).get("answers") == "pension_age=yes"
    driven.on(happened.KeyPressed("2"))
    assert step(driven, UNLIKELY).get("answers") == "pension_age=yes,pension_years=no"
    assert driven.said() == ["pre_check_unlikely", "rule_pension_years", "pre_check_next"]
    assert "This is not a decision" in driven.text()
    assert "fifteen years" in driven.text()
    [facts] = [one.facts for one in driven.decisions if isinstance(one, decided.Say) and one.facts]
    assert facts == (FACT,)


@pytest.mark.parametrize("result", [LIKELY, UNLIKELY, OPEN])
def test_every_result_says_that_it_is_no_decision(drive: Drive, result: CheckStep) -> None:
    driven = asked_for(drive)
    step(driven, result)
    assert "This is not a decision" in driven.text()
    assert driven.state.result == "completed"


@pytest.mark.parametrize(("key", "said"), [("1", "yes"), ("2", "no"), ("3", "dont_know")])
def test_three_keys_answer_every_fact(drive: Drive, key: str, said: str) -> None:
    driven = asked_for(drive)
    step(driven, AGE)
    driven.on(happened.KeyPressed(key))
    assert step(driven, YEARS).get("answers") == f"pension_age={said}"


def test_words_answer_every_fact(drive: Drive) -> None:
    driven = asked_for(drive)
    step(driven, AGE)
    driven.on(spoke("i do not know", value="dont_know"))
    assert step(driven, YEARS).get("answers") == "pension_age=dont_know"


def test_without_a_benefit_it_is_asked_for(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("check it"), understood("pre_check"), replied(command("pre_check")))
    assert driven.said() == ["pre_check_benefit"]
    driven.on(happened.KeyPressed("3"))
    assert step(driven, AGE).get("benefit") == "child"


def test_by_keys_alone_it_is_offered_before_an_application(drive: Drive) -> None:
    driven = drive()
    driven.on(happened.KeyPressed("2"), happened.KeyPressed("2"))
    assert driven.said() == ["pre_check_first"]
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["pre_check_benefit"]


def test_without_the_check_the_application_begins(drive: Drive) -> None:
    driven = drive()
    driven.on(happened.KeyPressed("2"), happened.KeyPressed("2"), happened.KeyPressed("2"))
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert (told.event, dict(told.entities)) == ("choose", {"matter": "apply"})


def test_back_asks_the_fact_before_again_and_at_the_first_one_the_benefit(drive: Drive) -> None:
    driven = asked_for(drive)
    step(driven, AGE)
    driven.on(happened.KeyPressed("1"))
    step(driven, YEARS)
    driven.on(happened.KeyPressed("9"))
    assert step(driven, AGE).get("answers") == ""
    assert driven.said() == ["check_pension_age"]
    driven.on(happened.KeyPressed("9"))
    assert driven.said() == ["pre_check_benefit"]


def test_why_at_a_fact_says_why_the_rule_needs_it(drive: Drive) -> None:
    driven = asked_for(drive)
    step(driven, AGE)
    driven.on(happened.KeyPressed("5"))
    assert "The rule says that the pension begins at this age." in driven.text()


def test_why_after_a_result_names_the_rule(drive: Drive) -> None:
    driven = asked_for(drive)
    step(driven, UNLIKELY)
    driven.on(happened.KeyPressed("5"))
    assert "The rule on years of work decided it." in driven.text()
    assert driven.said()[-1] == "pre_check_next"


def test_whatever_the_result_the_caller_may_apply(drive: Drive) -> None:
    driven = asked_for(drive)
    step(driven, UNLIKELY)
    driven.on(happened.KeyPressed("1"))
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert (told.event, dict(told.entities)) == ("choose", {"matter": "apply_old_age_pension"})


def test_what_was_told_in_the_check_is_not_asked_again_by_the_form(drive: Drive) -> None:
    driven = asked_for(drive, "child")
    step(driven, CheckStep("ask", "check_child_lives_here", "child_lives_here", "", "v1"))
    driven.on(happened.KeyPressed("1"))
    step(driven, CheckStep("ask", "check_paid_elsewhere", "paid_elsewhere", "", "v1"))
    driven.on(happened.KeyPressed("3"))
    step(driven, OPEN)
    driven.on(happened.KeyPressed("1"), replied(command("open_draft", what="child"), LIVES, form="child_form"))
    driven.on(happened.DraftOpened("4711081"), happened.KeyPressed("1"))
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert (told.event, dict(told.entities)) == ("answer", {"child_lives_with_you": "held"})
    assert driven.state.draft is not None
    assert driven.state.draft.answers == {"child_lives_with_you": "yes"}
    driven.on(replied(CLAIMS, form="child_form"))
    assert driven.said() == ["ask_other_parent_claims"]


def test_or_speak_with_a_person_or_leave_it(drive: Drive) -> None:
    driven = asked_for(drive)
    step(driven, OPEN)
    driven.on(happened.KeyPressed("2"))
    assert isinstance(driven.work(), decided.FindStaff)
    other = asked_for(drive)
    step(other, LIKELY)
    other.on(happened.KeyPressed("3"))
    assert other.said() == ["anything_else"]


def test_a_benefit_that_has_ended_is_said_to_exist_no_longer(drive: Drive) -> None:
    driven = asked_for(drive, "heating_allowance")
    step(driven, CheckStep("ended"))
    assert driven.said() == ["pre_check_ended", "offer_person"]


def test_rules_that_are_away_lead_to_an_appointment_or_a_call_back_and_no_guess(drive: Drive) -> None:
    driven = asked_for(drive)
    driven.on(happened.StageFailed("rules-failed"))
    assert driven.said() == ["pre_check_away", "pre_check_away_next"]
    driven.on(happened.KeyPressed("2"))
    assert driven.said() == ["ask_call_back_number_this"]
    other = asked_for(drive)
    other.on(happened.StageFailed("agency-failed"), happened.KeyPressed("1"))
    told = other.work()
    assert isinstance(told, decided.Tell)
    assert dict(told.entities) == {"matter": "appointment"}


def test_where_the_rules_changed_in_between_earlier_answers_are_dropped(drive: Drive) -> None:
    driven = asked_for(drive)
    step(driven, AGE)
    driven.on(happened.KeyPressed("1"))
    wanted = step(driven, CheckStep("ask", "check_pension_age", "pension_age", "66", "v2", anew=True))
    assert wanted.get("stamp") == "v1"
    driven.on(happened.KeyPressed("2"))
    asked = step(driven, UNLIKELY)
    assert (asked.get("answers"), asked.get("stamp")) == ("pension_age=no", "v2")


def test_another_process_goes_on_with_the_next_fact(drive: Drive) -> None:
    driven = asked_for(drive)
    step(driven, AGE)
    driven.on(happened.KeyPressed("1"))
    assert state_from_json(driven.state.to_json()).tasks == driven.state.tasks
    assert step(driven, YEARS).get("answers") == "pension_age=yes"
