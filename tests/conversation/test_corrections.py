"""Corrections, "I already told you", a question in the middle: nothing that was said is lost or asked twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ivr.bootstrap.hearing import wish_finder
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.settings import load_settings
from ivr.vocabulary import PromptMessage
from tests.conversation.conftest import ROOT, Driven
from tests.conversation.test_whole_matters import apply_for_pension, command, replied, spoke, understood

Drive = Callable[..., Driven]
FORM = "old_age_pension_form"


@pytest.fixture(scope="module")
def find_wish() -> Callable[[str, decided.Listen], str]:
    return wish_finder(load_settings(ROOT))


def after_the_birth_date(drive: Drive) -> Driven:
    """The date was echoed, the next question is out."""
    driven = drive()
    apply_for_pension(driven)
    driven.on(happened.DigitsEntered("03051958"))
    driven.on(replied(PromptMessage("ask_work_years", "number", "work_years"), form=FORM))
    assert driven.said() == ["echo_answer", "ask_work_years"]
    return driven


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("no the fifteenth", "1958-05-15"),
        ("no no i meant the fifteenth of june", "1958-06-15"),
        ("sorry it was the fourth of march nineteen fifty nine", "1959-03-04"),
        ("no", ""),
        ("no i do not know", ""),
        ("the fifteenth", ""),
    ],
)
def test_a_correction_is_heard_behind_the_echo(
    drive: Drive, find_wish: Callable[[str, decided.Listen], str], words: str, value: str
) -> None:
    listen = after_the_birth_date(drive).listens()
    heard = find_wish(words, listen)
    assert heard == (f"corrected:{value}" if value else "")


def test_the_corrected_answer_is_kept_told_and_echoed(drive: Drive) -> None:
    driven = after_the_birth_date(drive)
    driven.on(spoke("no the fifteenth", wish="corrected:1958-05-15"))
    assert driven.state.draft is not None
    assert driven.state.draft.answers["birth_date"] == "1958-05-15"
    assert len(driven.state.draft.asked) == 1
    told = driven.work()
    assert isinstance(told, decided.Tell)
    assert told.entities == (("birth_date", "held"),)
    driven.on(replied(PromptMessage("ask_work_years", "number", "work_years"), form=FORM))
    assert driven.said() == ["echo_answer", "ask_work_years"]
    assert "fifteenth of May" in driven.text()


def test_a_number_that_was_read_back_is_put_right_in_one_sentence(
    drive: Drive, find_wish: Callable[[str, decided.Listen], str]
) -> None:
    driven = drive()
    driven.on(spoke("x"), understood("payment_next"), replied(command("fetch", what="payments_next")))
    driven.on(happened.DigitsEntered("46858160"))
    heard = find_wish("no four six eight five eight one six one", driven.listens())
    assert heard == "corrected:46858161"
    driven.on(spoke("x", "no", wish=heard))
    assert driven.said() == ["confirm_customer_number"]
    assert driven.state.customer_number == "46858161"


def test_an_impossible_correction_changes_nothing(drive: Drive) -> None:
    driven = after_the_birth_date(drive)
    driven.on(spoke("x", wish="corrected:2999-01-01"))
    assert driven.said() == ["ask_work_years"]
    assert driven.state.draft is not None
    assert driven.state.draft.answers["birth_date"] == "1958-05-03"


def test_i_already_told_you_says_what_is_known_and_asks_only_the_open_question(drive: Drive) -> None:
    driven = after_the_birth_date(drive)
    driven.on(spoke("i already told you", wish="already_told"))
    assert driven.said() == ["already_told", "read_back_fact", "ask_work_years"]
    assert "third of May" in driven.text()
    assert driven.state.misses == 0


def test_a_question_in_the_middle_of_a_form_is_answered_and_the_form_goes_on(drive: Drive) -> None:
    driven = after_the_birth_date(drive)
    driven.on(spoke("what papers do i need"), understood("faq_documents_old_age_pension"))
    driven.on(
        replied(
            PromptMessage("faq_documents_old_age_pension"),
            PromptMessage("ask_work_years", "number", "work_years"),
            form=FORM,
        )
    )
    assert driven.said()[0] == "faq_documents_old_age_pension"
    assert driven.said()[-1] == "ask_work_years"
    driven.on(happened.DigitsEntered("41"))
    assert driven.state.draft is not None
    assert driven.state.draft.answers == {"birth_date": "1958-05-03", "work_years": "41"}
