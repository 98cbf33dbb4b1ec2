"""Rung back once, and never as somebody else's weapon."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.store.database import Database
from ivr.store.ring_backs import FORGOTTEN_AFTER, Limits, RingBack, RingBacks
from ivr.vocabulary import CallId
from tests.store.clock import SetClock

NUMBER = "+351910000001"
SOON = timedelta(seconds=20)
HOUR = timedelta(hours=1)


@pytest.fixture
def ring_backs(database: Database, clock: SetClock) -> RingBacks:
    return RingBacks(database, clock, Limits(line_an_hour=6))


def ask(ring_backs: RingBacks, call: str, number: str = "hash") -> str:
    return ring_backs.ask(CallId(call), NUMBER, number, "missed_call", SOON)


def test_a_missed_call_is_due_after_a_moment_and_handed_out_once(ring_backs: RingBacks, clock: SetClock) -> None:
    assert ask(ring_backs, "CA1") == "asked"
    assert ring_backs.take_due(5) == ()
    clock.pass_by(SOON)
    assert ring_backs.take_due(5) == (RingBack(CallId("CA1"), NUMBER, "missed_call"),)
    assert ring_backs.take_due(5) == ()
    ring_backs.rung(CallId("CA1"), "CA9")
    assert ring_backs.state(CallId("CA1")) == "rung"


def test_ringing_three_times_in_a_row_is_one_wish(ring_backs: RingBacks, clock: SetClock) -> None:
    assert [ask(ring_backs, call) for call in ("CA1", "CA1", "CA2")] == ["asked", "asked", "known"]
    clock.pass_by(Limits().again_after)
    assert ask(ring_backs, "CA3") == "asked"


def test_a_number_is_rung_back_four_times_a_day(ring_backs: RingBacks, clock: SetClock) -> None:
    answers = []
    for number in range(6):
        answers.append(ask(ring_backs, f"CA{number}"))
        clock.pass_by(HOUR)
    assert answers == ["asked"] * 4 + ["too_many"] * 2
    clock.pass_by(24 * HOUR)
    assert ask(ring_backs, "CA9") == "asked"


def test_a_flood_of_numbers_is_no_flood_of_calls(ring_backs: RingBacks, clock: SetClock) -> None:
    answers = [ask(ring_backs, f"CA{number}", f"hash{number}") for number in range(8)]
    assert answers == ["asked"] * 6 + ["too_many"] * 2
    clock.pass_by(HOUR)
    assert ask(ring_backs, "CA99", "hash99") == "asked"


def test_what_could_not_be_rung_in_time_lapses(ring_backs: RingBacks, clock: SetClock) -> None:
    ask(ring_backs, "CA1")
    clock.pass_by(FORGOTTEN_AFTER)
    assert ring_backs.take_due(5) == ()
    assert ring_backs.state(CallId("CA1")) == "lapsed"
