"""What must reach the agency even if it is away now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.tables import outbox


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to hand to the agency."""

    id: int
    kind: str
    """application, call_back, pin_letter."""
    key: str
    """Makes repeats harmless, here and at the agency."""
    payload: Mapping[str, Any]
    attempts: int
    """How often it was taken out so far, this time included."""
    put: datetime


class Outbox:
    """Keeps parcels until they are delivered; shared by all threads and processes. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put(self, kind: str, key: str, payload: Mapping[str, Any]) -> bool:
        """Put something in, to be tried at once. False: this key of this kind was put in before; nothing changes."""
        now = self._clock()
        sealed = self._database.keyring.seal(json.dumps(dict(payload)), _place(kind, key))
        values = {"kind": kind, "key": key, "sealed_payload": sealed, "put": now, "next_try": now}
        with self._database.writing() as connection:
            return insert_once(connection, outbox, values)

    def take(self, lease: timedelta, limit: int = 20) -> tuple[Parcel, ...]:
        """Parcels that are due, oldest first. Nobody else gets them within the lease; then they are due again."""
        now = self._clock()
        due = outbox.c.delivered.is_(None) & (outbox.c.next_try <= now)
        with self._database.writing() as connection:
            oldest_first = select(outbox).where(due).order_by(outbox.c.put).limit(limit)
            rows = connection.execute(oldest_first.with_for_update(skip_locked=True)).all()
            taken = outbox.c.id.in_([row.id for row in rows])
            leased = update(outbox).where(taken)
            connection.execute(leased.values(next_try=now + lease, attempts=outbox.c.attempts + 1))
        return tuple(map(self._parcel, rows))

    def take_one(self, kind: str, key: str, lease: timedelta) -> Parcel | None:
        """One parcel that is due, to deliver it at once. None: delivered, or somebody else has it."""
        now = self._clock()
        this = (outbox.c.kind == kind) & (outbox.c.key == key) & outbox.c.delivered.is_(None)
        with self._database.writing() as connection:
            row = connection.execute(select(outbox).where(this, outbox.c.next_try <= now).with_for_update()).first()
            if row is None:
                return None
            leased = update(outbox).where(outbox.c.id == row.id)
            connection.execute(leased.values(next_try=now + lease, attempts=outbox.c.attempts + 1))
        return self._parcel(row)

    def delivered(self, parcel_id: int, receipt: Mapping[str, Any]) -> None:
        """The agency has it. What it held is erased; the receipt stays."""
        with self._database.writing() as connection:
            kind, key = connection.execute(select(outbox.c.kind, outbox.c.key).where(outbox.c.id == parcel_id)).one()
            seal = self._database.keyring.seal
            sealed = {
                "sealed_receipt": seal(json.dumps(dict(receipt)), _place(kind, key)),
                "sealed_payload": seal("{}", _place(kind, key)),
            }
            done = update(outbox).where(outbox.c.id == parcel_id)
            connection.execute(done.values(delivered=self._clock(), last_problem="", **sealed))

    def failed(self, parcel_id: int, problem: str, next_try: datetime) -> None:
        """It did not work. `problem` must hold no personal value; it is cut at 255 characters."""
        trying_later = update(outbox).where(outbox.c.id == parcel_id, outbox.c.delivered.is_(None))
        with self._database.writing() as connection:
            connection.execute(trying_later.values(last_problem=problem[:255], next_try=next_try))

    def receipt(self, kind: str, key: str) -> Mapping[str, Any] | None:
        """The agency's receipt; None: not delivered."""
        this: ColumnElement[bool] = (outbox.c.kind == kind) & (outbox.c.key == key)
        with self._database.reading() as connection:
            sealed = connection.execute(select(outbox.c.sealed_receipt).where(this)).scalar()
        if sealed is None:
            return None
        receipt: Mapping[str, Any] = json.loads(self._database.keyring.open(sealed, _place(kind, key)))
        return receipt

    def waiting(self) -> int:
        """How many parcels are not delivered."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).where(outbox.c.delivered.is_(None))).scalar_one()

    def _parcel(self, row: Row[Any]) -> Parcel:
        payload = json.loads(self._database.keyring.open(row.sealed_payload, _place(row.kind, row.key)))
        return Parcel(row.id, row.kind, row.key, payload, row.attempts + 1, row.put)


def _place(kind: str, key: str) -> str:
    return f"outbox:{kind}:{key}"
