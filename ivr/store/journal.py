"""The journal: what happened in a call, turn by turn, in a chain that shows every change.

The chain covers a salted hash of each entry's contents. The salt lies with the contents, in a row that can be erased,
under a key of the call's own: what remains then tells nothing of them, and the chain still fits.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, delete, insert, select, update

from ivr.errors import StoreFailed
from ivr.store.database import Clock, Database
from ivr.store.encryption import Keyring
from ivr.store.tables import calls, journal_contents, journal_entries, journal_keys
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


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in the trail that is not as it was written."""

    call_id: CallId
    """Empty: it concerns no single call."""
    sequence: int
    """Which entry of the call; 0: the call as a whole."""
    what: str

    def __str__(self) -> str:
        where = f"{self.call_id}, entry {self.sequence}" if self.sequence else str(self.call_id)
        return f"{where}: {self.what}" if where else self.what


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
        """Erase the contents of a call's entries and their key; the chain stays. Returns how many went."""
        of_call = journal_contents.c.call_id == call_id
        with self._database.writing() as connection:
            connection.execute(delete(journal_keys).where(journal_keys.c.call_id == call_id))
            return connection.execute(delete(journal_contents).where(of_call)).rowcount

    def is_intact(self, call_id: CallId) -> bool:
        """True where no entry was changed, added, moved or taken away (erased contents apart)."""
        return not self.flaws(call_id)

    def flaws(self, call_id: CallId) -> tuple[Flaw, ...]:
        """Every entry that is not as it was written. What one flaw breaks behind it is not told again."""
        with self._database.reading() as connection:
            end = connection.execute(select(calls.c.entries, calls.c.digest).where(calls.c.call_id == call_id)).first()
        if end is None:
            return (Flaw(call_id, 0, "the call was removed"),)
        rows = self._rows(call_id)
        return (*self._flaws_within(call_id, rows), *_flaws_at_the_end(call_id, rows, end.entries, end.digest))

    def _flaws_within(self, call_id: CallId, rows: Sequence[Row[Any]]) -> Iterator[Flaw]:
        before, follows = "", 1
        for row in rows:
            if row.sequence != follows:
                yield from (Flaw(call_id, gone, "removed") for gone in range(follows, row.sequence))
            elif row.digest != _digest(before, call_id, row.sequence, row.kind, row.at, row.contents_hash):
                yield Flaw(call_id, row.sequence, "changed or moved")
            elif not self._holds_what_it_did(call_id, row):
                yield Flaw(call_id, row.sequence, "its contents were changed")
            before, follows = row.digest, row.sequence + 1

    def _holds_what_it_did(self, call_id: CallId, row: Row[Any]) -> bool:
        try:
            text = self._opened(call_id, row)
        except StoreFailed:
            return False
        return text is None or hashlib.sha256(text.encode()).hexdigest() == str(row.contents_hash)

    def _opened(self, call_id: CallId, row: Row[Any]) -> str | None:
        """None: erased. A call without a key of its own may be from the time when the line's key sealed them all."""
        if row.sealed_contents is None:
            return None
        if row.sealed_key is None:
            try:
                return self._database.keyring.open(row.sealed_contents, _place(call_id, row.sequence))
            except StoreFailed:
                return None
        key = _unsealed_key(self._database.keyring, call_id, row.sealed_key)
        return key.open(row.sealed_contents, _place(call_id, row.sequence))

    def _rows(self, call_id: CallId, after: int = 0) -> Sequence[Row[Any]]:
        joined = journal_entries.outerjoin(journal_contents).outerjoin(
            journal_keys, journal_keys.c.call_id == journal_entries.c.call_id
        )
        columns = (journal_entries, journal_contents.c.sealed_contents, journal_keys.c.sealed_key)
        entries = select(*columns).select_from(joined)
        wanted = entries.where(journal_entries.c.call_id == call_id, journal_entries.c.sequence > after)
        with self._database.reading() as connection:
            return connection.execute(wanted.order_by(journal_entries.c.sequence)).all()

    def _kept(self, call_id: CallId, row: Row[Any]) -> KeptEntry:
        text = self._opened(call_id, row)
        contents = None if text is None else json.loads(text)["contents"]
        return KeptEntry(row.sequence, row.kind, row.at, contents)


def append(connection: Connection, keyring: Keyring, call_id: CallId, entries: Sequence[Entry], at: datetime) -> None:
    """Add entries in the transaction of somebody else; StoreFailed where there is no such call."""
    locked = select(calls.c.entries, calls.c.digest).where(calls.c.call_id == call_id).with_for_update()
    end = connection.execute(locked).first()
    if end is None:
        raise StoreFailed("there is no such call in the store")
    if not entries:
        return
    links = list(_links(_key(connection, keyring, call_id), call_id, entries, at, tuple(end)))
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


def _key(connection: Connection, keyring: Keyring, call_id: CallId) -> Keyring:
    """The call's own key; made with its first entry."""
    sealed = connection.execute(select(journal_keys.c.sealed_key).where(journal_keys.c.call_id == call_id)).scalar()
    if sealed is None:
        sealed = keyring.seal(Keyring.generate(), f"journal_keys:{call_id}")
        connection.execute(insert(journal_keys).values(call_id=call_id, sealed_key=sealed))
    return _unsealed_key(keyring, call_id, sealed)


def _unsealed_key(keyring: Keyring, call_id: CallId, sealed: bytes) -> Keyring:
    return Keyring.parse(keyring.open(sealed, f"journal_keys:{call_id}"))


def _flaws_at_the_end(call_id: CallId, rows: Sequence[Row[Any]], entries: int, digest: str) -> Iterator[Flaw]:
    last = rows[-1].sequence if rows else 0
    if last < entries:
        yield from (Flaw(call_id, gone, "removed") for gone in range(last + 1, entries + 1))
    elif last > entries:
        yield from (Flaw(call_id, more, "added") for more in range(entries + 1, last + 1))
    elif rows and rows[-1].digest != digest:
        yield Flaw(call_id, last, "the end of the chain was changed")


def _links(
    key: Keyring, call_id: CallId, entries: Sequence[Entry], at: datetime, end: tuple[int, str]
) -> Iterator[_Link]:
    before, digest = end
    for sequence, (kind, contents) in enumerate(entries, before + 1):
        text = json.dumps({"salt": os.urandom(16).hex(), "contents": dict(contents)})
        contents_hash = hashlib.sha256(text.encode()).hexdigest()
        digest = _digest(digest, call_id, sequence, kind, at, contents_hash)
        row = {"sequence": sequence, "kind": kind, "contents_hash": contents_hash, "digest": digest}
        yield _Link(row, {"sequence": sequence, "sealed_contents": key.seal(text, _place(call_id, sequence))})


def _digest(before: str, call_id: CallId, sequence: int, kind: str, at: datetime, contents_hash: str) -> str:
    link = [before, call_id, sequence, kind, at.astimezone(UTC).isoformat(), contents_hash]
    return hashlib.sha256(json.dumps(link).encode()).hexdigest()


def _place(call_id: CallId, sequence: int) -> str:
    return f"journal_contents:{call_id}:{sequence}"
