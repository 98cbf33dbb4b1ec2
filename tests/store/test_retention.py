"""Tests of what is deleted, and of what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ivr.store.appointments import Appointments, Slot
from ivr.store.audit import Audit
from ivr.store.call_backs import CallBacks
from ivr.store.call_log import CallLog
from ivr.store.caller_hints import CallerHint, CallerHints
from ivr.store.database import Database
from ivr.store.drafts import Drafts
from ivr.store.identity_counters import IdentityCounters
from ivr.store.journal import Journal
from ivr.store.outbox import Outbox
from ivr.store.reminders import Reminders
from ivr.store.retention import Ages, Retention
from ivr.store.rights_requests import ERASE, RightsRequests
from ivr.store.ring_backs import Limits, RingBacks
from ivr.store.stream_tokens import StreamTokens
from ivr.store.tables import metadata
from ivr.store.texts import Texts
from ivr.store.voice_messages import VoiceMessages
from ivr.vocabulary import CallId, PersonRef
from tests.store.clock import SetClock

CALL = CallId("CA0001")
DAY = timedelta(days=1)


@pytest.fixture
def full(database: Database, clock: SetClock) -> Database:
    """A store with something in every table."""
    log = CallLog(database, clock)
    log.arrive(CALL, "+351210000001", "")
    log.keep(CALL, "{}", [("said", {"prompt": "ask_matter"})])
    log.set_next_step(CALL, "bye")
    log.remember(CALL, "arrive", "<first/>")
    log.death(CALL, "resume", DAY)
    StreamTokens(database, clock).issue(CALL)
    Drafts(database, clock).open("child", "hash", "CA1.1")
    call_backs = CallBacks(database, clock)
    call_backs.promise(CALL, "+351210000001", "any", "")
    call_backs.propose(CALL, "+351210000001")
    VoiceMessages(database, clock).leave(CALL, "RE1", 3)
    counters = IdentityCounters(database, clock, DAY, DAY)
    counters.attempt("11111111", "hash", lambda *tallies: None)
    counters.ask_letter("11111111", date(1948, 5, 3), DAY)
    Outbox(database, clock).put("application", "k", {})
    appointments, slot = Appointments(database, clock), Slot("fernley", clock.now + DAY)
    appointments.hold(slot, "CA1")
    booked = appointments.book(PersonRef("p-12345678"), slot, "child", "CA1", "CA1.1")
    assert booked is not None
    Reminders(database, clock).put(booked.reference, "+351210000001", "en", {}, slot.at)
    CallerHints(database, clock).remember("hash", CallerHint("en"))
    RightsRequests(database, clock).ask(ERASE, CALL, "hash", "erase.CA0001")
    texts = Texts(database, clock)
    texts.receive("SM1")
    texts.keep_answer("SM1", CALL, "Hello.")
    texts.hold("hash", DAY)
    RingBacks(database, clock, Limits()).ask(CALL, "+351210000001", "hash", "missed_call", DAY)
    Audit(database, SetClock(clock.now + DAY), 365 * DAY).seal_days()
    return database


def _rows(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {t.name: len(connection.execute(t.select()).all()) for t in metadata.sorted_tables}


def test_nothing_goes_before_its_time(full: Database, clock: SetClock) -> None:
    before = _rows(full)
    assert min(before.values()) >= 1, "a table without an example"
    clock.pass_by(timedelta(seconds=59))
    assert set(Retention(full, clock, Ages()).delete_expired().values()) == {0}
    assert _rows(full) == before


def test_after_a_day_the_state_is_gone_and_the_journal_is_there(full: Database, clock: SetClock) -> None:
    clock.pass_by(DAY)
    Retention(full, clock, Ages()).delete_expired()
    log = CallLog(full, clock)
    assert log.state(CALL) is None
    assert log.next_step(CALL) is None
    assert log.remembered(CALL, "arrive") is None
    assert CallBacks(full, clock).proposed(CALL) == ""
    (entry,) = Journal(full, clock).timeline(CALL)
    assert entry.contents == {"prompt": "ask_matter"}


def test_after_a_month_nobody_can_tell_who_called_and_the_chain_still_fits(full: Database, clock: SetClock) -> None:
    clock.pass_by(30 * DAY)
    Retention(full, clock, Ages()).delete_expired()
    record = CallLog(full, clock).find(CALL)
    assert record is not None
    assert (record.caller, record.from_hash) == ("", "")
    journal = Journal(full, clock)
    assert [entry.contents for entry in journal.timeline(CALL)] == [None]
    assert journal.is_intact(CALL)


def test_in_the_end_only_what_was_promised_and_not_done_is_left(full: Database, clock: SetClock) -> None:
    clock.pass_by(3_650 * DAY)
    Retention(full, clock, Ages()).delete_expired()
    left = {name for name, rows in _rows(full).items() if rows}
    assert left == {"outbox", "call_backs", "identity_turnstile", "audit_seals"}


def test_what_was_done_goes_as_well(full: Database, clock: SetClock) -> None:
    outbox, call_backs = Outbox(full, clock), CallBacks(full, clock)
    (parcel,) = outbox.take(DAY)
    outbox.delivered(parcel.id, {})
    (call_back,) = call_backs.waiting()
    call_backs.move(call_back.reference, "promised", "handed_over")
    clock.pass_by(30 * DAY)
    counts = Retention(full, clock, Ages()).delete_expired()
    assert (counts["outbox"], counts["call_backs"]) == (1, 1)


def test_an_agency_sets_its_own_ages(full: Database, clock: SetClock) -> None:
    ages = replace(Ages(), drafts=timedelta(hours=1), caller_hints=timedelta(hours=1))
    clock.pass_by(timedelta(hours=2))
    counts = Retention(full, clock, ages).delete_expired()
    assert {name for name, rows in counts.items() if rows} == {"drafts", "caller_hints", "stream_tokens"}


def test_the_page_for_the_protection_officer_names_every_table() -> None:
    page = (Path(__file__).parents[2] / "docs/data-protection.md").read_text("utf-8")
    assert [name for name in metadata.tables if f"`{name}`" not in page] == ["identity_turnstile"]
