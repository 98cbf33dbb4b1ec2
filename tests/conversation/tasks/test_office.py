"""The office finder, without anybody's identity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.task_records import Office, Offices, Open, Place, Places
from tests.conversation.conftest import Driven
from tests.conversation.tasks.test_appointment import ALDERBROOK, FERNLEY, wanted
from tests.conversation.test_whole_matters import command, replied, spoke, understood

Drive = Callable[..., Driven]
TODAY, LATER = date(2026, 11, 24), date(2026, 11, 26)
OPEN = replace(
    ALDERBROOK, open=(Open(TODAY, time(9), time(13)), Open(TODAY, time(14), time(17)), Open(LATER, time(9), time(13)))
)


def looked_up(drive: Drive, *offices: Office) -> Driven:
    driven = drive()
    driven.on(spoke("x"), understood("office_find"), replied(command("office")))
    assert driven.said()[0] == "ask_town"
    driven.on(happened.KeyPressed("1"), happened.DigitsEntered("10110"))
    assert driven.said()[0] == "ask_office_matter"
    driven.on(happened.KeyPressed("1"))
    asked = wanted(driven)
    assert (asked.what, asked.get("postcode"), asked.get("service")) == ("office.near", "10110", "old_age_pension")
    driven.on(happened.Served("office.near", Offices(offices)))
    return driven


def test_by_keys_street_hours_access_and_papers(drive: Drive) -> None:
    driven = looked_up(drive, OPEN)
    assert driven.said() == ["office_found", "ask_office_next"]
    for said in ("Alderbrook", "Market Square", "from nine o'clock in the morning to one o'clock in the afternoon",
                 "from two o'clock in the afternoon", "without steps", "your identity card"):  # fmt: skip
        assert said in driven.text()
    [say] = [one for one in driven.decisions if isinstance(one, decided.Say) and one.facts]
    assert {fact.name for fact in say.facts} == {"office", "office_step_free", "office_open", "paper_to_bring"}


def test_closed_today_says_when_it_opens_next(drive: Drive) -> None:
    driven = looked_up(drive, replace(OPEN, open=OPEN.open[2:], step_free=False))
    assert "It is closed now. It opens next on Thursday the twenty-sixth of November" in driven.text()
    assert "There are steps at the door" in driven.text()


def test_the_nearest_that_does_not_do_it_is_named_and_then_the_right_one(drive: Drive) -> None:
    driven = looked_up(drive, FERNLEY, OPEN)
    assert driven.said() == ["office_wrong", "office_found", "ask_office_next"]
    assert driven.text().index("Fernley") < driven.text().index("Alderbrook")


def test_another_office_is_the_next_one_and_the_last_one_leads_to_a_person(drive: Drive) -> None:
    second = replace(OPEN, id="eastbury", town="Eastbury")
    driven = looked_up(drive, OPEN, second)
    driven.on(happened.KeyPressed("2"), happened.Served("office.near", Offices((OPEN, second))))
    assert "Eastbury" in driven.text()
    driven.on(happened.KeyPressed("2"), happened.Served("office.near", Offices((OPEN, second))))
    assert driven.said() == ["office_none", "offer_person"]


@pytest.mark.parametrize("found", [(), (FERNLEY,)])
def test_no_office_for_it_offers_a_person(drive: Drive, found: tuple[Office, ...]) -> None:
    assert looked_up(drive, *found).said() == ["office_none", "offer_person"]


def test_twin_towns_are_told_apart_by_their_district(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("office_find"), replied(command("office")), spoke("newbridge"))
    assert wanted(driven).what == "office.places"
    twins = Places((Place("Newbridge", "North Vale", "20110"), Place("Newbridge", "South Coast", "30120")))
    driven.on(happened.Served("office.places", twins), happened.KeyPressed("2"))
    assert driven.said()[0] == "ask_office_matter"
    driven.on(spoke("child", "child"))
    assert wanted(driven).get("postcode") == "30120"


def test_one_town_of_that_name_is_not_asked_about(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("office_find"), replied(command("office")), spoke("eastbury"))
    driven.on(happened.Served("office.places", Places((Place("Eastbury", "East Plain", "50110"),))))
    assert driven.said()[0] == "ask_office_matter"


def test_an_appointment_there_begins_with_identity(drive: Drive) -> None:
    driven = looked_up(drive, OPEN)
    driven.on(happened.KeyPressed("3"))
    assert driven.said() == ["ask_customer_number"]
