"""Tests of reminders: sent once, tried again while the carrier is away, never of what was cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ivr.errors import CarrierFailed
from ivr.jobs.reminders import LEASE, MOST_TRIES, NoTexts, ReminderSending
from ivr.store.appointments import Appointments, Slot
from ivr.store.database import Database
from ivr.store.reminders import Reminders
from ivr.vocabulary import PersonRef
from tests.store.clock import SetClock

RUTH = PersonRef("p-ruth0001")
NUMBER = "+351910000001"


class Carrier:
    """Sends, or fails as it is told."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.failure: CarrierFailed | None = None

    def send(self, number: str, text: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.sent.append((number, text))


@pytest.fixture
def reference(database: Database, clock: SetClock) -> str:
    booked = Appointments(database, clock).book(
        RUTH, Slot("fernley", datetime(2026, 11, 30, 9, 0, tzinfo=UTC)), "child", "CA1", "CA1.1"
    )
    assert booked is not None
    Reminders(database, clock).put(booked.reference, NUMBER, "en", {"moment": "x"}, clock.now)
    return booked.reference


def sending(
    database: Database, clock: SetClock, carrier: Carrier, refuses: Callable[[str], bool] = lambda number: False
) -> ReminderSending:
    return ReminderSending(
        Reminders(database, clock), lambda one: f"{one.language} {one.values['moment']}", carrier.send, refuses
    )


def test_what_is_due_is_sent_once(database: Database, clock: SetClock, reference: str) -> None:
    carrier = Carrier()
    duty = sending(database, clock, carrier)
    assert [duty.send_due(), duty.send_due()] == [1, 0]
    clock.pass_by(2 * LEASE)
    assert duty.send_due() == 0
    assert carrier.sent == [(NUMBER, "en x")]
    assert Reminders(database, clock).state(reference) == "sent"


def test_a_number_that_asked_not_to_be_called_gets_nothing(database: Database, clock: SetClock, reference: str) -> None:
    carrier = Carrier()
    duty = sending(database, clock, carrier, lambda number: number == NUMBER)
    assert duty.send_due() == 0
    assert carrier.sent == []
    assert Reminders(database, clock).state(reference) == "given_up"


def test_while_the_carrier_is_away_it_is_tried_again(database: Database, clock: SetClock, reference: str) -> None:
    carrier = Carrier()
    carrier.failure = CarrierFailed("away")
    duty = sending(database, clock, carrier)
    assert duty.send_due() == 0
    carrier.failure = None
    assert duty.send_due() == 0, "not before the lease is over"
    clock.pass_by(LEASE)
    assert duty.send_due() == 1
    assert Reminders(database, clock).state(reference) == "sent"


def test_in_the_end_it_is_given_up(database: Database, clock: SetClock, reference: str) -> None:
    carrier = Carrier()
    carrier.failure = CarrierFailed("away")
    duty = sending(database, clock, carrier)
    for _ in range(MOST_TRIES):
        duty.send_due()
        clock.pass_by(LEASE)
    assert Reminders(database, clock).state(reference) == "given_up"


def test_a_number_that_takes_no_texts_is_given_up_at_once(database: Database, clock: SetClock, reference: str) -> None:
    carrier = Carrier()
    carrier.failure = NoTexts("a landline")
    assert sending(database, clock, carrier).send_due() == 0
    assert Reminders(database, clock).state(reference) == "given_up"


def test_what_was_cancelled_is_not_reminded_of(database: Database, clock: SetClock, reference: str) -> None:
    Appointments(database, clock).cancel(RUTH, reference)
    carrier = Carrier()
    assert sending(database, clock, carrier).send_due() == 0
    assert carrier.sent == []
