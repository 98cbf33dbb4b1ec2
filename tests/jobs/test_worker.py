"""Tests of the worker: what it does, and its process from start to stop."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete
from structlog.testing import capture_logs

from ivr.errors import AgencyFailed
from ivr.jobs.audit import AuditCheck
from ivr.jobs.call_backs import CallBackHandOver
from ivr.jobs.outbox import LONGEST_PAUSE, STUCK_AFTER, OutboxDelivery, pause_after
from ivr.jobs.queue import EVERY_MINUTE, NIGHTLY, Duty, open_queue, register, worker_command
from ivr.jobs.upkeep import duties
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency.intake import Intake
from ivr.store.audit import Audit
from ivr.store.call_backs import CallBacks
from ivr.store.call_log import CallLog
from ivr.store.database import Database
from ivr.store.outbox import Outbox
from ivr.store.retention import Ages, Retention
from ivr.store.tables import calls
from ivr.vocabulary import CallId
from tests.services.agencies import TODAY
from tests.store.clock import SetClock

APPLICATION = {"reference": "0005724", "benefit": "child", "answers": {"a": "b"}}


class Away(InventedAgency):
    """Takes nothing in."""

    def _take_in(self, *_: object) -> None:  # type: ignore[override]
        raise AgencyFailed("the agency is away")


@pytest.fixture
def outbox(database: Database, clock: SetClock) -> Outbox:
    return Outbox(database, clock)


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path / "agency.db")


def test_all_that_is_due_is_delivered_once(outbox: Outbox, intake: Intake, clock: SetClock) -> None:
    for number in range(23):
        outbox.put("application", f"k{number}", APPLICATION)
    delivery = OutboxDelivery(outbox, InventedAgency(intake, lambda: TODAY), clock)
    assert delivery.deliver_due() == 23
    assert delivery.deliver_due() == 0
    assert len(intake.taken_in("application")) == 23
    assert outbox.receipt("application", "k0") == {"reference": "0005724", "received": TODAY.isoformat()}


def test_while_the_agency_is_away_parcels_wait_longer_and_longer_and_in_the_end_go(
    outbox: Outbox, intake: Intake, clock: SetClock
) -> None:
    outbox.put("application", "k", APPLICATION)
    away = OutboxDelivery(outbox, Away(intake, lambda: TODAY), clock)
    with capture_logs() as lines:
        for attempt in range(1, STUCK_AFTER + 1):
            assert away.deliver_due() == 0
            clock.pass_by(pause_after(attempt) - timedelta(seconds=1))
            assert outbox.take(timedelta(0)) == ()
            clock.pass_by(timedelta(seconds=1))
    assert [line["event"] for line in lines] == ["outbox_waits"] * (STUCK_AFTER - 1) + ["outbox_stuck"]
    assert OutboxDelivery(outbox, InventedAgency(intake, lambda: TODAY), clock).deliver_due() == 1
    assert outbox.waiting() == 0


def test_one_parcel_that_fails_keeps_no_other_back(outbox: Outbox, intake: Intake, clock: SetClock) -> None:
    outbox.put("poem", "k", {})
    outbox.put("application", "k", APPLICATION)
    assert OutboxDelivery(outbox, InventedAgency(intake, lambda: TODAY), clock).deliver_due() == 1
    assert outbox.waiting() == 1


def test_pauses_double_up_to_an_hour() -> None:
    pauses = [pause_after(attempt) for attempt in (1, 2, 3, 7, 8, 9, 1_000)]
    assert [pause / timedelta(seconds=30) for pause in pauses] == [1, 2, 4, 64, 120, 120, 120]
    assert max(pauses) == LONGEST_PAUSE


def test_a_promised_call_back_reaches_the_agency_once(
    database: Database, outbox: Outbox, intake: Intake, clock: SetClock
) -> None:
    call_backs = CallBacks(database, clock)
    promised = call_backs.promise(CallId("CA1"), "+351210000001", "morning", "hardship")
    hand_over = CallBackHandOver(call_backs, outbox)
    assert [hand_over.hand_over_waiting(), hand_over.hand_over_waiting()] == [1, 0]
    OutboxDelivery(outbox, InventedAgency(intake, lambda: TODAY), clock).deliver_due()
    assert intake.taken_in("call_back") == (
        {"reference": promised.reference, "phone_number": "+351210000001", "window": "morning", "reason": "hardship"},
    )


def test_each_duty_is_on_the_queue_and_due_when_it_says(database: Database, outbox: Outbox, tmp_path: Path) -> None:
    clock = SetClock()
    agency = InventedAgency(Intake(tmp_path / "agency.db"), lambda: TODAY)
    hand_over = CallBackHandOver(CallBacks(database, clock), outbox)
    queue = open_queue(tmp_path / "new" / "queue.db")
    audit = AuditCheck(Audit(database, clock, Ages().calls))
    done = duties(hand_over, OutboxDelivery(outbox, agency, clock), Retention(database, clock, Ages()), audit, None)
    register(queue, done)
    noon, night = datetime(2026, 11, 24, 12, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert [task.name for task in queue.read_periodic(noon)] == ["call_backs", "outbox"]
    assert [task.name for task in queue.read_periodic(night)] == ["call_backs", "outbox", "retention"]
    later = night + timedelta(minutes=30)
    assert [task.name for task in queue.read_periodic(later)] == ["call_backs", "outbox", "audit"]
    for task in (*queue.read_periodic(night), *queue.read_periodic(later)):
        queue.execute(task)


def test_the_nightly_check_seals_the_days_before_and_counts_what_is_wrong(database: Database, clock: SetClock) -> None:
    CallLog(database, clock).arrive(CallId("CA1"), "", "")
    check = AuditCheck(Audit(database, clock, Ages().calls))
    clock.pass_by(timedelta(days=1))
    assert check.seal_and_check() == 0
    with database.writing() as connection:
        connection.execute(delete(calls))
    assert check.seal_and_check() == 1


def test_a_minute_and_a_night_are_what_they_are_called() -> None:
    day = [datetime(2026, 11, 24, tzinfo=UTC) + timedelta(minutes=minute) for minute in range(24 * 60)]
    assert sum(map(EVERY_MINUTE, day)) == 24 * 60
    assert [f"{moment:%H:%M}" for moment in day if NIGHTLY(moment)] == ["03:00"]


WORKER = """
import pathlib, sys, time
from huey.api import crontab
from ivr.jobs.queue import Duty, open_queue, register, run_worker

