"""Tests of calls and their state."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import pytest

from ivr.errors import StoreFailed
from ivr.store.call_log import FORGOTTEN_AFTER, CallLog
from ivr.store.database import Database, open_engine, utc_now
from ivr.store.encryption import Keyring
from ivr.store.journal import Journal
from ivr.vocabulary import CallId
from tests.store.clock import START, SetClock

CALL = CallId("CA0001")
CALLER = "+351210000001"
MINUTE = timedelta(seconds=60)


@pytest.fixture
def log(database: Database, clock: SetClock) -> CallLog:
    log = CallLog(database, clock)
    log.arrive(CALL, CALLER, "+351800000000")
    return log


def test_a_repeated_arrival_changes_nothing(log: CallLog) -> None:
    log.own(CALL, "10.0.0.1:8000")
    assert not log.arrive(CALL, "+351999999999", "+1")
    record = log.find(CALL)
    assert record is not None
    assert (record.caller, record.called, record.owner) == (CALLER, "+351800000000", "10.0.0.1:8000")
    assert (record.arrived, record.finished, record.status) == (START, None, "")


def test_the_same_number_is_recognized_and_a_withheld_one_never(log: CallLog) -> None:
    log.arrive(CallId("CA2"), CALLER, "")
    log.arrive(CallId("CA3"), "anonymous", "")
    first, second, third = (log.find(CallId(name)) for name in ("CA0001", "CA2", "CA3"))
    assert first
    assert second
    assert third
    assert first.from_hash == second.from_hash == log.calling_hash(CALLER) != ""
    assert (third.from_hash, third.caller) == ("", "")


def test_the_state_kept_last_is_read_by_another_process(log: CallLog, store_url: str, key: str) -> None:
    log.keep(CALL, '{"step": 1}')
    log.keep(CALL, '{"step": 2, "keys": "47"}')
    other = Database(open_engine(store_url), Keyring.parse(key))
    assert CallLog(other, utc_now).state(CALL) == '{"step": 2, "keys": "47"}'
    other.close()


def test_state_and_entries_are_kept_together_or_not_at_all(log: CallLog, database: Database, clock: SetClock) -> None:
    log.keep(CALL, "before", [("said", {"prompt": "ask_matter"})])
    with pytest.raises(TypeError):
        log.keep(CALL, "after", [("said", {}), ("said", {"not JSON": object()})])
    assert log.state(CALL) == "before"
    assert len(Journal(database, clock).timeline(CALL)) == 1


def test_a_call_that_never_arrived_cannot_be_written(log: CallLog) -> None:
    with pytest.raises(StoreFailed, match="no such call"):
        log.keep(CallId("CA404"), "{}")
    with pytest.raises(StoreFailed, match="no such call"):
        log.set_next_step(CallId("CA404"), "bye")
    assert log.state(CallId("CA404")) is None
    assert log.next_step(CallId("CA404")) is None


def test_the_next_step_is_kept_until_it_is_taken_back(log: CallLog) -> None:
    assert log.next_step(CALL) is None
    log.set_next_step(CALL, "staff", "distress")
    assert log.next_step(CALL) == ("staff", "distress")
    log.set_next_step(CALL, "")
    assert log.next_step(CALL) is None


def test_deaths_count_within_their_window_and_a_repeated_request_counts_once(log: CallLog, clock: SetClock) -> None:
    assert log.death(CALL, "resume 1", MINUTE) == 1
    assert log.death(CALL, "resume 1", MINUTE) == 1
    clock.pass_by(timedelta(seconds=30))
    assert log.death(CALL, "resume 2", MINUTE) == 2
    clock.pass_by(timedelta(seconds=45))
    assert log.death(CALL, "resume 3", MINUTE) == 2


def test_a_repeated_webhook_gets_the_first_document(log: CallLog) -> None:
    assert log.remembered(CALL, "arrive") is None
    assert log.remember(CALL, "arrive", "<first/>") == "<first/>"
    assert log.remember(CALL, "arrive", "<second/>") == "<first/>"
    assert log.remembered(CALL, "arrive") == "<first/>"
    assert log.remember(CALL, "resume", "<other/>") == "<other/>"


def test_of_many_racing_webhooks_all_get_the_same_document(log: CallLog) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda number: log.remember(CALL, "arrive", f"<n{number}/>"), range(16)))
    assert len(answers) == 1


def test_a_finished_call_is_live_no_more_and_keeps_its_first_status(log: CallLog, clock: SetClock) -> None:
    log.arrive(CallId("CA2"), CALLER, "")
    clock.pass_by(MINUTE)
    assert log.finish(CALL, "completed", 60)
    assert not log.finish(CALL, "failed", 61)
    assert [record.call_id for record in log.live()] == ["CA2"]
    record = log.find(CALL)
    assert record is not None
    assert (record.status, record.seconds, record.finished) == ("completed", 60, START + MINUTE)


def test_a_call_whose_end_was_never_told_is_not_live_for_ever(log: CallLog, clock: SetClock) -> None:
    clock.pass_by(FORGOTTEN_AFTER - timedelta(seconds=1))
    assert len(log.live()) == 1
    clock.pass_by(timedelta(seconds=1))
    assert log.live() == ()


def test_threads_that_write_at_once_lose_nothing(log: CallLog, database: Database, clock: SetClock) -> None:
    def write(number: int) -> None:
        log.keep(CALL, f"state {number}", [("turn", {"number": number})])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    journal = Journal(database, clock)
    entries = journal.timeline(CALL)
    assert [entry.sequence for entry in entries] == list(range(1, 41))
    assert {entry.contents["number"] for entry in entries if entry.contents} == set(range(40))
    assert journal.is_intact(CALL)
    assert log.state(CALL) == f"state {entries[-1].contents['number']}"  # type: ignore[index]


def _write_in_a_process(url: str, key: str, call: str, turns: int) -> None:
    database = Database(open_engine(url), Keyring.parse(key))
    log = CallLog(database, utc_now)
    for turn in range(turns):
        log.keep(CallId(call), f"state {turn}", [("turn", {"number": turn})])
    database.close()


def test_processes_that_write_at_once_lose_nothing(
    log: CallLog, database: Database, clock: SetClock, store_url: str, key: str
) -> None:
    log.arrive(CallId("CA2"), CALLER, "")
    spawning = get_context("spawn")
    arguments = [(store_url, key, call, 25) for call in (CALL, "CA2", CALL)]
    workers = [spawning.Process(target=_write_in_a_process, args=each) for each in arguments]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    journal = Journal(database, clock)
    assert [len(journal.timeline(CallId(call))) for call in (CALL, "CA2")] == [50, 25]
    assert journal.is_intact(CALL)
    assert log.state(CallId("CA2")) == "state 24"
