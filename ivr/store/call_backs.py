"""Promised call-backs: one for each call at most."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.drafts import unused_reference
from ivr.store.tables import call_back_proposals, call_backs
from ivr.vocabulary import CallId


@dataclass(frozen=True, slots=True)
class CallBack:
    """A promise to ring somebody back."""

    reference: str
    call_id: CallId
    phone_number: str
    window: str
    """The hours that were promised, as the conversation wrote them down."""
    reason: str
    state: str
    """promised, handed_over (the agency knows), reached, given_up."""
    tries: int
    promised: datetime


class CallBacks:
    """Keeps call-backs; shared by all threads. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def promise(self, call_id: CallId, phone_number: str, window: str, reason: str) -> CallBack:
        """Promise a call-back. A second promise in the same call changes nothing: the first one comes back."""
        now = self._clock()
        while not (kept := self._select(call_backs.c.call_id == call_id)):
            reference = unused_reference()
            contents = json.dumps({"phone_number": phone_number, "window": window, "reason": reason})
            values = {"reference": reference, "call_id": call_id, "state": "promised", "promised": now, "changed": now}
            sealed = self._database.keyring.seal(contents, _place(reference))
            with self._database.writing() as connection:
                insert_once(connection, call_backs, {**values, "sealed_contents": sealed})
        return kept[0]

    def propose(self, call_id: CallId, phone_number: str) -> None:
        """Keep a number that still has to be confirmed; it replaces the one before."""
        sealed = self._database.keyring.seal(phone_number, _proposal(call_id))
        values = {"sealed_phone_number": sealed, "changed": self._clock()}
        with self._database.writing() as connection:
            if not insert_once(connection, call_back_proposals, {"call_id": call_id, **values}):
                this = call_back_proposals.c.call_id == call_id
                connection.execute(update(call_back_proposals).where(this).values(**values))

    def proposed(self, call_id: CallId) -> str:
        """The number to be confirmed; empty: none."""
        wanted = select(call_back_proposals.c.sealed_phone_number).where(call_back_proposals.c.call_id == call_id)
        with self._database.reading() as connection:
            sealed = connection.execute(wanted).scalar()
        return "" if sealed is None else self._database.keyring.open(sealed, _proposal(call_id))

    def find(self, reference: str) -> CallBack | None:
        """The call-back with this reference."""
        return next(iter(self._select(call_backs.c.reference == reference)), None)

    def waiting(self) -> tuple[CallBack, ...]:
        """Promised, and nobody was told yet; oldest first."""
        return self._select(call_backs.c.state == "promised")

    def move(self, reference: str, before: str, after: str) -> bool:
        """From one state to another. False: it is not in that state (somebody else was quicker)."""
        moving = update(call_backs).where(call_backs.c.reference == reference, call_backs.c.state == before)
        with self._database.writing() as connection:
            return connection.execute(moving.values(state=after, changed=self._clock())).rowcount == 1

    def tried(self, reference: str) -> int:
        """One more try to reach the person. Returns how many that makes."""
        this = call_backs.c.reference == reference
        with self._database.writing() as connection:
            connection.execute(
                update(call_backs).where(this).values(tries=call_backs.c.tries + 1, changed=self._clock())
            )
            tries: int = connection.execute(select(call_backs.c.tries).where(this)).scalar_one()
        return tries

    def _select(self, wanted: ColumnElement[bool]) -> tuple[CallBack, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(select(call_backs).where(wanted).order_by(call_backs.c.promised)).all()
        return tuple(map(self._call_back, rows))

    def _call_back(self, row: Row[Any]) -> CallBack:
        contents = json.loads(self._database.keyring.open(row.sealed_contents, _place(row.reference)))
        return CallBack(
            row.reference, CallId(row.call_id), **contents, state=row.state, tries=row.tries, promised=row.promised
        )


def _proposal(call_id: CallId) -> str:
    return f"call_back_proposals:{call_id}"


def _place(reference: str) -> str:
    return f"call_backs:{reference}"
