""" "Now for my husband": nothing of the first person is left, whatever the call was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.another_person import KEPT
from ivr.conversation.prompts import Prompts
from ivr.conversation.states import ConversationState, Phase
from ivr.records import Payments
from ivr.vocabulary import PersonRef, PromptMessage
from tests.conversation.conftest import Driven
from tests.conversation.test_states import conversation, events
from tests.conversation.test_whole_matters import NEXT, apply_for_pension, command, replied, spoke, understood, verify

Drive = Callable[..., Driven]
ANY_COURSE = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(drive: Drive) -> Driven:
    """The first person has heard her payment."""
    driven = drive()
    driven.on(spoke("my payment"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    verify(driven)
    driven.on(happened.PaymentsArrived(Payments((NEXT,), (), ())))
    driven.on(replied(PromptMessage("next_scheduled"), command("end_task")))
    assert "three hundred twelve" in driven.text()
    return driven


def test_the_record_is_closed_and_rasa_begins_anew(drive: Drive) -> None:
    driven = told(drive)
    before = driven.state.dialogue
    driven.on(spoke("now for my husband", wish="another_person"))
    assert driven.said() == ["another_person", "ask_matter"]
    assert decided.ForgetDialogue(str(before)) in driven.decisions
    assert driven.state.dialogue == before + 1
    assert (driven.state.person, driven.state.level, driven.state.customer_number) == ("", 0, "")


def test_nothing_of_the_first_person_is_heard_by_again_why_back_or_simpler(drive: Drive) -> None:
    for wish in ("again", "why", "back", "simpler", "again"):
        driven = told(drive)
        driven.on(spoke("now for my husband", wish="another_person"), spoke("x", wish=wish))
        words = driven.text()
        assert "three hundred" not in words
        assert "December" not in words
        assert "pension" not in words.replace("For your pension", "")


def test_the_next_matter_asks_for_number_pin_and_privacy_anew(drive: Drive) -> None:
    driven = told(drive)
    driven.on(spoke("now for my husband", wish="another_person"))
    driven.on(spoke("his payment"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    assert driven.said() == ["ask_customer_number"]
    verify(driven)


def test_it_is_understood_in_other_words_too_and_leaves_a_form(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(happened.DigitsEntered("03051958"))
    driven.on(spoke("here is my wife now", wish="another_person"))
    assert driven.state.draft is None
    assert driven.state.active_form == ""
    assert "1958" not in driven.state.to_json()


def test_an_answer_for_the_first_person_that_comes_late_is_not_heard(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("my payment"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    verify(driven)
    driven.on(spoke("now for my husband", wish="another_person"))
    driven.on(happened.PaymentsArrived(Payments((NEXT,), (), ())))
    assert driven.said() == []
    assert driven.state.outcome is None


def test_wrong_pins_of_the_first_person_are_not_forgiven(drive: Drive) -> None:
    driven = drive()
    driven.state.refusals = 2
    driven.on(spoke("now for my husband", wish="another_person"))
    assert driven.state.refusals == 2


def test_every_field_is_dropped_unless_it_is_named(drive: Drive) -> None:
    assert {one.name for one in fields(ConversationState)} >= KEPT
    personal = {
        "person", "level", "customer_number", "privacy_agreed", "outcome", "said", "why", "queue", "tasks", "draft",
        "question", "set_aside", "call_back", "asks_level_one", "last_matter", "fetching", "guess", "keyed", "echo",
        "work", "waiting_work", "interrupted", "active_form", "companion", "reason", "also_wanted",
    }  # fmt: skip
    assert personal & KEPT == set()


def test_what_bars_a_new_address_bars_it_for_the_next_person_too(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("my bank", wish="bank_change"), happened.StaffFound(False))
    driven.on(spoke("for my mother", wish="for_someone_else"), happened.KeyPressed("1"))
    assert driven.state.flags == ["bank_change", "companion_beside"]
    driven.on(spoke("now for my husband", wish="another_person"))
    assert driven.state.flags == ["bank_change"]


def test_the_telephone_keeps_its_languages_and_its_patience(drive: Drive) -> None:
    driven = drive(languages=("en", "es"))
    driven.on(spoke("english", wish="language:en"), spoke("i need time", wish="needs_time"))
    driven.on(spoke("slower", wish="slower"), spoke("now for my husband", wish="another_person"))
    state = driven.state
    assert (state.offered, state.language_known, state.needs_time) == (["en", "es"], True, True)
    assert (state.slow, state.slow_kept, state.slow_announced) == (True, True, True)


@ANY_COURSE
@given(course=st.lists(events(), max_size=25))
def test_after_any_course_what_is_left_is_what_a_call_begins_with(
    prompts: Prompts, course: list[happened.CallEvent]
) -> None:
    talking = conversation(prompts)
    talking.on(happened.CallStarted(phone_number_known=True, today="2026-11-24"))
    for event in course:
        talking.on(event)
    assume(talking.state.phase in (Phase.LISTENING, Phase.WORKING, Phase.HOLDING))
    dialogue = talking.state.dialogue
    talking.on(spoke("now for my husband", wish="another_person"))
    begun = conversation(prompts)
    begun.on(happened.CallStarted(phone_number_known=True, today="2026-11-24"))
    for one in fields(ConversationState):
        if one.name not in KEPT | {"said", "flags"}:
            assert getattr(talking.state, one.name) == getattr(begun.state, one.name), one.name
    assert not any(flag.startswith("companion") for flag in talking.state.flags)
    assert [prompt for prompt, _ in talking.state.said] == ["another_person"]
    assert talking.state.dialogue == dialogue + 1
    assert "p1" not in talking.state.to_json().replace(PersonRef("p1") + "x", "")
