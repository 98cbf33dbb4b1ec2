"""Tests of the counters behind locks and brakes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from ivr.store.database import Database
from ivr.store.identity_counters import IdentityCounters, Tally
from tests.store.clock import START, SetClock

DAY, TEN_MINUTES, WEEK = timedelta(days=1), timedelta(minutes=10), timedelta(days=7)
BORN = date(1948, 5, 3)


class Asked:
    """Remembers what it was asked and refuses from a number of failures on."""

    def __init__(self, limit: int = 1_000) -> None:
        self.limit = limit
        self.tallies: tuple[Tally, Tally, Tally] | None = None

    def __call__(self, citizen: Tally, calling: Tally, line: Tally) -> str | None:
        self.tallies = (citizen, calling, line)
        return "refused" if citizen[0] >= self.limit else None


@pytest.fixture
def counters(database: Database, clock: SetClock) -> IdentityCounters:
    return IdentityCounters(database, clock, window=DAY, line_window=TEN_MINUTES)


def test_failures_are_counted_for_citizen_telephone_and_line(counters: IdentityCounters, clock: SetClock) -> None:
    counters.attempt("11111111", "ruth", Asked())
    clock.pass_by(TEN_MINUTES)
    later = clock()
    counters.attempt("11111111", "thomas", Asked())
    counters.attempt("22222222", "ruth", Asked())
    asked = Asked()
    counters.attempt("11111111", "ruth", asked)
    assert asked.tallies == ((2, later), (2, later), (2, later))


def test_a_failure_counts_within_its_window_only(counters: IdentityCounters, clock: SetClock) -> None:
    counters.attempt("11111111", "ruth", Asked())
    asked = Asked()
    clock.pass_by(DAY - timedelta(seconds=1))
    counters.attempt("33333333", "ruth", asked)
    assert asked.tallies == ((0, None), (1, START), (0, None))
    clock.pass_by(timedelta(seconds=1))
    counters.attempt("11111111", "thomas", asked)
    assert asked.tallies is not None
    assert asked.tallies[0] == (0, None)


def test_withheld_numbers_are_not_counted_as_one_telephone(counters: IdentityCounters) -> None:
    for number in ("11111111", "22222222"):
        counters.attempt(number, "", Asked())
    asked = Asked()
    counters.attempt("33333333", "", asked)
    assert asked.tallies == ((0, None), (0, None), (2, START))


def test_what_was_right_does_not_count(counters: IdentityCounters) -> None:
    attempt = counters.attempt("11111111", "ruth", Asked())
    assert isinstance(attempt, int)
    counters.withdraw(attempt)
    asked = Asked()
    counters.attempt("11111111", "ruth", asked)
    assert asked.tallies == ((0, None), (0, None), (0, None))


def test_what_is_refused_is_not_written_down(counters: IdentityCounters) -> None:
    counters.attempt("11111111", "ruth", Asked())
    assert counters.attempt("11111111", "ruth", Asked(limit=1)) == "refused"
    asked = Asked()
    counters.attempt("11111111", "ruth", asked)
    assert asked.tallies is not None
    assert asked.tallies[0][0] == 1


def test_guesses_at_the_same_moment_count_one_by_one(counters: IdentityCounters) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda n: counters.attempt("11111111", f"phone {n}", Asked(limit=5)), range(24)))
    assert sum(isinstance(result, int) for result in results) == 5


def test_a_lifted_lock_forgets_that_citizens_failures_alone(counters: IdentityCounters) -> None:
    for number in ("11111111", "11111111", "22222222"):
        counters.attempt(number, "", Asked())
    assert counters.lift("11111111") == 2
    asked = Asked()
    counters.attempt("22222222", "", asked)
    assert asked.tallies is not None
    assert asked.tallies[0][0] == 1


def test_a_letter_is_asked_for_once_a_week(counters: IdentityCounters, clock: SetClock) -> None:
    assert counters.ask_letter("11111111", BORN, WEEK)
    clock.pass_by(WEEK - timedelta(seconds=1))
    assert not counters.ask_letter("11111111", BORN, WEEK)
    clock.pass_by(timedelta(seconds=1))
    assert counters.ask_letter("11111111", BORN, WEEK)
    assert not counters.ask_letter("11111111", BORN, WEEK)


def test_who_knows_the_number_alone_cannot_use_the_letter_up(counters: IdentityCounters) -> None:
    assert counters.ask_letter("11111111", date(1900, 1, 1), WEEK)
    assert counters.ask_letter("11111111", BORN, WEEK)


def test_of_parallel_wishes_for_a_letter_one_passes(counters: IdentityCounters) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda _: counters.ask_letter("11111111", BORN, WEEK), range(12))) == 1
