"""A report of income or of a change, from the wish to the receipt."""

from __future__ import annotations

from datetime import date

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation.tasks.income_report import month_before
from ivr.records import ReportTaken
from tests.conversation.conftest import Driven
from tests.conversation.tasks.driving import Drive, asked_for, brought, command, keyed, pressed, spoke, wanted
from tests.conversation.test_whole_matters import verify

SAME = ReportTaken("7000003", date(2026, 11, 24), "unchanged", date(2026, 12, 3), "agency:reports#1")
HAND_IN = "income_report.hand_in"


@pytest.fixture
def reporting(drive: Drive) -> Driven:
    driven = asked_for(drive, command("income_report"))
    assert driven.said() == ["ask_customer_number"], "nothing is taken before identity"
    verify(driven)
    assert driven.said() == ["ask_report_kind"]
    return driven


def test_income_by_keys_is_read_back_and_its_effect_told(reporting: Driven) -> None:
    pressed(reporting, "1", "2")
    assert reporting.said() == ["ask_income_amount"]
    keyed(reporting, "250")
    assert "In October you earned two hundred fifty euros." in reporting.text()
    request = wanted(pressed(reporting, "1"))
    assert dict(request.arguments) == {"kind": "income", "when": "2026-10", "amount": "25000"}
    assert request.person == "p1"
    brought(reporting, HAND_IN, SAME)
    assert reporting.said() == ["report_taken", "income_same", "anything_else"]
    assert "Thursday the third of December" in reporting.text()
    facts = [fact for one in reporting.decisions if isinstance(one, decided.Say) for fact in one.facts]
    assert {(fact.name, fact.value, fact.rule) for fact in facts} == {
        ("report_received", "2026-11-24", ""),
        ("report_effect", "unchanged", "income_allowance"),
        ("next_payment", "2026-12-03", ""),
    }


def test_a_change_by_speech_is_looked_at_by_a_person(reporting: Driven) -> None:
    reporting.on(spoke("work began or ended", "work"))
    reporting.on(spoke("the first of november", "2026-11-01"))
    assert reporting.said() == ["check_change"]
    reporting.on(spoke("yes", "yes"))
    assert dict(wanted(reporting).arguments) == {"kind": "work", "when": "2026-11-01", "amount": "0"}
    brought(reporting, HAND_IN, ReportTaken("7000003", date(2026, 11, 24), "review"))
    assert reporting.said() == ["report_taken", "income_review", "anything_else"]
    pressed(reporting, "5")
    assert "A person decides" in reporting.text()


def test_what_was_heard_wrong_is_asked_again_and_only_the_new_amount_goes_in(reporting: Driven) -> None:
    pressed(reporting, "1", "1")
    keyed(reporting, "900")
    pressed(reporting, "2")
    assert reporting.said() == ["ask_income_period"]
    pressed(reporting, "3")
    keyed(reporting, "90")
    assert dict(wanted(pressed(reporting, "1")).arguments) == {"kind": "income", "when": "2026-09", "amount": "9000"}


def test_where_the_agency_is_away_the_caller_hears_that_it_is_kept(reporting: Driven) -> None:
    pressed(reporting, "1", "1")
    keyed(reporting, "80")
    pressed(reporting, "1")
    brought(reporting, HAND_IN, ReportTaken("7000003", None))
    assert reporting.said() == ["report_kept", "anything_else"]
    assert reporting.text().count("seven zero zero") == 2


def test_back_leads_to_the_question_before(reporting: Driven) -> None:
    pressed(reporting, "1", "2")
    reporting.on(spoke("back", wish="back"))
    assert reporting.said() == ["ask_income_period"]
    pressed(reporting, "9")
    assert reporting.said() == ["ask_report_kind"]
    keyed(pressed(reporting, "1", "2"), "250")
    pressed(reporting, "9")
    assert reporting.said() == ["ask_income_amount"]


def test_months_are_counted_back_over_the_end_of_a_year() -> None:
    assert [month_before("2027-01-31", back) for back in (0, 1, 2)] == ["2027-01", "2026-12", "2026-11"]
