"""Reminders of appointments: one each, sealed until it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.tables import appointments, reminders


@dataclass(frozen=True, slots=True)
class Reminder:
    """A text that has to go out."""

    reference: str
    """Of the appointment."""
    number: str
    """E.164."""
    language: str
    values: Mapping[str, str]
    """What fills the prompt's gaps, in the canonical forms of the conversation."""
    tries: int
    """How often it was taken out so far, this time included."""


class Reminders:
    """Keeps reminders; shared by all threads and processes. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put(self, reference: str, number: str, language: str, values: Mapping[str, str], due: datetime) -> bool:
        """Remind of this appointment. False: that was asked before; nothing changes."""
        contents = json.dumps({"number": number, "language": language, "values": dict(values)})
        sealed = self._database.keyring.seal(contents, _place(reference))
        row = {"reference": reference, "sealed_contents": sealed, "state": "waiting", "due": due}
        with self._database.writing() as connection:
            return insert_once(connection, reminders, {**row, "changed": self._clock()})

    def take(self, lease: timedelta, limit: int = 20) -> tuple[Reminder, ...]:
        """Those that are due; nobody else gets them within the lease. Of cancelled appointments nobody is reminded."""
        now = self._clock()
        still_booked = select(appointments.c.reference).where(appointments.c.state == "booked", appointments.c.at > now)
        waiting = (reminders.c.state == "waiting") & (reminders.c.due <= now)
        with self._database.writing() as connection:
            pointless = update(reminders).where(waiting, reminders.c.reference.not_in(still_booked))
            connection.execute(pointless.values(state="dropped", changed=now, sealed_contents=None))
            due_first = select(reminders).where(waiting).order_by(reminders.c.due).limit(limit)
            rows = connection.execute(due_first.with_for_update(skip_locked=True)).all()
            taken = reminders.c.reference.in_([row.reference for row in rows])
            leased = update(reminders).where(taken)
            connection.execute(leased.values(due=now + lease, tries=reminders.c.tries + 1, changed=now))
        return tuple(map(self._reminder, rows))

    def done(self, reference: str, state: str) -> None:
        """sent, or given_up. Number and words are erased."""
        closing = update(reminders).where(reminders.c.reference == reference)
        with self._database.writing() as connection:
            connection.execute(closing.values(state=state, changed=self._clock(), sealed_contents=None))

    def state(self, reference: str) -> str:
        """waiting, sent, dropped, given_up; empty: nobody asked for one."""
        wanted = select(reminders.c.state).where(reminders.c.reference == reference)
        with self._database.reading() as connection:
            return str(connection.execute(wanted).scalar() or "")

    def _reminder(self, row: Row[Any]) -> Reminder:
        contents = json.loads(self._database.keyring.open(row.sealed_contents, _place(row.reference)))
        return Reminder(row.reference, contents["number"], contents["language"], contents["values"], row.tries + 1)


def _place(reference: str) -> str:
    return f"reminders:{reference}"
