"""Tests of the outbox."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from ivr.store.database import Database
from ivr.store.outbox import Outbox
from tests.store.clock import SetClock

LEASE = timedelta(minutes=1)


@pytest.fixture
def outbox(database: Database, clock: SetClock) -> Outbox:
    return Outbox(database, clock)


def test_what_is_put_in_comes_out_oldest_first(outbox: Outbox, clock: SetClock) -> None:
    for key in ("b", "a", "c"):
        assert outbox.put("application", key, {"key": key})
        clock.pass_by(timedelta(seconds=1))
    parcels = outbox.take(LEASE, limit=2)
    assert [(parcel.key, parcel.payload, parcel.attempts) for parcel in parcels] == [
        ("b", {"key": "b"}, 1),
        ("a", {"key": "a"}, 1),
    ]
    assert outbox.waiting() == 3


def test_the_same_key_goes_in_once_for_each_kind(outbox: Outbox) -> None:
    assert outbox.put("application", "k", {"version": 1})
    assert not outbox.put("application", "k", {"version": 2})
    assert outbox.put("call_back", "k", {})
    assert [parcel.payload for parcel in outbox.take(LEASE)] == [{"version": 1}, {}]


def test_a_parcel_taken_out_is_nobody_elses_until_its_lease_ends(outbox: Outbox, clock: SetClock) -> None:
    outbox.put("application", "k", {})
    assert len(outbox.take(LEASE)) == 1
    assert outbox.take(LEASE) == ()
    assert outbox.take_one("application", "k", LEASE) is None
    clock.pass_by(LEASE)
    (again,) = outbox.take(LEASE)
    assert again.attempts == 2


def test_workers_that_take_at_once_get_different_parcels(outbox: Outbox) -> None:
    for number in range(30):
        outbox.put("application", str(number), {})
    with ThreadPoolExecutor(6) as pool:
        taken = [parcel.key for parcels in pool.map(lambda _: outbox.take(LEASE, 5), range(12)) for parcel in parcels]
    assert sorted(taken) == sorted(map(str, range(30)))


def test_a_delivered_parcel_leaves_its_receipt_and_nothing_else(outbox: Outbox, clock: SetClock) -> None:
    outbox.put("application", "k", {"answers": "many"})
    assert outbox.receipt("application", "k") is None
    parcel = outbox.take_one("application", "k", LEASE)
    assert parcel is not None
    outbox.delivered(parcel.id, {"reference": "1"})
    clock.pass_by(timedelta(days=1))
    assert outbox.take(LEASE) == ()
    assert outbox.waiting() == 0
    assert outbox.receipt("application", "k") == {"reference": "1"}


def test_a_failed_parcel_is_due_again_when_it_was_said(outbox: Outbox, clock: SetClock) -> None:
    outbox.put("application", "k", {"answers": "many"})
    (parcel,) = outbox.take(LEASE)
    outbox.failed(parcel.id, "the agency is away" * 50, clock() + timedelta(hours=1))
    clock.pass_by(timedelta(minutes=59))
    assert outbox.take(LEASE) == ()
    clock.pass_by(timedelta(minutes=1))
    (again,) = outbox.take(LEASE)
    assert (again.payload, again.attempts) == ({"answers": "many"}, 2)
    assert outbox.waiting() == 1
