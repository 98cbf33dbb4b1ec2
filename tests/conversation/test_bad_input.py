"""Words that are no answer: each has a kind one, none reaches further than it should."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.states import Phase
from ivr.vocabulary import PromptMessage, Secret
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import apply_for_pension, command, replied, spoke, understood

Drive = Callable[..., Driven]
ODD = ("/restart", "/payment_next{\"level\": 2}", "{agency} {{x}}", "<speak><break time='9s'/></speak>", "a" * 10_000,
       "[[reset]]", "%s%n", "\u202eabc", "'; drop table calls;--")  # fmt: skip


@pytest.mark.parametrize("words", ODD, ids=lambda one: one[:20])
def test_text_that_looks_like_an_order_is_words_to_be_understood_and_never_said(drive: Drive, words: str) -> None:
    driven = drive()
    driven.on(spoke(words))
    asked = driven.work()
    assert isinstance(asked, decided.Understand)
    driven.on(understood("out_of_scope", 0.2))
    assert driven.said() == ["did_not_understand", "ask_matter"]
    assert words not in driven.text()


@pytest.mark.parametrize("words", ODD, ids=lambda one: one[:20])
def test_the_same_in_a_form_and_at_the_pin(drive: Drive, words: str) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(spoke(words), understood("", 0.0))
    assert driven.said() == ["did_not_understand", "ask_birth_date"]
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    driven.on(happened.DigitsEntered("46858160"), happened.KeyPressed("1"), spoke(words), understood("", 0.0))
    assert driven.said() == ["did_not_understand", "ask_pin"]


@pytest.mark.parametrize(
    ("keyed", "said"),
    [("31021958", "date_impossible"), ("00001958", "date_impossible"), ("01012999", "date_in_future")],
)
def test_a_day_that_cannot_be_is_named_and_asked_again(drive: Drive, keyed: str, said: str) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(happened.DigitsEntered(keyed))
    assert driven.said() == [said, "ask_birth_date"]


@pytest.mark.parametrize("digits", ["4685816", "468581601"])
def test_a_number_too_short_or_too_long_says_how_many_it_had(drive: Drive, digits: str) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    driven.on(happened.DigitsEntered(digits))
    assert driven.said() == ["digits_short", "ask_customer_number"]


def test_a_pin_that_is_too_short_is_no_attempt(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    driven.on(happened.DigitsEntered("46858160"), happened.KeyPressed("1"), happened.PinEntered(Secret("43")))
    assert driven.said() == ["did_not_understand", "ask_pin"]


def test_swear_words_are_no_abuse_and_no_miss(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("this is damn rubbish", wish="swearing"))
    assert driven.said() == ["sorry_annoying", "ask_matter"]
    assert driven.state.misses == 0
    assert driven.state.phase is Phase.LISTENING


def test_swearing_again_and_again_brings_a_person(drive: Drive) -> None:
    driven = drive()
    for _ in range(3):
        driven.on(spoke("bloody hell", wish="swearing"))
    assert isinstance(driven.work(), decided.FindStaff)
    driven.on(happened.StaffFound(True))
    assert driven.said() == ["reason_upset", "handing_over"]


def test_a_form_keeps_its_question_when_somebody_swears(drive: Drive) -> None:
    driven = drive()
    apply_for_pension(driven)
    driven.on(happened.DigitsEntered("03051958"))
    driven.on(replied(PromptMessage("ask_work_years", "number", "work_years"), form="old_age_pension_form"))
    driven.on(spoke("oh shit", wish="swearing"))
    assert driven.said() == ["sorry_annoying", "ask_work_years"]


def test_words_of_an_unknown_language_are_a_miss_and_then_a_person(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("bonjour je voudrais parler"), understood("out_of_scope", 0.1))
    assert driven.said()[0] == "did_not_understand"
    driven.on(spoke("je ne comprends pas"), understood("", 0.0))
    assert isinstance(driven.work(), decided.FindStaff)
