"""Tests of appointments: nobody gets a time that somebody has, however many ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from ivr.references import is_reference
from ivr.store.appointments import HELD_FOR, Appointments, Booking, Slot
from ivr.store.database import Database, open_engine
from ivr.store.encryption import Keyring
from ivr.store.reminders import Reminders
from ivr.vocabulary import PersonRef
from tests.store.clock import SetClock

SLOT = Slot("alderbrook", datetime(2026, 11, 26, 9, 30, tzinfo=UTC))
LATER = Slot("alderbrook", datetime(2026, 11, 26, 10, 0, tzinfo=UTC))
RUTH, EDITH = PersonRef("p-ruth0001"), PersonRef("p-edith001")


@pytest.fixture
def appointments(database: Database, clock: SetClock) -> Appointments:
    return Appointments(database, clock)


def book(appointments: Appointments, person: PersonRef, slot: Slot, call: str, moves: str = "") -> Booking | None:
    appointments.hold(slot, call)
    return appointments.book(person, slot, "child", call, f"{call}.1", moves)


def test_a_booked_time_is_gone_bound_to_the_person_and_found_again(appointments: Appointments) -> None:
    booked = book(appointments, RUTH, SLOT, "CA1")
    assert booked is not None
    assert is_reference(booked.reference)
    assert appointments.free([SLOT, LATER]) == (LATER,)
    assert appointments.of(RUTH) == (booked,)
    assert (booked.slot, booked.service, booked.state) == (SLOT, "child", "booked")
    assert appointments.of(EDITH) == ()


def test_of_many_callers_at_once_one_gets_the_time(
    store_url: str, key: str, database: Database, clock: SetClock
) -> None:
    second = Database(open_engine(store_url), Keyring.parse(key))  # as another process has it
    stores = [Appointments(database, clock), Appointments(second, clock)]

    def wants(number: int) -> Booking | None:
        store, call = stores[number % 2], f"CA{number}"
        if not store.hold(SLOT, call):
            return None
        return store.book(PersonRef(f"p-{number:08}"), SLOT, "child", call, f"{call}.1")

    with ThreadPoolExecutor(16) as pool:
        got = [booked for booked in pool.map(wants, range(48)) if booked is not None]
    second.close()
    assert len(got) == 1
    assert stores[0].free([SLOT]) == ()


def test_of_many_who_book_without_a_hold_one_gets_the_time(appointments: Appointments) -> None:
    def wants(number: int) -> Booking | None:
        return appointments.book(PersonRef(f"p-{number:08}"), SLOT, "child", f"CA{number}", f"CA{number}.1")

    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(wants, range(32)))
    assert sum(booked is not None for booked in got) == 1


def test_a_hold_keeps_others_out_until_it_lapses(appointments: Appointments, clock: SetClock) -> None:
    assert appointments.hold(SLOT, "CA1")
    assert not appointments.hold(SLOT, "CA2")
    assert appointments.free([SLOT]) == ()
    clock.pass_by(HELD_FOR)
    assert appointments.free([SLOT]) == (SLOT,)
    assert appointments.hold(SLOT, "CA2")
    assert appointments.book(RUTH, SLOT, "child", "CA1", "CA1.1") is None, "the hold lapsed and went to somebody else"


def test_a_lapsed_hold_can_still_be_booked_where_nobody_else_came(appointments: Appointments, clock: SetClock) -> None:
    appointments.hold(SLOT, "CA1")
    clock.pass_by(2 * HELD_FOR)
    assert appointments.book(RUTH, SLOT, "child", "CA1", "CA1.1") is not None


def test_who_holds_another_time_gives_the_first_one_back(appointments: Appointments) -> None:
    assert appointments.hold(SLOT, "CA1")
    assert appointments.hold(LATER, "CA1")
    assert appointments.free([SLOT, LATER]) == (SLOT,)


def test_a_repeat_books_nothing_twice(appointments: Appointments) -> None:
    first = book(appointments, RUTH, SLOT, "CA1")
    assert appointments.book(RUTH, SLOT, "child", "CA1", "CA1.1") == first
    assert appointments.of(RUTH) == (first,)


def test_a_new_hold_of_the_same_call_leaves_what_it_booked(appointments: Appointments) -> None:
    book(appointments, RUTH, SLOT, "CA1")
    assert appointments.hold(LATER, "CA1")
    assert appointments.free([SLOT]) == ()


def test_cancelling_frees_the_time_once_and_only_for_its_owner(appointments: Appointments) -> None:
    booked = book(appointments, RUTH, SLOT, "CA1")
    assert booked is not None
    assert not appointments.cancel(EDITH, booked.reference)
    assert appointments.cancel(RUTH, booked.reference)
    assert not appointments.cancel(RUTH, booked.reference)
    assert appointments.free([SLOT]) == (SLOT,)
    assert appointments.of(RUTH) == ()
    assert book(appointments, EDITH, SLOT, "CA2") is not None


def test_moving_frees_the_old_time_in_the_same_step(appointments: Appointments) -> None:
    old = book(appointments, RUTH, SLOT, "CA1")
    assert old is not None
    new = book(appointments, RUTH, LATER, "CA2", moves=old.reference)
    assert appointments.of(RUTH) == (new,)
    assert appointments.free([SLOT, LATER]) == (SLOT,)


def test_a_move_that_fails_keeps_the_old_time(appointments: Appointments) -> None:
    old = book(appointments, RUTH, SLOT, "CA1")
    assert old is not None
    assert book(appointments, EDITH, LATER, "CA2") is not None
    assert book(appointments, RUTH, LATER, "CA3", moves=old.reference) is None
    assert appointments.of(RUTH) == (old,)


def test_what_has_passed_is_told_no_more(appointments: Appointments, clock: SetClock) -> None:
    book(appointments, RUTH, SLOT, "CA1")
    clock.pass_by(timedelta(days=3))
    assert appointments.of(RUTH) == ()


def test_a_reminder_is_taken_once_when_due_and_erased_when_sent(
    database: Database, appointments: Appointments, clock: SetClock
) -> None:
    reminders, booked = Reminders(database, clock), book(appointments, RUTH, SLOT, "CA1")
    assert booked is not None
    due = SLOT.at - timedelta(days=1)
    assert reminders.put(booked.reference, "+351910000001", "en", {"moment": "time:2026-11-26T09:30"}, due)
    assert not reminders.put(booked.reference, "+351910000002", "en", {}, due)
    assert reminders.take(timedelta(minutes=1)) == ()
    clock.now = due
    (taken,) = reminders.take(timedelta(minutes=1))
    assert (taken.number, taken.language, taken.tries) == ("+351910000001", "en", 1)
    assert reminders.take(timedelta(minutes=1)) == ()
    clock.pass_by(timedelta(minutes=1))
    (again,) = reminders.take(timedelta(minutes=1))
    assert again.tries == 2
    reminders.done(booked.reference, "sent")
    clock.pass_by(timedelta(minutes=1))
    assert reminders.take(timedelta(minutes=1)) == ()
    assert reminders.state(booked.reference) == "sent"


def test_nobody_is_reminded_of_what_was_cancelled(
    database: Database, appointments: Appointments, clock: SetClock
) -> None:
    reminders, booked = Reminders(database, clock), book(appointments, RUTH, SLOT, "CA1")
    assert booked is not None
    reminders.put(booked.reference, "+351910000001", "en", {}, clock.now)
    appointments.cancel(RUTH, booked.reference)
    assert reminders.take(timedelta(minutes=1)) == ()
    assert reminders.state(booked.reference) == "dropped"
