"""What was handed in, in a small SQLite file of its own: a restart loses nothing, a repeat does nothing twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ivr.records import Receipt

LETTER_EVERY = timedelta(days=7)
_TABLES = """
CREATE TABLE IF NOT EXISTS taken_in (
    kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, reference TEXT NOT NULL, received TEXT NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE TABLE IF NOT EXISTS letters (key TEXT PRIMARY KEY, customer_number TEXT NOT NULL, asked TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was taken in."""

    key: str
    body: Mapping[str, Any]
    reference: str
    received: date


class KeyTaken(Exception):
    """The same idempotency key came with another body."""


class Intake:
    """Shared by all threads; each call has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(f"PRAGMA journal_mode = WAL; {_TABLES}")

    def take_in(self, kind: str, key: str, reference: str, body: Mapping[str, Any], today: date) -> Receipt:
        """Keep it; a repeated key brings the first receipt. KeyTaken where the body differs."""
        text = json.dumps(body, sort_keys=True)
        with self._writing() as connection:
            row = (kind, key, text, reference, today.isoformat())
            connection.execute("INSERT OR IGNORE INTO taken_in VALUES (?, ?, ?, ?, ?)", row)
            wanted = "SELECT body, reference, received FROM taken_in WHERE kind = ? AND key = ?"
            kept, kept_reference, received = connection.execute(wanted, (kind, key)).fetchone()
        if kept != text:
            raise KeyTaken
        return Receipt(kept_reference, date.fromisoformat(received))

    def post_letter(self, key: str, customer_number: str, today: date) -> bool:
        """Post a letter with a new PIN. False: a repeat, or there was one within the week."""
        with self._writing() as connection:
            wanted = "SELECT 1 FROM letters WHERE key = ? OR (customer_number = ? AND asked > ?)"
            since = (today - LETTER_EVERY).isoformat()
            if connection.execute(wanted, (key, customer_number, since)).fetchone():
                return False
            connection.execute("INSERT INTO letters VALUES (?, ?, ?)", (key, customer_number, today.isoformat()))
        return True

    def letter_posted(self, customer_number: str) -> date | None:
        """When the last letter with a new PIN was posted to this person; None: never."""
        wanted = "SELECT max(asked) FROM letters WHERE customer_number = ?"
        with closing(self._connect()) as connection:
            (day,) = connection.execute(wanted, (customer_number,)).fetchone()
        return date.fromisoformat(day) if day else None

    def taken_in(self, kind: str) -> tuple[Mapping[str, Any], ...]:
        """All bodies of a kind, in the order they came."""
        with closing(self._connect()) as connection:
            rows = connection.execute("SELECT body FROM taken_in WHERE kind = ? ORDER BY rowid", (kind,)).fetchall()
        return tuple(json.loads(body) for (body,) in rows)

    def rows(self, kind: str) -> tuple[Row, ...]:
        """All of a kind, in the order they came."""
        wanted = "SELECT key, body, reference, received FROM taken_in WHERE kind = ? ORDER BY rowid"
        with closing(self._connect()) as connection:
            found = connection.execute(wanted, (kind,)).fetchall()
        return tuple(Row(key, json.loads(body), ref, date.fromisoformat(day)) for key, body, ref, day in found)

    def letters(self) -> int:
        """How many letters were posted."""
        with closing(self._connect()) as connection:
            (count,) = connection.execute("SELECT count(*) FROM letters").fetchone()
        return int(count)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=3, isolation_level=None)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