folder = pathlib.Path(sys.argv[1])

def work():
    (folder / "began").touch()
    while not (folder / "go_on").exists():
        time.sleep(0.01)
    (folder / "finished").touch()

queue = open_queue(folder / "queue.db")
register(queue, [Duty("work", crontab(), work)])
queue.enqueue(queue.read_periodic(None)[0]) if len(sys.argv) > 2 else None
run_worker(queue)
"""


@pytest.mark.fault
def test_a_worker_that_is_told_to_stop_finishes_what_it_does(tmp_path: Path) -> None:
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path), "at once"])
    try:
        wait_for(tmp_path / "began", worker)
        worker.send_signal(signal.SIGTERM)
        assert not (tmp_path / "finished").exists()
        (tmp_path / "go_on").touch()
        assert worker.wait(20) == 0
        assert (tmp_path / "finished").exists()
    finally:
        worker.kill()
        worker.wait()


def wait_for(path: Path, worker: subprocess.Popen[bytes]) -> None:
    """Until the file is there; an ended worker fails the test."""
    while not path.exists():
        try:
            worker.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail("the worker ended before it began")


def test_the_command_is_our_own_python() -> None:
    assert worker_command() == [sys.executable, "-m", "ivr", "process", "worker"]


def test_a_duty_that_fails_is_seen_by_the_queue_and_the_others_go_on(tmp_path: Path) -> None:
    done: list[str] = []

    def fail() -> None:
        raise AgencyFailed("away")

    queue = open_queue(tmp_path / "queue.db")
    register(queue, [Duty("fails", EVERY_MINUTE, fail), Duty("works", EVERY_MINUTE, lambda: done.append("worked"))])
    failing, working = queue.read_periodic(datetime(2026, 11, 24, tzinfo=UTC))
    queue.execute(failing)
    queue.execute(working)
    assert done == ["worked"]
