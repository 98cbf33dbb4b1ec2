"""Each message once, one conversation a number, no status back."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from ivr.store.database import Database
from ivr.store.texts import CONVERSATION_LIFE, Texts
from ivr.vocabulary import CallId
from tests.store.clock import SetClock

CONVERSATION = CallId("SM1")
LEASE = timedelta(seconds=15)


@pytest.fixture
def texts(database: Database, clock: SetClock) -> Texts:
    return Texts(database, clock)


def test_a_message_is_received_once_and_its_answer_is_kept(texts: Texts) -> None:
    assert texts.receive("SM1")
    assert texts.answer("SM1") is None
    texts.keep_answer("SM1", CONVERSATION, "Hello.")
    assert not texts.receive("SM1")
    assert texts.answer("SM1") == "Hello."


def test_one_message_of_a_number_is_answered_at_a_time(texts: Texts, clock: SetClock) -> None:
    assert texts.hold("hash", LEASE)
    assert not texts.hold("hash", LEASE)
    assert texts.hold("another", LEASE)
    clock.pass_by(LEASE)
    assert texts.hold("hash", LEASE), "whoever held it has died"


def test_a_conversation_is_found_again_until_it_is_over_or_old(texts: Texts, clock: SetClock) -> None:
    texts.hold("hash", LEASE)
    assert texts.conversation("hash") is None
    texts.let_go("hash", CONVERSATION)
    assert texts.conversation("hash") == CONVERSATION
    assert texts.hold("hash", LEASE)
    clock.pass_by(CONVERSATION_LIFE)
    assert texts.conversation("hash") is None
    texts.let_go("hash", None)
    assert texts.conversation("hash") is None


@pytest.mark.parametrize("order", list(itertools.permutations(["queued", "sent", "delivered"])))
def test_statuses_out_of_order_and_twice_never_lead_back(texts: Texts, order: tuple[str, ...]) -> None:
    for status in (*order, *order):
        texts.move("SM2", status)
    assert texts.status("SM2") == ("delivered", 0)


def test_a_failure_keeps_the_carriers_error(texts: Texts) -> None:
    assert texts.move("SM3", "sent")
    assert texts.move("SM3", "undelivered", 30003)
    assert not texts.move("SM3", "delivered")
    assert texts.status("SM3") == ("undelivered", 30003)


@pytest.mark.parametrize("status", ["", "nonsense", "receiving"])
def test_a_word_nobody_knows_moves_nothing(texts: Texts, status: str) -> None:
    assert not texts.move("SM4", status)
    assert texts.status("SM4") == ("", 0)
