"""Drafts of applications: kept for seven days, so that a dropped call goes on where it was."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from ivr.errors import StoreFailed
from ivr.references import with_check_digit
from ivr.store.database import Clock, Database, insert_once
from ivr.store.tables import drafts

LIFE = timedelta(days=7)
"""Since the last change (service.md 2, row 6)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far in one application."""

    reference: str
    benefit: str
    answers: Mapping[str, str]
    """Slot -> canonical value, in the order they were given."""
    asked: tuple[str, ...]
    """The questions asked so far, in order."""
    state: str
    """open, handed_in, dropped."""
    opened: datetime
    changed: datetime


class Drafts:
    """Keeps drafts; shared by all threads. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open(self, benefit: str, from_hash: str, key: str) -> Draft:
        """Begin a draft. `key` (call and dialogue) makes repeats harmless: the same draft comes back."""
        now = self._clock()
        reference = unused_reference()
        while (kept := self._by(drafts.c.key == key)) is None:
            values = {"reference": reference, "key": key, "from_hash": from_hash, "state": "open", "opened": now}
            sealed = self._seal(reference, benefit, {}, ())
            with self._database.writing() as connection:
                insert_once(connection, drafts, {**values, "changed": now, "sealed_contents": sealed})
            reference = unused_reference()  # this one was taken, unless the draft is found now
        return kept

    def change(self, reference: str, answers: Mapping[str, str], asked: Sequence[str] | None = None) -> Draft:
        """Replace the answers, and the questions where given. StoreFailed where the draft is not open any more."""
        with self._database.writing() as connection:
            usable = select(drafts).where(self._usable(), drafts.c.reference == reference)
            row = connection.execute(usable.with_for_update()).first()
            if row is None:
                raise StoreFailed("there is no open draft with this reference")
            before, now = self._draft(row), self._clock()
            kept = replace(
                before, answers=dict(answers), asked=before.asked if asked is None else tuple(asked), changed=now
            )
            sealed = self._seal(reference, kept.benefit, kept.answers, kept.asked)
            changing = update(drafts).where(drafts.c.reference == reference)
            connection.execute(changing.values(sealed_contents=sealed, changed=now))
        return kept

    def find(self, reference: str) -> Draft | None:
        """The open draft with this reference; None: unknown, closed or too old."""
        return self._by(self._usable() & (drafts.c.reference == reference))

    def newest(self, from_hash: str) -> Draft | None:
        """The open draft this number changed last; None: there is none, or the number is withheld."""
        return self._by(self._usable() & (drafts.c.from_hash == from_hash)) if from_hash else None

    def close(self, reference: str, state: str = "handed_in") -> bool:
        """No longer open: handed_in or dropped. False: it was not open."""
        closing = update(drafts).where(drafts.c.reference == reference, drafts.c.state == "open")
        with self._database.writing() as connection:
            return connection.execute(closing.values(state=state, changed=self._clock())).rowcount == 1

    def _usable(self) -> ColumnElement[bool]:
        return (drafts.c.state == "open") & (drafts.c.changed > self._clock() - LIFE)

    def _by(self, wanted: ColumnElement[bool]) -> Draft | None:
        newest_first = select(drafts).where(wanted).order_by(drafts.c.changed.desc(), drafts.c.opened.desc())
        with self._database.reading() as connection:
            row = connection.execute(newest_first.limit(1)).first()
        return None if row is None else self._draft(row)

    def _draft(self, row: Row[Any]) -> Draft:
        contents = json.loads(self._database.keyring.open(row.sealed_contents, _place(row.reference)))
        benefit, answers, asked = contents["benefit"], contents["answers"], tuple(contents["asked"])
        return Draft(row.reference, benefit, answers, asked, row.state, row.opened, row.changed)

    def _seal(self, reference: str, benefit: str, answers: Mapping[str, str], asked: Sequence[str]) -> bytes:
        contents = {"benefit": benefit, "answers": dict(answers), "asked": list(asked)}
        return self._database.keyring.seal(json.dumps(contents), _place(reference))


def unused_reference() -> str:
    """A random reference, so that nobody can guess the next one; the table's key tells whether it is taken."""
    return with_check_digit(secrets.randbelow(1_000_000))


def _place(reference: str) -> str:
    return f"drafts:{reference}"
