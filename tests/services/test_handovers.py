"""Tests of whether a person can be had."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from ivr.services.handovers import Handovers, NotReachable, Reachable
from ivr.services.opening_hours import OpeningHours
from tests.store.clock import SetClock

LISBON = ZoneInfo("Europe/Lisbon")
HOURS = OpeningHours(LISBON, dict.fromkeys(range(5), ((time(9), time(17)),)))
OPEN = SetClock(datetime(2026, 11, 24, 10, 0, tzinfo=LISBON))
CLOSED = SetClock(datetime(2026, 11, 24, 20, 0, tzinfo=LISBON))


def test_in_the_hours_staff_are_rung() -> None:
    assert Handovers(HOURS, "+351210000009", OPEN).reachability() == Reachable("+351210000009")


def test_outside_the_hours_the_next_opening_and_hours_for_a_call_back_are_known() -> None:
    answer = Handovers(HOURS, "+351210000009", CLOSED).reachability()
    assert isinstance(answer, NotReachable)
    assert (answer.why, answer.opens) == ("closed", datetime(2026, 11, 25, 9, 0, tzinfo=LISBON))
    assert [window.begins.hour for window in answer.windows] == [9, 11, 13, 15]


def test_where_no_number_is_set_up_a_call_back_is_all_there_is() -> None:
    answer = Handovers(HOURS, "", OPEN).reachability()
    assert isinstance(answer, NotReachable)
    assert (answer.why, answer.opens) == ("unstaffed", None)
    assert answer.windows[0].begins == datetime(2026, 11, 24, 11, 0, tzinfo=LISBON)
