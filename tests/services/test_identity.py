"""Tests of locks and brakes, on the real counters and the agency in memory."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from ivr.errors import AgencyFailed
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency.intake import Intake
from ivr.services.follow_ups import KeptFollowUps
from ivr.services.identity import (
    FAILURES_OF_CITIZEN,
    FREE_FAILURES_OF_LINE,
    LINE_WINDOW,
    LONGEST_WAIT,
    WINDOW,
    Braked,
    Caller,
    Identity,
    Locked,
    Refused,
    Verified,
    refusal,
)
from ivr.store.call_backs import CallBacks
from ivr.store.database import Database
from ivr.store.drafts import Drafts
from ivr.store.identity_counters import IdentityCounters
from ivr.store.outbox import Outbox
from ivr.vocabulary import CallId, PersonRef, Secret
from tests.services.agencies import TODAY, invented_callers
from tests.store.clock import START, SetClock

RUTH, THOMAS = invented_callers()["ruth"], invented_callers()["thomas"]
WRONG = Secret("000001")
HOME = Caller(CallId("CA0001"), "home")
WITHHELD = Caller(CallId("CA0002"), "")


class Counting:
    """The agency in memory; counts what it was asked to compare, and can be away."""

    def __init__(self, agency: InventedAgency) -> None:
        self.agency, self.compared, self.is_away = agency, 0, False

    def verify(self, customer_number: str, pin: Secret) -> PersonRef | None:
        self.compared += 1
        if self.is_away:
            raise AgencyFailed("away")
        return self.agency.verify(customer_number, pin)

    def __getattr__(self, name: str) -> Callable[..., object]:
        return getattr(self.agency, name)


@pytest.fixture
def agency(tmp_path: Path) -> Counting:
    return Counting(InventedAgency(Intake(tmp_path / "agency.db"), lambda: TODAY))


@pytest.fixture
def outbox(database: Database, clock: SetClock) -> Outbox:
    return Outbox(database, clock)


@pytest.fixture
def identity(database: Database, agency: Counting, outbox: Outbox, clock: SetClock) -> Identity:
    follow_ups = KeptFollowUps(agency, outbox, Drafts(database, clock), CallBacks(database, clock), clock)
    return Identity(agency, IdentityCounters(database, clock, WINDOW, LINE_WINDOW), follow_ups, clock)


def fail(identity: Identity, times: int, caller: Caller = WITHHELD, number: str = RUTH.customer_number) -> None:
    for _ in range(times):
        assert identity.verify(caller, number, WRONG) == Refused()


def test_the_right_pair_is_the_agencys_person(identity: Identity) -> None:
    verdict = identity.verify(HOME, RUTH.customer_number, RUTH.secret)
    assert isinstance(verdict, Verified)
    assert verdict.person != RUTH.customer_number


def test_a_wrong_number_and_a_wrong_pin_sound_the_same(identity: Identity) -> None:
    assert identity.verify(HOME, RUTH.customer_number, WRONG) == identity.verify(HOME, "00000000", RUTH.secret)


def test_five_failures_lock_even_the_right_pin_out_and_nothing_is_compared(
    identity: Identity, agency: Counting
) -> None:
    fail(identity, FAILURES_OF_CITIZEN)
    assert identity.verify(WITHHELD, RUTH.customer_number, RUTH.secret) == Locked()
    assert agency.compared == FAILURES_OF_CITIZEN
    assert isinstance(identity.verify(WITHHELD, THOMAS.customer_number, THOMAS.secret), Verified)


def test_four_failures_do_not_lock(identity: Identity) -> None:
    fail(identity, FAILURES_OF_CITIZEN - 1)
    assert isinstance(identity.verify(WITHHELD, RUTH.customer_number, RUTH.secret), Verified)


def test_being_right_in_between_gives_no_new_guesses(identity: Identity) -> None:
    fail(identity, 4)
    identity.verify(WITHHELD, RUTH.customer_number, RUTH.secret)
    fail(identity, 1)
    assert identity.verify(WITHHELD, RUTH.customer_number, RUTH.secret) == Locked()


def test_a_number_that_nobody_has_is_locked_like_any_other(identity: Identity) -> None:
    fail(identity, FAILURES_OF_CITIZEN, number="00000000")
    assert identity.verify(WITHHELD, "00000000", WRONG) == Locked()


def test_trying_on_does_not_make_the_lock_longer(identity: Identity, clock: SetClock) -> None:
    fail(identity, FAILURES_OF_CITIZEN)
    clock.pass_by(WINDOW - timedelta(seconds=1))
    assert identity.verify(WITHHELD, RUTH.customer_number, WRONG) == Locked()
    clock.pass_by(timedelta(seconds=1))
    assert isinstance(identity.verify(WITHHELD, RUTH.customer_number, RUTH.secret), Verified)


def test_staff_lift_a_lock(identity: Identity) -> None:
    fail(identity, FAILURES_OF_CITIZEN)
    identity.lift_lock(RUTH.customer_number)
    assert isinstance(identity.verify(WITHHELD, RUTH.customer_number, RUTH.secret), Verified)


def test_parallel_guesses_from_many_calls_get_five_comparisons(identity: Identity, agency: Counting) -> None:
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda _: identity.verify(WITHHELD, RUTH.customer_number, WRONG), range(24)))
    assert verdicts.count(Refused()) == agency.compared == FAILURES_OF_CITIZEN
    assert verdicts.count(Locked()) == 24 - FAILURES_OF_CITIZEN


def test_while_the_agency_is_away_nothing_counts(identity: Identity, agency: Counting) -> None:
    agency.is_away = True
    for _ in range(FAILURES_OF_CITIZEN + 1):
        with pytest.raises(AgencyFailed):
            identity.verify(HOME, RUTH.customer_number, RUTH.secret)
    agency.is_away = False
    assert isinstance(identity.verify(HOME, RUTH.customer_number, RUTH.secret), Verified)


def test_one_telephone_is_slowed_down_more_with_each_failure(identity: Identity, clock: SetClock) -> None:
    for number in ("11111111", "22222222", "33333333"):
        fail(identity, 1, HOME, number)
    assert identity.verify(HOME, RUTH.customer_number, RUTH.secret) == Braked(15_000)  # type: ignore[arg-type]
    clock.pass_by(timedelta(seconds=5))
    assert identity.verify(HOME, RUTH.customer_number, RUTH.secret) == Braked(10_000)  # type: ignore[arg-type]
    clock.pass_by(timedelta(seconds=10))
    fail(identity, 1, HOME, "44444444")
    assert identity.verify(HOME, RUTH.customer_number, RUTH.secret) == Braked(30_000)  # type: ignore[arg-type]
    assert isinstance(identity.verify(WITHHELD, RUTH.customer_number, RUTH.secret), Verified)


def test_a_dialler_slows_the_whole_line_down_and_honest_callers_still_get_in(
    identity: Identity, clock: SetClock
) -> None:
    for number in range(FREE_FAILURES_OF_LINE):
        fail(identity, 1, Caller(CallId(f"CA{number}"), f"phone {number}"), f"{number:08}")
    verdict = identity.verify(HOME, RUTH.customer_number, RUTH.secret)
    assert verdict == Braked(5_000)  # type: ignore[arg-type]
    clock.pass_by(timedelta(seconds=5))
    assert isinstance(identity.verify(HOME, RUTH.customer_number, RUTH.secret), Verified)
    clock.pass_by(LINE_WINDOW)
    fail(identity, 2, HOME, "99999999")


TALLIES = st.tuples(st.integers(0, 10_000), st.timedeltas(timedelta(0), timedelta(days=300))).map(
    lambda tally: (tally[0], START - tally[1] if tally[0] else None)
)


@given(TALLIES, TALLIES, TALLIES)
def test_no_wait_is_longer_than_the_longest(citizen: tuple, calling: tuple, line: tuple) -> None:  # type: ignore[type-arg]
    verdict = refusal(citizen, calling, line, START)
    if isinstance(verdict, Braked):
        assert 0 <= verdict.wait <= LONGEST_WAIT / timedelta(milliseconds=1)
    assert (verdict == Locked()) == (citizen[0] >= FAILURES_OF_CITIZEN)


def test_a_letter_is_asked_for_once_a_week(identity: Identity, outbox: Outbox, clock: SetClock) -> None:
    for days in (0, 3, 3):
        clock.pass_by(timedelta(days=days))
        identity.ask_pin_letter(RUTH.customer_number, RUTH.birth_date)
    assert outbox.waiting() == 1
    clock.pass_by(timedelta(days=1))
    identity.ask_pin_letter(RUTH.customer_number, RUTH.birth_date)
    assert outbox.waiting() == 2
    identity.ask_pin_letter(RUTH.customer_number, date(1900, 1, 1))
    assert outbox.waiting() == 3


def test_neither_log_nor_store_ever_holds_a_pin(identity: Identity, tmp_path: Path) -> None:
    with capture_logs() as lines:
        identity.verify(HOME, RUTH.customer_number, RUTH.secret)
        fail(identity, FAILURES_OF_CITIZEN)
        identity.verify(WITHHELD, RUTH.customer_number, Secret("918273"))
    assert {line["event"] for line in lines} == {"identity_verified", "identity_refused", "identity_not_compared"}
    for value in (RUTH.pin, WRONG.reveal(), "918273", RUTH.customer_number):
        assert value not in str(lines)
        assert all(value.encode() not in path.read_bytes() for path in tmp_path.glob("store.db*"))
