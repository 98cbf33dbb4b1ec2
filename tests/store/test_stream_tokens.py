"""Tests of one-time tokens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ivr.store.database import Database
from ivr.store.stream_tokens import StreamTokens
from ivr.store.tables import stream_tokens
from ivr.vocabulary import CallId
from tests.store.clock import SetClock

CALL = CallId("CA0001")


@pytest.fixture
def tokens(database: Database, clock: SetClock) -> StreamTokens:
    return StreamTokens(database, clock)


def test_a_token_opens_one_stream_once(tokens: StreamTokens) -> None:
    token = tokens.issue(CALL)
    assert tokens.redeem(token, CALL)
    assert not tokens.redeem(token, CALL)


def test_another_calls_token_is_refused_and_stays_good_for_its_own(tokens: StreamTokens) -> None:
    token = tokens.issue(CALL)
    assert not tokens.redeem(token, CallId("CA0002"))
    assert tokens.redeem(token, CALL)


def test_a_token_is_good_for_less_than_a_minute(tokens: StreamTokens, clock: SetClock) -> None:
    first, second = tokens.issue(CALL), tokens.issue(CALL)
    clock.pass_by(timedelta(seconds=59))
    assert tokens.redeem(first, CALL)
    clock.pass_by(timedelta(seconds=1))
    assert not tokens.redeem(second, CALL)


def test_of_many_streams_with_the_same_token_one_is_let_in(tokens: StreamTokens) -> None:
    token = tokens.issue(CALL)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: tokens.redeem(token, CALL), range(24))) == 1


def test_the_store_keeps_a_hash_alone(tokens: StreamTokens, database: Database) -> None:
    token = tokens.issue(CALL)
    with database.reading() as connection:
        (row,) = connection.execute(select(stream_tokens)).all()
    assert token not in str(row)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_any_other_text_is_refused_and_never_raises(tokens: StreamTokens, token: str, call: str) -> None:
    assert not tokens.redeem(token, CallId(call))
