"""Tests of promised call-backs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from ivr.references import is_reference
from ivr.store.call_backs import CallBacks
from ivr.store.call_log import CallLog
from ivr.store.database import Database
from ivr.vocabulary import CallId
from tests.store.clock import START, SetClock

CALL = CallId("CA0001")


@pytest.fixture
def call_backs(database: Database, clock: SetClock) -> CallBacks:
    CallLog(database, clock).arrive(CALL, "anonymous", "")
    return CallBacks(database, clock)


def test_a_promise_keeps_number_window_and_reason(call_backs: CallBacks) -> None:
    promised = call_backs.promise(CALL, "+351210000001", "morning", "hardship")
    assert is_reference(promised.reference)
    assert call_backs.find(promised.reference) == promised
    assert (promised.phone_number, promised.window, promised.reason) == ("+351210000001", "morning", "hardship")
    assert (promised.state, promised.tries, promised.promised) == ("promised", 0, START)


def test_one_call_gets_one_call_back_however_often_it_asks(call_backs: CallBacks) -> None:
    with ThreadPoolExecutor(6) as pool:
        references = set(pool.map(lambda n: call_backs.promise(CALL, f"+3512{n:07}", "any", "").reference, range(12)))
    assert len(references) == 1
    assert len(call_backs.waiting()) == 1


def test_waiting_call_backs_come_oldest_first_and_leave_once(call_backs: CallBacks, clock: SetClock) -> None:
    first = call_backs.promise(CALL, "+351210000001", "any", "")
    clock.pass_by(timedelta(minutes=1))
    second = call_backs.promise(CallId("CA2"), "+351210000002", "any", "")
    assert call_backs.waiting() == (first, second)
    assert call_backs.move(first.reference, "promised", "handed_over")
    assert not call_backs.move(first.reference, "promised", "handed_over")
    assert call_backs.waiting() == (second,)


def test_tries_are_counted(call_backs: CallBacks) -> None:
    reference = call_backs.promise(CALL, "+351210000001", "any", "").reference
    assert [call_backs.tried(reference) for _ in range(3)] == [1, 2, 3]


def test_the_number_proposed_last_is_the_one_to_confirm(call_backs: CallBacks) -> None:
    assert call_backs.proposed(CALL) == ""
    call_backs.propose(CALL, "+351210000001")
    call_backs.propose(CALL, "+351210000002")
    assert call_backs.proposed(CALL) == "+351210000002"
    assert call_backs.find("1234567") is None
