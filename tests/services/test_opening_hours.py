"""Tests of opening hours: holidays, lunch, summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.services.opening_hours import WINDOW, OpeningHours

LISBON = ZoneInfo("Europe/Lisbon")
MORNING, AFTERNOON = (time(9), time(12, 30)), (time(13, 30), time(17))
HOURS = OpeningHours(
    LISBON,
    {**dict.fromkeys(range(4), (MORNING, AFTERNOON)), 4: (MORNING,)},
    {date(2026, 12, 8): (), date(2026, 12, 24): ((time(10), time(11)),)},
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LISBON)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-24T08:59:59", False),
        ("2026-11-24T09:00", True),
        ("2026-11-24T12:29:59", True),
        ("2026-11-24T12:30", False),
        ("2026-11-24T13:30", True),
        ("2026-11-24T17:00", False),
        ("2026-11-27T14:00", False),
        ("2026-11-28T10:00", False),
        ("2026-12-08T10:00", False),
        ("2026-12-24T09:30", False),
        ("2026-12-24T10:30", True),
    ],
)
def test_it_is_open_in_its_hours_alone(moment: str, is_open: bool) -> None:
    assert HOURS.is_open(at(moment)) is is_open
    assert HOURS.is_open(at(moment).astimezone(UTC)) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-24T07:00", "2026-11-24T09:00"),
        ("2026-11-24T12:45", "2026-11-24T13:30"),
        ("2026-11-24T10:00", "2026-11-24T13:30"),
        ("2026-11-27T12:30", "2026-11-30T09:00"),
        ("2026-12-07T18:00", "2026-12-09T09:00"),
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(moment: str, opens: str) -> None:
    assert HOURS.next_opening(at(moment)) == at(opens)


def test_hours_follow_the_clocks_of_the_country() -> None:
    assert HOURS.is_open(datetime(2026, 7, 7, 8, 0, tzinfo=UTC))
    assert not HOURS.is_open(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


def test_a_closed_agency_never_opens() -> None:
    closed = OpeningHours(LISBON, {})
    assert closed.next_opening(at("2026-11-24T10:00")) is None
    assert closed.call_back_windows(at("2026-11-24T10:00"), 4) == ()


def test_windows_for_a_call_back_are_the_next_ones_with_staff() -> None:
    windows = HOURS.call_back_windows(at("2026-11-26T12:00"), 4)
    assert [(f"{window.begins:%a %H:%M}", f"{window.ends:%H:%M}") for window in windows] == [
        ("Thu 13:30", "15:30"),
        ("Thu 15:30", "17:00"),
        ("Fri 09:00", "11:00"),
        ("Fri 11:00", "12:30"),
    ]


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.timedeltas(timedelta(0), timedelta(days=730)).map(lambda since: NEW_YEAR + since))
def test_at_any_time_the_windows_lie_ahead_and_in_the_hours(moment: datetime) -> None:
    windows = HOURS.call_back_windows(moment, 4)
    assert len(windows) == 4
    for window in windows:
        assert moment <= window.begins < window.ends <= window.begins + WINDOW
        assert HOURS.is_open(window.begins)
        assert HOURS.is_open(window.ends - timedelta(seconds=1))
    opening = HOURS.next_opening(moment)
    assert opening is not None
    assert opening > moment
    assert HOURS.is_open(opening)


@pytest.mark.parametrize("hours", [(AFTERNOON, MORNING), ((time(9), time(9)),), ((time(12), time(9)),)])
def test_hours_that_cannot_be_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="follow each other"):
        OpeningHours(LISBON, {0: hours})
    with pytest.raises(ValueError, match="follow each other"):
        OpeningHours(LISBON, {}, {date(2026, 12, 24): hours})
