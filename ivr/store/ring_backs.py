"""Callers whom the line rings back by itself: once each, within minutes, and never more often than is decent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.tables import ring_backs
from ivr.vocabulary import CallId

FORGOTTEN_AFTER = timedelta(minutes=30)
"""A ring-back that could not be made in this time would come as a surprise."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the line lets others make it do."""

    again_after: timedelta = timedelta(minutes=15)
    """Within it further calls of the same number count as one."""
    a_day: int = 4
    """For one number."""
    line_an_hour: int = 60
    """For all numbers together: a flood of forged numbers must not become a flood of calls."""


@dataclass(frozen=True, slots=True)
class RingBack:
    """One caller to be rung."""

    call_id: CallId
    """The call that asked for it."""
    number: str
    """E.164."""
    reason: str
    """missed_call, no_credit, dropped."""


class RingBacks:
    """Shared by all threads. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock, limits: Limits) -> None:
        self._database = database
        self._clock = clock
        self._limits = limits

    def ask(self, call_id: CallId, number: str, from_hash: str, reason: str, after: timedelta) -> str:
        """Ring this number soon. Returns "asked" (a repeat too), "known" (it asked a moment ago) or "too_many"."""
        now = self._clock()
        values = {
            "call_id": call_id, "from_hash": from_hash, "reason": reason, "state": "waiting", "asked": now,
            "due": now + after, "sealed_number": self._database.keyring.seal(number, _place(call_id)),
        }  # fmt: skip
        with self._database.writing() as connection:
            if connection.execute(select(ring_backs.c.call_id).where(ring_backs.c.call_id == call_id)).first():
                return "asked"
            refusal = self._refusal(connection, from_hash, now)
            if not refusal:
                insert_once(connection, ring_backs, values)
            return refusal or "asked"

    def take_due(self, most: int) -> tuple[RingBack, ...]:
        """Those that are due, each handed out once: who dies with one in hand has rung, or nobody does."""
        now = self._clock()
        due = (ring_backs.c.state == "waiting") & (ring_backs.c.due <= now)
        fresh = ring_backs.c.asked > now - FORGOTTEN_AFTER
        with self._database.writing() as connection:
            connection.execute(update(ring_backs).where(due, ~fresh).values(state="lapsed"))
            rows = connection.execute(select(ring_backs).where(due, fresh).order_by(ring_backs.c.due).limit(most)).all()
            names = [row.call_id for row in rows]
            connection.execute(update(ring_backs).where(ring_backs.c.call_id.in_(names)).values(state="ringing"))
        keyring = self._database.keyring
        return tuple(
            RingBack(CallId(row.call_id), keyring.open(row.sealed_number, _place(CallId(row.call_id))), row.reason)
            for row in rows
        )

    def rung(self, call_id: CallId, as_call: str) -> None:
        """The carrier has taken the call; as_call: its name there. Empty: it did not, and will not."""
        state = "rung" if as_call else "failed"
        with self._database.writing() as connection:
            connection.execute(
                update(ring_backs).where(ring_backs.c.call_id == call_id).values(state=state, rung_as=as_call)
            )

    def state(self, call_id: CallId) -> str:
        """waiting, ringing, rung, failed, lapsed; empty: never asked for."""
        with self._database.reading() as connection:
            found = connection.execute(select(ring_backs.c.state).where(ring_backs.c.call_id == call_id)).scalar()
        return str(found or "")

    def _refusal(self, connection: Connection, from_hash: str, now: datetime) -> str:
        def asked(within: timedelta, *more: object) -> int:
            wanted = select(func.count()).select_from(ring_backs).where(ring_backs.c.asked > now - within, *more)  # type: ignore[arg-type]
            return connection.execute(wanted).scalar_one()

        of_number = ring_backs.c.from_hash == from_hash
        if asked(self._limits.again_after, of_number):
            return "known"
        if asked(timedelta(days=1), of_number) >= self._limits.a_day:
            return "too_many"
        return "too_many" if asked(timedelta(hours=1)) >= self._limits.line_an_hour else ""


def _place(call_id: CallId) -> str:
    return f"ring_backs.number:{call_id}"
