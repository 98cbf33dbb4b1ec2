"""Tests of the journal and its chain."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete, insert, update

from ivr.store.call_log import CallLog
from ivr.store.database import Database
from ivr.store.journal import Entry, Journal
from ivr.store.tables import calls, journal_contents, journal_entries, journal_keys
from ivr.vocabulary import CallId
from tests.store.clock import START, SetClock

CALL = CallId("CA0001")
ENTRIES: list[Entry] = [("said", {"prompt": "ask_matter"}), ("caller_spoke", {"text": "my pension"}), ("ended", {})]


@pytest.fixture
def journal(database: Database, clock: SetClock) -> Journal:
    CallLog(database, clock).arrive(CALL, "+351210000001", "")
    journal = Journal(database, clock)
    journal.add(CALL, ENTRIES)
    return journal


def test_the_timeline_tells_what_happened_in_order(journal: Journal) -> None:
    entries = journal.timeline(CALL)
    assert [(entry.sequence, entry.kind, entry.contents) for entry in entries] == [
        (1, "said", {"prompt": "ask_matter"}),
        (2, "caller_spoke", {"text": "my pension"}),
        (3, "ended", {}),
    ]
    assert {entry.at for entry in entries} == {START}


def test_the_timeline_goes_on_behind_a_number(journal: Journal) -> None:
    journal.add(CALL, [("late", {})])
    assert [entry.kind for entry in journal.timeline(CALL, after=2)] == ["ended", "late"]
    assert journal.timeline(CALL, after=4) == ()
    assert journal.timeline(CallId("CA404")) == ()


def test_erased_contents_are_gone_and_the_chain_still_fits(journal: Journal) -> None:
    assert journal.erase(CALL) == 3
    assert [entry.contents for entry in journal.timeline(CALL)] == [None, None, None]
    assert journal.is_intact(CALL)
    journal.add(CALL, [("after", {"x": 1})])
    assert journal.is_intact(CALL)


def test_what_was_sealed_before_calls_had_keys_of_their_own_is_still_read(journal: Journal, database: Database) -> None:
    text = json.dumps({"salt": "", "contents": {"old": 1}})
    sealed = database.keyring.seal(text, f"journal_contents:{CALL}:1")
    with database.writing() as connection:
        connection.execute(delete(journal_keys))
        connection.execute(
            update(journal_contents).where(journal_contents.c.sequence == 1).values(sealed_contents=sealed)
        )
    assert [entry.contents for entry in journal.timeline(CALL)] == [{"old": 1}, None, None]


TAMPERING = {
    "a kind was changed": update(journal_entries).where(journal_entries.c.sequence == 2).values(kind="said"),
    "an entry was taken away": delete(journal_entries).where(journal_entries.c.sequence == 2),
    "the last entry was taken away": delete(journal_entries).where(journal_entries.c.sequence == 3),
    "all entries were taken away": delete(journal_entries),
    "contents were exchanged": update(journal_contents)
    .where(journal_contents.c.sequence == 1)
    .values(sealed_contents=journal_contents.select().with_only_columns(journal_contents.c.sealed_contents)
            .where(journal_contents.c.sequence == 2).scalar_subquery()),
    "contents were damaged": update(journal_contents).values(sealed_contents=b"nonsense"),
    "the end was set back": update(calls).values(entries=2),
    "an entry was put in": insert(journal_entries).values(
        call_id=CALL, sequence=4, kind="said", at=START, contents_hash="0", digest="0"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_shows(journal: Journal, database: Database, what: str) -> None:
    assert journal.is_intact(CALL)
    with database.writing() as connection:
        connection.execute(TAMPERING[what])
    assert not journal.is_intact(CALL)


def test_a_call_that_never_arrived_is_not_intact(journal: Journal) -> None:
    assert not journal.is_intact(CallId("CA404"))
