"""Approved answers without an intent, found by likeness of meaning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.vocabulary import Understood
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import command, replied, spoke, understood, verify

Drive = Callable[..., Driven]


def heard(
    intent: str = "out_of_scope",
    confidence: float = 0.9,
    likeness: float = 0.9,
    margin: float = 0.1,
    answer: str = "faq_interpreter",
) -> happened.WasUnderstood:
    return happened.WasUnderstood(Understood("words", intent, confidence, answers=((answer, likeness, margin),)))


def test_an_answer_is_said_word_for_word_where_no_intent_knows_the_question(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("do you have an interpreter"), heard())
    assert driven.said() == ["faq_interpreter", "anything_else"]


@pytest.mark.parametrize(
    "found",
    [
        heard(likeness=0.74),
        heard(margin=-0.01),
        heard(answer="faq_that_nobody_wrote"),
        heard(intent="distress", confidence=0.45),
        heard(intent="payment_next"),
    ],
    ids=["too unlike", "an intent is nearer", "no such answer", "danger goes first", "a certain matter goes first"],
)
def test_nothing_is_answered_by_likeness_where_that_could_be_wrong(drive: Drive, found: happened.WasUnderstood) -> None:
    driven = drive()
    driven.on(spoke("words"), found)
    assert "faq_interpreter" not in driven.said()


def test_inside_a_question_it_is_an_aside_and_the_question_comes_again(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("my next payment"), understood("payment_next"))
    driven.on(replied(command("identify", level="2"), command("fetch", what="payments_next")))
    driven.on(spoke("do you have an interpreter"), heard())
    assert driven.said() == ["faq_interpreter", "ask_customer_number"]
    verify(driven)
    assert isinstance(driven.work(), decided.Fetch)
