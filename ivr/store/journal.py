"""The journal: what happened in a call, turn by turn, in a chain that shows every change.

The chain covers a salted hash of each entry's contents. The salt lies with the contents, in a row that can be erased:
what remains then tells nothing of them, and the chain still fits.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, delete, insert, select, update

from ivr.errors import StoreFailed
from ivr.store.database import Clock, Database
from ivr.store.encryption import Keyring
from ivr.store.tables import calls, journal_contents, journal_entries
from ivr.vocabulary import CallId

Entry: TypeAlias = tuple[str, Mapping[str, Any]]
"""Something that happened, as it goes in: its kind, and contents that JSON can hold; never a PIN."""


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry as it comes out."""

    sequence: int
    """1, 2, 3 … in the order of the call."""
    kind: str
    at: datetime
    contents: Mapping[str, Any] | None
    """None: erased."""


class Journal:
    """Reading, adding to and erasing journals; shared by all threads. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, call_id: CallId, entries: Sequence[Entry]) -> None:
        """Add entries without a new state, e.g. from a webhook."""
        with self._database.writing() as connection:
            append(connection, self._database.keyring, call_id, entries, self._clock())

    def timeline(self, call_id: CallId, after: int = 0) -> tuple[KeptEntry, ...]:
        """The entries behind this sequence number, in order."""
        return tuple(self._kept(call_id, row) for row in self._rows(call_id, after))

    def erase(self, call_id: CallId) -> int:
        """Erase the contents of a call's entries; the chain stays. Returns how many went."""
        of_call = journal_contents.c.call_id == call_id
        with self._database.writing() as connection:
            return connection.execute(delete(journal_contents).where(of_call)).rowcount

    def is_intact(self, call_id: CallId) -> bool:
        """True where no entry was changed, added, moved or taken away (erased contents apart)."""
        with self._database.reading() as connection:
            end = connection.execute(select(calls.c.entries, calls.c.digest).where(calls.c.call_id == call_id)).first()
        rows = self._rows(call_id)
        digests = ["", *(row.digest for row in rows)]
        return (
            end is not None
            and (len(rows), digests[-1]) == tuple(end)
            and all(row.sequence == place for place, row in enumerate(rows, 1))
            and all(self._fits(call_id, row, before) for row, (before, _) in zip(rows, pairwise(digests), strict=True))
        )

    def _fits(self, call_id: CallId, row: Row[Any], before: str) -> bool:
        if row.digest != _digest(before, call_id, row.sequence, row.kind, row.at, row.contents_hash):
            return False
        if row.sealed_contents is None:
            return True
        try:
            text = self._database.keyring.open(row.sealed_contents, _place(call_id, row.sequence))
        except StoreFailed:
            return False
        return hashlib.sha256(text.encode()).hexdigest() == str(row.contents_hash)

    def _rows(self, call_id: CallId, after: int = 0) -> Sequence[Row[Any]]:
        joined = journal_entries.outerjoin(journal_contents)
        entries = select(journal_entries, journal_contents.c.sealed_contents).select_from(joined)
        wanted = entries.where(journal_entries.c.call_id == call_id, journal_entries.c.sequence > after)
        with self._database.reading() as connection:
            return connection.execute(wanted.order_by(journal_entries.c.sequence)).all()

    def _kept(self, call_id: CallId, row: Row[Any]) -> KeptEntry:
        if row.sealed_contents is None:
            return KeptEntry(row.sequence, row.kind, row.at, None)
        text = self._database.keyring.open(row.sealed_contents, _place(call_id, row.sequence))
        return KeptEntry(row.sequence, row.kind, row.at, json.loads(text)["contents"])


def append(connection: Connection, keyring: Keyring, call_id: CallId, entries: Sequence[Entry], at: datetime) -> None:
    """Add entries in the transaction of somebody else; StoreFailed where there is no such call."""
    locked = select(calls.c.entries, calls.c.digest).where(calls.c.call_id == call_id).with_for_update()
    end = connection.execute(locked).first()
    if end is None:
        raise StoreFailed("there is no such call in the store")
    links = list(_links(keyring, call_id, entries, at, tuple(end)))
    if not links:
        return
    shared = {"call_id": call_id, "at": at}
    connection.execute(insert(journal_entries), [{**shared, **link.entry} for link in links])
    connection.execute(insert(journal_contents), [{**shared, **link.contents} for link in links])
    end_of_chain = {"entries": links[-1].entry["sequence"], "digest": links[-1].entry["digest"]}
    connection.execute(update(calls).where(calls.c.call_id == call_id).values(**end_of_chain))


@dataclass(frozen=True, slots=True)
class _Link:
    """The two rows of one entry."""

    entry: Mapping[str, Any]
    contents: Mapping[str, Any]


def _links(
    keyring: Keyring, call_id: CallId, entries: Sequence[Entry], at: datetime, end: tuple[int, str]
) -> Iterator[_Link]:
    before, digest = end
    for sequence, (kind, contents) in enumerate(entries, before + 1):
        text = json.dumps({"salt": os.urandom(16).hex(), "contents": dict(contents)})
        contents_hash = hashlib.sha256(text.encode()).hexdigest()
        digest = _digest(digest, call_id, sequence, kind, at, contents_hash)
        row = {"sequence": sequence, "kind": kind, "contents_hash": contents_hash, "digest": digest}
        yield _Link(row, {"sequence": sequence, "sealed_contents": keyring.seal(text, _place(call_id, sequence))})


def _digest(before: str, call_id: CallId, sequence: int, kind: str, at: datetime, contents_hash: str) -> str:
    link = [before, call_id, sequence, kind, at.astimezone(UTC).isoformat(), contents_hash]
    return hashlib.sha256(json.dumps(link).encode()).hexdigest()


def _place(call_id: CallId, sequence: int) -> str:
    return f"journal_contents:{call_id}:{sequence}"
