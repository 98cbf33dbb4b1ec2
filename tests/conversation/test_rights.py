"""The caller's rights by voice: from every state, and back to where the call was. And companions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.rights import NOTED, TOLD
from ivr.conversation.states import Phase
from ivr.records import Payments, RightAsked
from ivr.vocabulary import PersonRef, PromptMessage, Secret
from tests.conversation.conftest import Driven
from tests.conversation.test_safety import (
    at_the_number,
    at_the_open_question,
    at_the_pin,
    in_a_form,
    in_hold,
    while_something_is_fetched,
)
from tests.conversation.test_whole_matters import NEXT, command, replied, spoke, understood, verify

Drive = Callable[..., Driven]
QUESTIONS = (at_the_open_question, at_the_number, at_the_pin, in_a_form)


@pytest.mark.parametrize("wish", sorted(TOLD))
@pytest.mark.parametrize("place", QUESTIONS, ids=lambda one: one.__name__)
def test_a_question_about_the_line_is_answered_and_the_open_question_follows(
    drive: Drive, place: Callable[..., Driven], wish: str
) -> None:
    driven = place(drive)
    asked = driven.state.question
    assert asked is not None
    driven.on(spoke("words", wish=wish))
    assert driven.said() == [TOLD[wish], asked.prompt]
    assert driven.state.misses == 0


@pytest.mark.parametrize("wish", sorted(NOTED))
@pytest.mark.parametrize("place", QUESTIONS, ids=lambda one: one.__name__)
def test_a_request_is_kept_and_the_open_question_follows(drive: Drive, place: Callable[..., Driven], wish: str) -> None:
    driven = place(drive)
    asked = driven.state.question
    assert asked is not None
    driven.on(spoke("words", wish=wish))
    wanted = driven.work()
    assert isinstance(wanted, decided.Request)
    driven.on(happened.Served(wanted.what, RightAsked("4711081")))
    assert driven.said() == [{"delete_my_data": "delete_noted"}.get(wish, "stop_calling_noted"), asked.prompt]


def test_the_reference_of_a_deletion_is_said_twice(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x", wish="delete_my_data"), happened.Served("rights.delete", RightAsked("4711081")))
    assert driven.text().count("four seven one") == 2


def test_a_withheld_number_is_said_to_be_unknown(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x", wish="stop_calling_me"), happened.Served("rights.stop_calling", RightAsked("", done=False)))
    assert driven.said() == ["stop_calling_no_number", "ask_matter"]


def test_the_store_away_is_said_and_nothing_is_promised(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x", wish="delete_my_data"), happened.StageFailed("store-failed"))
    assert driven.said() == ["rights_not_noted", "ask_matter"]


def test_work_that_was_under_way_is_taken_up_again_behind_it(drive: Drive) -> None:
    driven = while_something_is_fetched(drive)
    driven.on(spoke("x", wish="stop_calling_me"), happened.Served("rights.stop_calling", RightAsked("")))
    assert driven.said() == ["stop_calling_noted"]
    assert isinstance(driven.work(), decided.Understand)


def test_a_question_about_the_line_leaves_it_waiting_for_papers(drive: Drive) -> None:
    driven = in_hold(drive)
    driven.on(spoke("who is listening", wish="who_listens"))
    assert driven.said() == ["who_listens"]
    assert driven.state.phase is Phase.HOLDING


# --- a companion


def with_companion(drive: Drive, key: str) -> Driven:
    driven = drive()
    driven.on(spoke("i call for my mother", wish="for_someone_else"))
    assert driven.said() == ["ask_companion"]
    driven.on(happened.KeyPressed(key))
    return driven


def wants_payment(driven: Driven) -> None:
    driven.on(spoke("her payment"), understood("payment_next"), replied(command("fetch", what="payments_next")))


def test_the_citizen_beside_keys_her_pin_and_says_that_the_other_may_listen(drive: Drive) -> None:
    driven = with_companion(drive, "1")
    assert driven.said() == ["companion_beside", "ask_matter"]
    wants_payment(driven)
    driven.on(happened.DigitsEntered("46858160"), happened.KeyPressed("1"), happened.PinEntered(Secret("434835")))
    driven.on(happened.Verified("verified", PersonRef("p1")))
    assert driven.said() == ["ask_may_listen"]
    driven.on(happened.KeyPressed("1"))
    assert decided.NoteFlag("companion_may_listen") in driven.decisions
    assert driven.work() == decided.Fetch("payments_next", PersonRef("p1"))


def test_without_her_yes_nothing_is_said_and_she_is_called_back(drive: Drive) -> None:
    driven = with_companion(drive, "1")
    wants_payment(driven)
    driven.on(happened.DigitsEntered("46858160"), happened.KeyPressed("1"), happened.PinEntered(Secret("434835")))
    driven.on(happened.Verified("verified", PersonRef("p1")), happened.KeyPressed("2"))
    assert driven.said() == ["ask_call_back_number_this"]


def test_a_companion_alone_hears_nothing_of_the_record_and_the_citizen_is_called(drive: Drive) -> None:
    driven = with_companion(drive, "2")
    assert driven.said() == ["companion_alone", "ask_matter"]
    wants_payment(driven)
    assert driven.said() == ["companion_may_not_hear", "ask_call_back_number"]
    assert driven.state.reason == "call_the_citizen"


def test_a_companion_alone_gets_no_status_words_either(drive: Drive) -> None:
    driven = with_companion(drive, "2")
    driven.on(spoke("x"), understood("no_pin"), replied(command("pin_letter")), happened.KeyPressed("2"))
    assert driven.said()[0] == "companion_may_not_hear"


def test_who_was_identified_before_is_not_once_somebody_calls_for_her(drive: Drive) -> None:
    driven = drive()
    wants_payment(driven)
    verify(driven)
    driven.on(spoke("i call for my mother", wish="for_someone_else"), happened.KeyPressed("2"))
    assert (driven.state.level, driven.state.person, driven.state.privacy_agreed) == (0, "", False)


def test_what_was_told_before_is_not_heard_by_somebody_alone(drive: Drive) -> None:
    for wish in ("why", "again", "back", "simpler", "already_told"):
        driven = drive()
        wants_payment(driven)
        verify(driven)
        driven.on(happened.PaymentsArrived(Payments((NEXT,), (), ())))
        driven.on(replied(PromptMessage("next_scheduled"), command("end_task")))
        assert "three hundred twelve" in driven.text()
        driven.on(spoke("i call for my mother", wish="for_someone_else"), happened.KeyPressed("2"))
        assert (driven.state.companion, driven.state.flags) == ("alone", ["companion_alone"])
        assert (driven.state.why, driven.state.outcome, driven.state.draft) == ("", None, None)
        driven.on(spoke("x", wish=wish))
        assert "three hundred" not in driven.text()


def test_the_consent_holds_for_one_citizen_alone(drive: Drive) -> None:
    driven = with_companion(drive, "1")
    driven.on(spoke("now for my father", wish="another_person"))
    assert driven.state.companion == ""
