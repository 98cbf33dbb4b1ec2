"""Whoever tampers with the trail is found, and what was tampered with is named."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update

from ivr.store.audit import Audit
from ivr.store.call_log import CallLog
from ivr.store.database import Database, open_engine
from ivr.store.encryption import Keyring
from ivr.store.journal import Flaw, Journal
from ivr.store.retention import Ages, Retention
from ivr.store.schema import upgrade
from ivr.store.tables import (
    audit_sealed_calls,
    audit_seals,
    calls,
    journal_contents,
    journal_entries,
    journal_keys,
)
from ivr.vocabulary import CallId
from tests.store.clock import SetClock

DAY = timedelta(days=1)
YEAR = 365 * DAY
CALLS = tuple(CallId(f"CA{number}") for number in range(3))
ENTRIES = 4
SETTINGS = settings(max_examples=12, deadline=None)


class Trail:
    """Three calls of yesterday with four entries each, sealed."""

    def __init__(self, database: Database, clock: SetClock) -> None:
        self.database, self.clock = database, clock
        log = CallLog(database, clock)
        for call_id in CALLS:
            log.arrive(call_id, "+351210000001", "")
            for number in range(ENTRIES):
                fact = {
                    "name": "amount",
                    "value": str(number),
                    "source": "agency:/payments#1",
                    "rule": "r",
                    "reason": "",
                }
                log.keep(call_id, "{}", [("facts", {"facts": [fact]})])
        clock.pass_by(DAY)
        self.audit = Audit(database, clock, YEAR)
        self.audit.seal_days()

    def flaws(self) -> tuple[Flaw, ...]:
        return self.audit.verify().flaws

    def run(self, statement: Any) -> None:
        with self.database.writing() as connection:
            connection.execute(statement)


@pytest.fixture
def trail(database: Database, clock: SetClock) -> Trail:
    return Trail(database, clock)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trails")


def fresh(folder: Path) -> Trail:
    """A trail of its own for each example."""
    engine = open_engine(f"sqlite:///{folder}/{uuid4().hex}.db")
    upgrade(engine)
    return Trail(Database(engine, Keyring.parse(Keyring.generate())), SetClock())


def of(call_id: CallId, sequence: int) -> Any:
    return (journal_entries.c.call_id == call_id) & (journal_entries.c.sequence == sequence)


def test_an_untouched_trail_has_no_flaw_and_a_head_to_note(trail: Trail) -> None:
    verdict = trail.audit.verify()
    assert (verdict.calls, verdict.entries, verdict.seals, verdict.flaws) == (3, 12, 1, ())
    assert len(verdict.head) == 64


def test_a_day_is_sealed_once_and_today_is_not(trail: Trail) -> None:
    assert trail.audit.seal_days() == ()
    trail.clock.pass_by(3 * DAY)
    assert [(seal.number, seal.calls) for seal in trail.audit.seal_days()] == [(2, 0), (3, 0), (4, 0)]
    assert trail.flaws() == ()


def test_what_is_added_after_the_seal_is_no_flaw(trail: Trail) -> None:
    Journal(trail.database, trail.clock).add(CALLS[0], [("late", {})])
    assert trail.flaws() == ()


def test_erasing_contents_takes_their_key_and_leaves_the_chain(trail: Trail) -> None:
    journal = Journal(trail.database, trail.clock)
    assert journal.erase(CALLS[0]) == ENTRIES
    assert trail.flaws() == ()
    assert [entry.contents for entry in journal.timeline(CALLS[0])] == [None] * ENTRIES
    with trail.database.reading() as connection:
        assert len(connection.execute(select(journal_keys)).all()) == len(CALLS) - 1


def test_without_its_key_a_copy_of_the_contents_is_noise(trail: Trail) -> None:
    trail.run(delete(journal_keys).where(journal_keys.c.call_id == CALLS[0]))
    assert trail.flaws() == ()
    assert {entry.contents for entry in Journal(trail.database, trail.clock).timeline(CALLS[0])} == {None}


def test_a_call_keeps_its_own_key(trail: Trail) -> None:
    with trail.database.reading() as connection:
        keys = connection.execute(select(journal_keys.c.sealed_key)).scalars().all()
    assert len(set(keys)) == len(CALLS)


@SETTINGS
@given(
    call=st.sampled_from(CALLS),
    sequence=st.integers(1, ENTRIES),
    column=st.sampled_from(["kind", "at", "contents_hash", "digest"]),
)
def test_a_changed_entry_is_named(folder: Path, call: CallId, sequence: int, column: str) -> None:
    trail = fresh(folder)
    value = trail.clock.now if column == "at" else "0" * 64
    trail.run(update(journal_entries).where(of(call, sequence)).values({column: value}))
    assert Flaw(call, sequence, "changed or moved") in trail.flaws()


@SETTINGS
@given(call=st.sampled_from(CALLS), sequence=st.integers(1, ENTRIES))
def test_a_removed_entry_is_named(folder: Path, call: CallId, sequence: int) -> None:
    trail = fresh(folder)
    trail.run(delete(journal_entries).where(of(call, sequence)))
    assert Flaw(call, sequence, "removed") in trail.flaws()


@SETTINGS
@given(call=st.sampled_from(CALLS), pair=st.lists(st.integers(1, ENTRIES), min_size=2, max_size=2, unique=True))
def test_two_entries_that_changed_places_are_named(folder: Path, call: CallId, pair: list[int]) -> None:
    trail = fresh(folder)
    first, second = pair
    with trail.database.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for old, new in ((first, 99), (second, first), (99, second)):
            for table in (journal_entries, journal_contents):
                moving = update(table).where(table.c.call_id == call, table.c.sequence == old)
                connection.execute(moving.values(sequence=new))
    assert {flaw.sequence for flaw in trail.flaws() if flaw.call_id == call} >= set(pair)


@SETTINGS
@given(call=st.sampled_from(CALLS), sequence=st.integers(1, ENTRIES), byte=st.integers(0, 60), bit=st.integers(0, 7))
def test_contents_of_which_a_bit_was_turned_are_named(
    folder: Path, call: CallId, sequence: int, byte: int, bit: int
) -> None:
    trail = fresh(folder)
    where = (journal_contents.c.call_id == call) & (journal_contents.c.sequence == sequence)
    with trail.database.writing() as connection:
        sealed = bytearray(connection.execute(select(journal_contents.c.sealed_contents).where(where)).scalar_one())
        sealed[byte] ^= 1 << bit
        connection.execute(update(journal_contents).where(where).values(sealed_contents=bytes(sealed)))
    assert trail.flaws() == (Flaw(call, sequence, "its contents were changed"),)


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_vanished_whole_is_named(trail: Trail, call: CallId) -> None:
    trail.run(delete(calls).where(calls.c.call_id == call))
    assert trail.flaws() == (Flaw(call, 0, "the call was removed"),)


def test_a_call_that_vanished_with_its_line_in_the_seal_breaks_the_seal(trail: Trail) -> None:
    trail.run(delete(calls).where(calls.c.call_id == CALLS[1]))
    trail.run(delete(audit_sealed_calls).where(audit_sealed_calls.c.call_id == CALLS[1]))
    (flaw,) = trail.flaws()
    assert "seal of 2026-11-24 was changed" in flaw.what


def test_a_chain_that_was_written_anew_does_not_fit_its_seal(trail: Trail) -> None:
    """Whoever can write the database can compute a new chain; the seal of that day says so."""
    call = CALLS[2]
    with trail.database.writing() as connection:
        rows = connection.execute(
            select(journal_entries).where(journal_entries.c.call_id == call).order_by(journal_entries.c.sequence)
        ).all()
        digest = ""
        for row in rows:
            kind = "forged" if row.sequence == 2 else row.kind
            link = [digest, call, row.sequence, kind, row.at.isoformat(), row.contents_hash]
            digest = hashlib.sha256(json.dumps(link).encode()).hexdigest()
            connection.execute(update(journal_entries).where(of(call, row.sequence)).values(kind=kind, digest=digest))
        connection.execute(update(calls).where(calls.c.call_id == call).values(digest=digest))
    assert trail.flaws() == (Flaw(call, ENTRIES, "not as it was sealed on 2026-11-24"),)


def test_an_entry_more_is_named(trail: Trail) -> None:
    row = {
        "call_id": CALLS[0],
        "sequence": ENTRIES + 1,
        "kind": "x",
        "at": trail.clock.now,
        "contents_hash": "",
        "digest": "",
    }
    trail.run(insert(journal_entries).values(**row))
    assert Flaw(CALLS[0], ENTRIES + 1, "added") in trail.flaws()


def test_a_seal_that_is_gone_is_missed(trail: Trail) -> None:
    trail.clock.pass_by(2 * DAY)
    trail.audit.seal_days()
    trail.run(delete(audit_seals).where(audit_seals.c.number == 2))
    assert "seals 2 to 2 were removed" in [flaw.what for flaw in trail.flaws()]


def test_what_retention_takes_away_in_time_is_no_flaw(trail: Trail) -> None:
    retention = Retention(trail.database, trail.clock, Ages())
    for _ in range(16):
        trail.clock.pass_by(25 * DAY)
        retention.delete_expired()
        trail.audit.seal_days()
        assert trail.flaws() == ()
    assert trail.audit.verify().calls == 0
