"""Appointments from the wish to the reference, by keys and by words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.task_records import (
    Appointment,
    Cancelled,
    FreeTimes,
    Held,
    Office,
    Offices,
    Open,
    OwnAppointments,
    Place,
    Places,
    ReminderKept,
)
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import command, replied, spoke, understood, verify

Drive = Callable[..., Driven]
ALL = frozenset({"old_age_pension", "unemployment", "child", "disability"})
FERNLEY = Office(
    "fernley", "Fernley", "Mill Lane", False, frozenset({"child"}), (Open(date(2026, 11, 24), time(9), time(13)),)
)
ALDERBROOK = Office(
    "alderbrook", "Alderbrook", "Market Square", True, ALL, (), ("identity_card",), "agency:/v1/offices/x"
)
TIMES = ("2026-11-26T09:00", "2026-11-26T09:30", "2026-11-26T10:00")
OWN = Appointment(
    "7000003", "alderbrook", "Alderbrook", "Market Square", "child", TIMES[0], ("identity_card",), source="store:x"
)


def asked_for(drive: Drive, *, known: bool = True, **arguments: str) -> Driven:
    """A verified caller whose wish was understood."""
    driven = drive(phone_number_known=known)
    driven.on(spoke("x"), understood("appointment"), replied(command("appointment", **arguments)))
    assert driven.said() == ["ask_customer_number"], "nothing before the PIN"
    verify(driven)
    return driven


def wanted(driven: Driven) -> decided.Request:
    work = driven.work()
    assert isinstance(work, decided.Request)
    return work


def at_the_times(drive: Drive, **more: bool) -> Driven:
    driven = asked_for(drive, **more)
    driven.on(happened.Served("appointment.mine", OwnAppointments(())))
    driven.on(happened.KeyPressed("3"), happened.KeyPressed("1"), happened.KeyPressed("1"))
    driven.on(happened.DigitsEntered("10110"))
    driven.on(happened.Served("appointment.near", Offices((ALDERBROOK,))))
    driven.on(happened.Served("appointment.free", FreeTimes(ALDERBROOK, TIMES)))
    return driven


def read_back(drive: Drive, **more: bool) -> Driven:
    driven = at_the_times(drive, **more)
    driven.on(happened.KeyPressed("1"))
    driven.on(happened.Served("appointment.hold", Held(TIMES[0])))
    return driven


def test_by_keys_alone_from_the_service_to_the_reference_and_the_reminder(drive: Drive) -> None:
    driven = asked_for(drive)
    assert wanted(driven).what == "appointment.mine"
    driven.on(happened.Served("appointment.mine", OwnAppointments(())))
    assert driven.said() == ["ask_appointment_service"]
    driven.on(happened.KeyPressed("3"))
    assert driven.said() == ["ask_appointment_way"]
    driven.on(happened.KeyPressed("1"))
    assert (
        driven.said()
        == [
            "ask_town",
        ]
        or driven.said()[0] == "ask_town"
    )
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["ask_postcode"]
    driven.on(happened.DigitsEntered("10110"))
    assert (wanted(driven).what, wanted(driven).get("service")) == ("appointment.near", "child")
    driven.on(happened.Served("appointment.near", Offices((ALDERBROOK,))))
    assert (wanted(driven).what, wanted(driven).get("office")) == ("appointment.free", "alderbrook")
    driven.on(happened.Served("appointment.free", FreeTimes(ALDERBROOK, TIMES)))
    assert driven.said() == ["ask_appointment_slot", *4 * ["option_press"]]
    assert "Thursday the twenty-sixth of November at nine thirty in the morning" in driven.text().replace(",", "")
    driven.on(happened.KeyPressed("2"))
    assert (wanted(driven).what, wanted(driven).get("at")) == ("appointment.hold", TIMES[1])
    driven.on(happened.Served("appointment.hold", Held(TIMES[1])))
    assert driven.said() == ["ask_appointment_right"]
    assert "at the office in Alderbrook, Market Square" in driven.text()
    driven.on(happened.KeyPressed("1"))
    asked = wanted(driven)
    assert (asked.what, asked.get("at"), asked.get("service"), asked.person) == (
        "appointment.book", TIMES[1], "child", "p1",
    )  # fmt: skip
    driven.on(happened.Served("appointment.book", replace(OWN, at=TIMES[1], can_remind=True)))
    assert driven.said() == ["appointment_booked", "ask_reminder"]
    assert driven.text().count("seven zero zero") == 2, "the reference is said twice"
    assert "your identity card" in driven.text()
    [say] = [one for one in driven.decisions if isinstance(one, decided.Say) and one.facts]
    assert {fact.name: fact.value for fact in say.facts}["appointment_at"] == TIMES[1]
    assert driven.state.result == "completed"
    driven.on(happened.KeyPressed("1"))
    assert (wanted(driven).what, wanted(driven).get("reference")) == ("appointment.remind", "7000003")
    driven.on(happened.Served("appointment.remind", ReminderKept(True)))
    assert driven.said() == ["reminder_set", "anything_else"]


def test_by_words_alone(drive: Drive) -> None:
    driven = asked_for(drive)
    driven.on(happened.Served("appointment.mine", OwnAppointments(())))
    driven.on(spoke("child benefit", "child"), spoke("to the office", "office"))
    driven.on(spoke("newbridge"))
    assert (wanted(driven).what, wanted(driven).get("town")) == ("appointment.places", "newbridge")
    twins = Places((Place("Newbridge", "North Vale", "20110"), Place("Newbridge", "South Coast", "30120")))
    driven.on(happened.Served("appointment.places", twins))
    assert driven.said() == ["ask_which_town", "option_press", "option_press"]
    assert [choice.words for choice in driven.listens().expected.choices] == [("north vale",), ("south coast",)]
    driven.on(spoke("south coast", "30120"))
    assert wanted(driven).get("postcode") == "30120"
    driven.on(happened.Served("appointment.near", Offices((ALDERBROOK,))))
    driven.on(happened.Served("appointment.free", FreeTimes(ALDERBROOK, TIMES)))
    driven.on(spoke("the first one", TIMES[0]))
    driven.on(happened.Served("appointment.hold", Held(TIMES[0])))
    driven.on(spoke("yes", "yes"))
    assert wanted(driven).what == "appointment.book"


def test_a_town_that_nobody_knows_leads_to_the_postcode(drive: Drive) -> None:
    driven = asked_for(drive, wish="new")
    driven.on(spoke("child benefit", "child"), spoke("to the office", "office"), spoke("atlantis"))
    driven.on(happened.Served("appointment.places", Places(())))
    assert driven.said() == ["town_not_found", "ask_postcode"]


def test_who_cannot_travel_takes_the_telephone_and_no_town_is_asked(drive: Drive) -> None:
    driven = asked_for(drive, wish="new")
    driven.on(happened.KeyPressed("1"), happened.KeyPressed("2"))
    assert (wanted(driven).what, wanted(driven).get("office")) == ("appointment.free", "telephone")
    phone = replace(ALDERBROOK, id="telephone", town="", street="")
    driven.on(happened.Served("appointment.free", FreeTimes(phone, TIMES)))
    driven.on(happened.KeyPressed("1"), happened.Served("appointment.hold", Held(TIMES[0])))
    assert "by phone" in driven.text()


def test_a_time_that_was_just_taken_is_followed_by_the_next_ones(drive: Drive) -> None:
    driven = at_the_times(drive)
    driven.on(happened.KeyPressed("1"))
    driven.on(happened.Served("appointment.hold", FreeTimes(ALDERBROOK, TIMES[1:], taken=True)))
    assert driven.said()[:2] == ["slot_taken", "ask_appointment_slot"]
    assert TIMES[0] not in {choice.value for choice in driven.listens().expected.choices}


def test_a_hold_that_lapsed_while_it_was_read_back_is_followed_by_the_next_ones(drive: Drive) -> None:
    driven = read_back(drive)
    driven.on(happened.KeyPressed("1"))
    driven.on(happened.Served("appointment.book", FreeTimes(ALDERBROOK, TIMES[1:], taken=True)))
    assert driven.said()[:2] == ["slot_taken", "ask_appointment_slot"]


def test_later_asks_for_the_times_behind_the_last_one(drive: Drive) -> None:
    driven = at_the_times(drive)
    driven.on(happened.KeyPressed("4"))
    assert (wanted(driven).what, wanted(driven).get("after")) == ("appointment.free", TIMES[2])


def test_no_at_the_read_back_offers_times_again_and_books_nothing(drive: Drive) -> None:
    driven = read_back(drive)
    driven.on(happened.KeyPressed("2"))
    assert wanted(driven).what == "appointment.free"


def test_no_free_time_ends_in_a_call_back(drive: Drive) -> None:
    driven = asked_for(drive, wish="move")
    driven.on(happened.Served("appointment.mine", OwnAppointments((OWN,))))
    driven.on(happened.Served("appointment.free", FreeTimes(ALDERBROOK, ())))
    assert driven.said() == ["appointment_no_slot", "ask_call_back_number_this"]
    assert driven.state.reason == "appointment"


def test_behind_the_last_time_come_the_first_ones_again_and_never_a_loop(drive: Drive) -> None:
    driven = at_the_times(drive)
    driven.on(happened.KeyPressed("4"), happened.Served("appointment.free", FreeTimes(ALDERBROOK, ())))
    assert (wanted(driven).what, wanted(driven).get("after")) == ("appointment.free", "")
    driven.on(happened.Served("appointment.free", FreeTimes(ALDERBROOK, TIMES)))
    assert driven.said()[0] == "ask_appointment_slot"
    driven.on(happened.KeyPressed("4"), happened.Served("appointment.free", FreeTimes(ALDERBROOK, ())))
    driven.on(happened.Served("appointment.free", FreeTimes(ALDERBROOK, ())))
    assert driven.said() == ["appointment_no_slot", "ask_call_back_number_this"]


def test_back_from_the_read_back_leads_to_the_times(drive: Drive) -> None:
    driven = read_back(drive)
    driven.on(happened.KeyPressed("9"))
    assert (wanted(driven).what, wanted(driven).get("after")) == ("appointment.free", "")


def test_a_postcode_without_an_office_for_it_offers_a_person(drive: Drive) -> None:
    driven = asked_for(drive, wish="new")
    driven.on(happened.KeyPressed("4"), happened.KeyPressed("1"), happened.KeyPressed("1"))
    driven.on(happened.DigitsEntered("10240"), happened.Served("appointment.near", Offices((FERNLEY,))))
    assert driven.said() == ["office_none", "offer_person"]


def test_what_is_booked_is_told_before_a_new_one_is_asked_for(drive: Drive) -> None:
    driven = asked_for(drive)
    driven.on(happened.Served("appointment.mine", OwnAppointments((OWN,))))
    assert driven.said() == ["appointment_told", "ask_appointment_change"]
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["appointment_kept", "anything_else"]


def test_moving_keeps_office_and_service_and_names_the_old_one(drive: Drive) -> None:
    driven = asked_for(drive, wish="move")
    driven.on(happened.Served("appointment.mine", OwnAppointments((OWN,))))
    assert driven.said() == ["appointment_told"]
    assert (wanted(driven).what, wanted(driven).get("office")) == ("appointment.free", "alderbrook")
    driven.on(happened.Served("appointment.free", FreeTimes(ALDERBROOK, TIMES[1:])))
    driven.on(happened.KeyPressed("1"), happened.Served("appointment.hold", Held(TIMES[1])), happened.KeyPressed("1"))
    assert (wanted(driven).what, wanted(driven).get("moves")) == ("appointment.book", "7000003")


def test_cancelling_asks_once_and_then_says_that_it_is_done(drive: Drive) -> None:
    driven = asked_for(drive, wish="cancel")
    driven.on(happened.Served("appointment.mine", OwnAppointments((OWN,))))
    assert driven.said() == ["appointment_told", "ask_appointment_cancel"]
    driven.on(happened.KeyPressed("1"))
    assert (wanted(driven).what, wanted(driven).get("reference")) == ("appointment.cancel", "7000003")
    driven.on(happened.Served("appointment.cancel", Cancelled(True)))
    assert driven.said() == ["appointment_cancelled", "anything_else"]


def test_no_keeps_what_was_to_be_cancelled(drive: Drive) -> None:
    driven = asked_for(drive, wish="cancel")
    driven.on(happened.Served("appointment.mine", OwnAppointments((OWN,))), happened.KeyPressed("2"))
    assert driven.said() == ["appointment_kept", "anything_else"]


@pytest.mark.parametrize("wish", ["when", "move", "cancel"])
def test_where_there_is_none_a_new_one_is_offered(drive: Drive, wish: str) -> None:
    driven = asked_for(drive, wish=wish)
    driven.on(happened.Served("appointment.mine", OwnAppointments(())))
    assert driven.said() == ["appointment_none", "ask_appointment_new"]
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["ask_appointment_service"]


def test_where_no_text_can_be_sent_no_reminder_is_offered(drive: Drive) -> None:
    driven = read_back(drive, known=False)
    driven.on(happened.KeyPressed("1"), happened.Served("appointment.book", OWN))
    assert driven.said() == ["appointment_booked", "anything_else"]


def test_back_leads_to_the_question_before(drive: Drive) -> None:
    driven = asked_for(drive, wish="new")
    driven.on(happened.KeyPressed("3"), happened.KeyPressed("9"))
    assert driven.said() == ["ask_appointment_service"]
    driven.on(happened.KeyPressed("3"), happened.KeyPressed("1"), happened.KeyPressed("9"))
    assert driven.said() == ["ask_appointment_way"]
