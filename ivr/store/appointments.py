"""Appointments: which times are given away, who has them, and who wants to be reminded.

A time of an office is one row, whose key is a fingerprint of office and time: the database itself refuses a second
holder. It is held for some minutes while it is read back, then bound to a person, and the row goes with a cancellation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.drafts import unused_reference
from ivr.store.tables import appointment_times, appointments
from ivr.vocabulary import PersonRef

HELD_FOR = timedelta(minutes=10)
"""As long as the longest wait for papers; then somebody else may have the time."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at an office."""

    office: str
    at: datetime
    """Aware."""


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment as the store keeps it."""

    reference: str
    slot: Slot
    service: str
    state: str
    """booked, cancelled, moved."""


class _ReferenceInUse(Exception):
    """A random reference was there already; the next one will do."""


class Appointments:
    """Keeps appointments; shared by all threads and processes. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def free(self, slots: Iterable[Slot]) -> tuple[Slot, ...]:
        """Those that nobody has, in their order."""
        by_key = {self._key(slot): slot for slot in slots}
        taken = select(appointment_times.c.slot_hash).where(
            appointment_times.c.slot_hash.in_(list(by_key)),
            or_(appointment_times.c.held_until.is_(None), appointment_times.c.held_until > self._clock()),
        )
        with self._database.reading() as connection:
            gone = set(connection.execute(taken).scalars())
        return tuple(slot for key, slot in by_key.items() if key not in gone)

    def hold(self, slot: Slot, holder: str) -> bool:
        """Keep a time for a caller while it is read back; what the same caller held before is free again.

        holder: the call. False: somebody else was quicker.
        """
        now, key = self._clock(), self._key(slot)
        with self._database.writing() as connection:
            this = appointment_times.c.slot_hash == key
            mine = (appointment_times.c.holder == holder) & appointment_times.c.held_until.is_not(None)
            connection.execute(delete(appointment_times).where(or_(mine, this & _lapsed(now))))
            values = {"slot_hash": key, "holder": holder, "held_until": now + HELD_FOR, "at": slot.at}
            return insert_once(connection, appointment_times, values)

    def book(
        self, person: PersonRef, slot: Slot, service: str, holder: str, key: str, moves: str = ""
    ) -> Booking | None:
        """Bind a held time to a person. None: the hold has lapsed and somebody else has the time.

        key makes repeats harmless; moves: the reference of an appointment of hers that is freed in the same step.
        """
        while True:
            with suppress(_ReferenceInUse):
                if not self._book(person, slot, service, holder, key, moves):
                    return None
                return self._by(appointments.c.key == key)[0]

    def of(self, person: PersonRef) -> tuple[Booking, ...]:
        """What she has from now on, soonest first."""
        hers = appointments.c.person_hash == self._person(person)
        return self._by(hers & (appointments.c.state == "booked") & (appointments.c.at > self._clock()))

    def cancel(self, person: PersonRef, reference: str) -> bool:
        """Give the time back. False: it is none of hers, or it was cancelled before."""
        with self._database.writing() as connection:
            return self._give_back(connection, person, reference, "cancelled")

    def _book(self, person: PersonRef, slot: Slot, service: str, holder: str, key: str, moves: str) -> bool:
        now, slot_key, reference = self._clock(), self._key(slot), unused_reference()
        sealed = self._seal(reference, slot, service)
        values = {"reference": reference, "key": key, "person_hash": self._person(person), "sealed_contents": sealed}
        this = appointment_times.c.slot_hash == slot_key
        with self._database.writing() as connection:
            if connection.execute(select(appointments.c.reference).where(appointments.c.key == key)).first():
                return True
            connection.execute(delete(appointment_times).where(this, _lapsed(now)))
            insert_once(
                connection,
                appointment_times,
                {"slot_hash": slot_key, "holder": holder, "held_until": now, "at": slot.at},
            )
            binding = update(appointment_times).where(this, _is_held_by(holder))
            if connection.execute(binding.values(held_until=None, holder=reference)).rowcount != 1:
                return False
            if not insert_once(connection, appointments, {**values, "state": "booked", "at": slot.at, "changed": now}):
                raise _ReferenceInUse  # nothing of this is kept
            if moves:
                self._give_back(connection, person, moves, "moved")
        return True

    def _give_back(self, connection: Connection, person: PersonRef, reference: str, state: str) -> bool:
        hers = (appointments.c.reference == reference) & (appointments.c.person_hash == self._person(person))
        changing = update(appointments).where(hers, appointments.c.state == "booked")
        if connection.execute(changing.values(state=state, changed=self._clock())).rowcount != 1:
            return False
        connection.execute(delete(appointment_times).where(appointment_times.c.holder == reference))
        return True

    def _by(self, wanted: ColumnElement[bool]) -> tuple[Booking, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(select(appointments).where(wanted).order_by(appointments.c.at)).all()
        return tuple(map(self._booking, rows))

    def _booking(self, row: Row[Any]) -> Booking:
        contents = json.loads(self._database.keyring.open(row.sealed_contents, _place(row.reference)))
        return Booking(row.reference, Slot(contents["office"], row.at), contents["service"], row.state)

    def _seal(self, reference: str, slot: Slot, service: str) -> bytes:
        contents = {"office": slot.office, "service": service}
        return self._database.keyring.seal(json.dumps(contents), _place(reference))

    def _key(self, slot: Slot) -> str:
        return self._database.keyring.fingerprint(f"{slot.office} {slot.at.timestamp():.0f}", "appointment_times")

    def _person(self, person: PersonRef) -> str:
        return self._database.keyring.fingerprint(person, "appointments.person")


def _lapsed(now: datetime) -> ColumnElement[bool]:
    return appointment_times.c.held_until.is_not(None) & (appointment_times.c.held_until <= now)


def _is_held_by(holder: str) -> ColumnElement[bool]:
    return (appointment_times.c.holder == holder) & appointment_times.c.held_until.is_not(None)


def _place(reference: str) -> str:
    return f"appointments:{reference}"
