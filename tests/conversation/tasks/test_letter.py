"""A letter from the wish to its receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.records import LetterOrdered
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import command, replied, spoke, understood, verify

Drive = Callable[..., Driven]
ORDERED = LetterOrdered("tax_certificate", "7000003", date(2026, 12, 1), source="agency:letters#1")


def asked_for(drive: Drive, *commands: object) -> Driven:
    driven = drive()
    driven.on(spoke("a letter please"), understood("letter"), replied(*commands))  # type: ignore[arg-type]
    return driven


def test_identity_comes_first_then_the_kind_then_the_receipt(drive: Drive) -> None:
    driven = asked_for(drive, command("letter"))
    assert driven.said() == ["ask_customer_number"]
    verify(driven)
    assert driven.said() == ["ask_letter_kind"]
    driven.on(happened.KeyPressed("2"))
    wanted = driven.work()
    assert isinstance(wanted, decided.Request)
    assert (wanted.what, wanted.get("kind"), wanted.person) == ("letter.order", "tax_certificate", "p1")
    driven.on(happened.Served("letter.order", ORDERED))
    assert driven.said() == ["letter_ordered", "letter_comes", "anything_else"]
    assert "Tuesday the first of December" in driven.text()


def test_it_passes_by_speech_alone(drive: Drive) -> None:
    driven = asked_for(drive, command("letter"))
    verify(driven)
    driven.on(spoke("proof of income", "income_certificate"))
    wanted = driven.work()
    assert isinstance(wanted, decided.Request)
    assert wanted.get("kind") == "income_certificate"


def test_a_pending_change_of_address_blocks_it_and_a_person_is_offered(drive: Drive) -> None:
    driven = asked_for(drive, command("letter"))
    verify(driven)
    driven.on(
        happened.KeyPressed("2"),
        happened.Served("letter.order", LetterOrdered("tax_certificate", "", None, blocked=True)),
    )
    assert driven.said() == ["letter_blocked", "offer_person"]


def test_an_answer_that_comes_late_counts_for_nothing(drive: Drive) -> None:
    driven = asked_for(drive, command("letter"))
    driven.on(happened.Served("letter.order", ORDERED))
    assert driven.said() == []
