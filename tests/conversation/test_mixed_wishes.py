"""Several wishes in one sentence: the first is carried out, the next is offered; what cannot wait goes first."""

from __future__ import annotations

from collections.abc import Callable

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.vocabulary import PromptMessage, Understood
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import apply_for_pension, command, replied, spoke

Drive = Callable[..., Driven]


def mixed(whole: Understood, *parts: Understood) -> happened.WasUnderstood:
    return happened.WasUnderstood(whole, parts)


HOURS, LETTER = Understood("your hours", "faq_office_hours", 0.9), Understood("a letter", "letter", 0.9)
BOTH = Understood("your hours and a letter", "faq_office_hours", 0.5)


def test_the_first_is_carried_out_and_the_second_is_offered(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("your hours and a letter"), mixed(BOTH, HOURS, LETTER))
    first = driven.work()
    assert isinstance(first, decided.TakeTurn)
    assert (first.intent, first.text) == ("faq_office_hours", "your hours")
    driven.on(replied(PromptMessage("faq_office_hours"), command("end_task")))
    assert driven.said() == ["faq_office_hours", "also_asked"]
    driven.on(happened.KeyPressed("1"))
    second = driven.work()
    assert isinstance(second, decided.Tell)
    assert (second.event, dict(second.entities)) == ("choose", {"matter": "letter"})


def test_no_to_the_second_ends_as_usual_and_it_is_not_offered_again(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), mixed(BOTH, HOURS, LETTER))
    driven.on(replied(PromptMessage("faq_office_hours"), command("end_task")), happened.KeyPressed("2"))
    assert driven.said() == ["anything_else"]


def test_two_halves_of_one_wish_are_one_wish(drive: Drive) -> None:
    driven = drive()
    whole = Understood("when and how much", "payment_next", 0.9)
    driven.on(
        spoke("x"), mixed(whole, Understood("when", "payment_next", 0.8), Understood("much", "payment_next", 0.7))
    )
    assert driven.state.also_wanted == []
    taken = driven.work()
    assert isinstance(taken, decided.TakeTurn)
    assert taken.text == "when and how much"


def test_an_unsure_half_changes_nothing(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), mixed(Understood("a b", "letter", 0.9), LETTER, Understood("b", "claim_status", 0.3)))
    assert driven.state.also_wanted == []


def test_what_only_a_person_may_do_goes_first_however_it_is_mixed(drive: Drive) -> None:
    driven = drive()
    bank = Understood("my new bank", "bank_change", 0.45)
    driven.on(spoke("x"), mixed(Understood("a b", "faq_office_hours", 0.9), HOURS, bank))
    taken = driven.work()
    assert isinstance(taken, decided.TakeTurn)
    assert taken.intent == "bank_change"


def test_despair_in_the_second_half_is_answered_at_once(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), mixed(BOTH, HOURS, Understood("i cannot go on", "distress", 0.45)))
    assert driven.said() == ["reason_distress"]


def test_inside_a_form_one_sentence_is_one_wish(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke("x"), mixed(BOTH, HOURS, LETTER))
    assert driven.state.also_wanted == []
