"""Danger, despair, violence, fraud: one turn, one sentence with the number, a person before all others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.safety import NEVER_AUTOMATED, SENTENCES
from ivr.conversation.states import Phase
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import apply_for_pension, command, replied, spoke, understood

Drive = Callable[..., Driven]
HEARD = sorted(set(SENTENCES) - {"distress", "fraud_misuse"})


def at_the_open_question(drive: Drive) -> Driven:
    return drive()


def at_the_number(drive: Drive) -> Driven:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    return driven


def at_the_pin(drive: Drive) -> Driven:
    driven = at_the_number(drive)
    driven.on(happened.DigitsEntered("46858160"), happened.KeyPressed("1"))
    assert driven.said() == ["ask_pin"]
    return driven


def in_a_form(drive: Drive) -> Driven:
    driven = drive()
    apply_for_pension(driven)
    return driven


def in_hold(drive: Drive) -> Driven:
    driven = drive()
    driven.on(happened.KeyPressed("6"))
    assert driven.state.phase is Phase.HOLDING
    return driven


def while_something_is_fetched(drive: Drive) -> Driven:
    driven = drive()
    driven.on(spoke("my payment"))
    assert driven.state.phase is Phase.WORKING
    return driven


def at_good_bye(drive: Drive) -> Driven:
    driven = drive()
    driven.on(spoke("bye", wish="goodbye"))
    assert driven.state.phase is Phase.LEAVING
    return driven


PLACES = (
    at_the_open_question, at_the_number, at_the_pin, in_a_form, in_hold, while_something_is_fetched, at_good_bye,
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("kind", HEARD)
def test_one_turn_one_sentence_and_no_question_from_everywhere(
    drive: Drive, place: Callable[..., Driven], kind: str
) -> None:
    driven = place(drive)
    driven.on(spoke("words", wish=kind))
    assert driven.said() == [SENTENCES[kind]]
    assert isinstance(driven.work(), decided.FindStaff)
    assert decided.NoteFlag(kind) in driven.decisions
    driven.on(happened.StaffFound(True))
    assert driven.said() == ["handing_over"]
    assert decided.Leave("staff", kind) in driven.decisions


@pytest.mark.parametrize("kind", HEARD)
def test_closed_a_call_back_before_all_others_is_booked_without_a_question(drive: Drive, kind: str) -> None:
    driven = drive()
    driven.on(spoke("words", wish=kind), happened.StaffFound(False, "2026-11-25T08:00"))
    booking = driven.work()
    assert isinstance(booking, decided.BookCallBack)
    assert booking.reason == f"priority_{kind}"
    driven.on(happened.CallBackBooked("4711081"))
    assert "call_back_booked" in driven.said()


def test_despair_hears_the_number_in_the_first_sentence_and_again_where_nobody_is_there(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("i want to die", wish="self_harm"))
    assert "one one six" in driven.text()
    driven.on(happened.StaffFound(False))
    assert "one one two" in driven.text()


def test_the_desk_that_does_not_answer_is_no_reason_to_ask_questions(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("words", wish="violence"), happened.StageFailed("agency-failed"))
    assert isinstance(driven.work(), decided.BookCallBack)


def test_a_fraud_that_goes_on_is_answered_with_hang_up_on_them(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("they want my pin"), understood("scam_now", 0.45))
    assert "hang up on them" in driven.text()
    assert "We never ask for your PIN" in driven.text()


def test_a_caller_who_is_told_what_to_say_is_warned(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("he told me what to say", wish="coached"))
    assert "be careful" in driven.text()


@pytest.mark.parametrize("kind", sorted(NEVER_AUTOMATED))
@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
def test_what_no_machine_may_do_goes_to_a_person_with_its_reason(
    drive: Drive, place: Callable[..., Driven], kind: str
) -> None:
    driven = place(drive)
    driven.on(spoke("words", wish=kind))
    assert decided.NoteFlag(kind) in driven.decisions, "staff see it, and no new address is taken in this call"
    driven.on(happened.StaffFound(True))
    assert driven.said() == [f"reason_{kind}", "handing_over"]
    assert decided.Leave("staff", kind) in driven.decisions


@pytest.mark.parametrize("kind", sorted(NEVER_AUTOMATED))
def test_the_same_by_understanding_already_at_the_ask_band(drive: Drive, kind: str) -> None:
    driven = drive()
    driven.on(spoke("words"), understood(kind, 0.45))
    driven.on(replied(command("hand_over", reason=kind)), happened.StaffFound(True))
    assert driven.said() == [f"reason_{kind}", "handing_over"]


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("wish", ["back", "corrected:46858161", "simpler", "swearing", "quiet", "wait", "why"])
def test_a_hand_over_under_way_is_not_lost(drive: Drive, place: Callable[..., Driven], wish: str) -> None:
    driven = place(drive)
    driven.on(spoke("words", wish="violence"), spoke("x", wish=wish))
    assert (driven.state.work or {})["kind"] == "FindStaff"
    driven.on(happened.KeyPressed("9"), happened.StaffFound(True))
    assert decided.Leave("staff", "violence") in driven.decisions


def test_a_call_back_that_is_being_booked_is_not_lost_by_back(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("words", wish="violence"), happened.StaffFound(False), happened.KeyPressed("9"))
    assert driven.said() == ["one_moment"]
    driven.on(happened.CallBackBooked("4711081"))
    assert "call_back_booked" in driven.said()


def test_the_number_of_the_emergency_is_said_again_on_again(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("words", wish="danger"))
    assert driven.state.said[0][0] == "reason_distress"


def test_a_key_for_a_person_does_not_take_an_alarm_its_place(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("he is hitting me", wish="violence"))
    assert driven.state.reason == "violence"
    driven.on(happened.KeyPressed("0"))
    assert driven.state.reason == "violence"
