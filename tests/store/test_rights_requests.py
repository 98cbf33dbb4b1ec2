"""Tests of wishes about one's own data and telephone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.references import is_reference
from ivr.store.database import Database
from ivr.store.retention import Ages, Retention
from ivr.store.rights_requests import ERASE, NO_CALLS, RightsRequests
from ivr.vocabulary import CallId
from tests.store.clock import SetClock

CALL = CallId("CA1")


@pytest.fixture
def rights(database: Database, clock: SetClock) -> RightsRequests:
    return RightsRequests(database, clock)


def test_a_wish_has_a_reference_and_a_repeat_has_the_same(rights: RightsRequests) -> None:
    first = rights.ask(ERASE, CALL, "ruth", "erase.CA1")
    assert is_reference(first)
    assert rights.ask(ERASE, CALL, "ruth", "erase.CA1") == first
    assert [(one.reference, one.call_id) for one in rights.of_kind(ERASE)] == [(first, CALL)]


def test_a_number_that_must_not_be_called_is_refused_at_once_and_no_other(rights: RightsRequests) -> None:
    assert not rights.refuses_calls("ruth")
    rights.ask(NO_CALLS, CALL, "ruth", "no_calls.CA1")
    rights.ask(ERASE, CALL, "thomas", "erase.CA1")
    assert rights.refuses_calls("ruth")
    assert not rights.refuses_calls("thomas")
    assert not rights.refuses_calls("")


def test_do_not_call_me_outlasts_what_is_deleted_by_age(
    database: Database, clock: SetClock, rights: RightsRequests
) -> None:
    rights.ask(NO_CALLS, CALL, "ruth", "no_calls.CA1")
    rights.ask(ERASE, CALL, "ruth", "erase.CA1")
    clock.now += timedelta(days=400)
    Retention(database, clock, Ages()).delete_expired()
    assert rights.refuses_calls("ruth")
    assert rights.of_kind(ERASE) == ()
