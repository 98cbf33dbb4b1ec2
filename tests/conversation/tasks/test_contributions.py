"""The record of paid-in months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.task_records import ContributionDue, Contributions, Gap
from tests.conversation.conftest import Driven
from tests.conversation.tasks.test_appointment import wanted
from tests.conversation.test_whole_matters import command, replied, spoke, understood, verify

Drive = Callable[..., Driven]
GAPS = tuple(Gap(date(year, 3, 1), date(year, 8, 31), "employer_missing") for year in (2019, 2011, 2004, 1998))
FULL = Contributions(412, date(2026, 10, 31), 12, (), None, "agency:/v1/people/p1/contributions")


def fetched(drive: Drive, record: Contributions, key: str = "", **arguments: str) -> Driven:
    driven = drive()
    driven.on(spoke("x"), understood("contributions"), replied(command("contributions", **arguments)))
    assert driven.said() == ["ask_customer_number"], "nothing before the PIN"
    verify(driven)
    if key:
        assert driven.said()[0] == "ask_contributions_part"
        driven.on(happened.KeyPressed(key))
    assert (wanted(driven).what, wanted(driven).person) == ("contributions.record", "p1")
    driven.on(happened.Served("contributions.record", record))
    return driven


def with_gaps(*gaps: Gap) -> Contributions:
    return Contributions(400, date(2026, 10, 31), 11, gaps, None, "agency:x")


def test_the_whole_record_is_a_sum_and_its_last_month(drive: Drive) -> None:
    driven = fetched(drive, FULL, key="1")
    assert driven.said() == ["contributions_total", "anything_else"]
    assert "four hundred twelve months" in driven.text()
    [say] = [one for one in driven.decisions if isinstance(one, decided.Say) and one.facts]
    assert [fact.value for fact in say.facts] == ["412", "2026-10-31"]


def test_the_whole_record_goes_on_with_what_is_missing(drive: Drive) -> None:
    assert fetched(drive, with_gaps(GAPS[0]), key="1").said() == [
        "contributions_total", "contributions_gaps", "ask_gap_help",
    ]  # fmt: skip


def test_three_gaps_are_told_newest_first_and_the_older_ones_by_letter(drive: Drive) -> None:
    driven = fetched(drive, with_gaps(*GAPS), part="gaps")
    assert driven.said() == ["contributions_gaps", "contributions_gaps_older", "ask_gap_help"]
    assert driven.text().count("no employer has told us") == 3
    [say] = [one for one in driven.decisions if isinstance(one, decided.Say) and one.facts]
    assert [fact.value[:4] for fact in say.facts] == ["2019", "2011", "2004"]
    assert {fact.reason for fact in say.facts} == {"employer_missing"}


def test_no_gap_is_said_too(drive: Drive) -> None:
    assert fetched(drive, FULL, part="gaps").said() == ["contributions_no_gaps", "anything_else"]


def test_last_year_is_a_number_of_months(drive: Drive) -> None:
    driven = fetched(drive, FULL, key="2")
    assert driven.said() == ["contributions_year", "anything_else"]
    assert "twelve months" in driven.text()


def test_an_empty_record_says_so(drive: Drive) -> None:
    for part in ("all", "gaps"):
        empty = Contributions(0, None, 0, (), None)
        assert fetched(drive, empty, part=part).said() == ["contributions_none", "anything_else"]


def test_a_gap_leads_to_an_appointment_about_it(drive: Drive) -> None:
    driven = fetched(drive, with_gaps(GAPS[0]), part="gaps")
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["ask_appointment_way"], "what it is about is known"
    driven.on(happened.KeyPressed("2"))
    assert wanted(driven).get("service") == "old_age_pension"


def test_a_gap_leads_to_a_call_back_that_names_it(drive: Drive) -> None:
    driven = fetched(drive, with_gaps(GAPS[0]), part="gaps")
    driven.on(spoke("call me back", "call_back"))
    assert driven.said() == ["ask_call_back_number_this"]
    assert driven.state.reason == "contribution_gap"


def test_what_is_due_is_said_with_day_and_how_to_pay(drive: Drive) -> None:
    record = Contributions(100, date(2026, 10, 31), 12, (), ContributionDue(21_450, date(2026, 12, 7)), "agency:x")
    driven = fetched(drive, record, part="due")
    assert driven.said() == ["contributions_due", "anything_else"]
    assert driven.text().count("two hundred fourteen euros fifty") == 2
    assert "Monday the seventh of December" in driven.text()
    assert "slip in our letter" in driven.text()


def test_what_is_overdue_is_said_kindly(drive: Drive) -> None:
    record = Contributions(100, date(2026, 10, 31), 12, (), ContributionDue(18_900, date(2026, 11, 16)), "agency:x")
    assert fetched(drive, record, key="4").said() == ["contributions_overdue", "anything_else"]


def test_nothing_due_is_said(drive: Drive) -> None:
    assert fetched(drive, FULL, part="due").said() == ["contributions_nothing_due", "anything_else"]


def test_why_after_the_sum_says_that_it_is_no_pension(drive: Drive) -> None:
    driven = fetched(drive, FULL, key="1")
    driven.on(happened.KeyPressed("5"))
    assert "It does not say how high a pension will be" in driven.text()
