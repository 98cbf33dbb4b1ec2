"""The audit trail as a whole: a seal a day over all calls' chains, and the search for what is not as it was written.

A chain within a call shows each change of an entry; the seals, a chain of days, show a call that is gone whole. Who
notes a seal's digest elsewhere (the worker writes it to the log) can prove that the whole trail up to it is the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, func, insert, select

from ivr.store.database import Clock, Database
from ivr.store.journal import Flaw, Journal
from ivr.store.tables import audit_sealed_calls, audit_seals, calls, journal_entries
from ivr.vocabulary import CallId

UTC = ZoneInfo("UTC")
DAY = timedelta(days=1)
NO_CALL = CallId("")


@dataclass(frozen=True, slots=True)
class Seal:
    """One day of the trail."""

    number: int
    day: str
    """ISO date, UTC."""
    calls: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found."""

    calls: int
    entries: int
    seals: int
    head: str
    """Digest of the newest seal; empty: nothing is sealed yet."""
    flaws: tuple[Flaw, ...]


class Audit:
    """Seals and checks. Shared by all threads; every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock, calls_kept: timedelta) -> None:
        """calls_kept: how old a call becomes before retention takes it away, as it should."""
        self._database = database
        self._clock = clock
        self._kept = calls_kept

    def seal_days(self) -> tuple[Seal, ...]:
        """Seal each day that is over and not sealed; returns the new seals. A second run makes none."""
        made = []
        while (seal := self._seal_next()) is not None:
            made.append(seal)
        return tuple(made)

    def verify(self) -> Verdict:
        """Look at every call and every seal."""
        journal = Journal(self._database, self._clock)
        with self._database.reading() as connection:
            known = [CallId(name) for name in connection.execute(select(calls.c.call_id)).scalars()]
            entries = connection.execute(select(func.count()).select_from(journal_entries)).scalar_one()
            seals = connection.execute(select(audit_seals).order_by(audit_seals.c.number)).all()
            flaws = [*self._flaws_of_seals(connection, seals)]
        for call_id in known:
            flaws += journal.flaws(call_id)
        head = seals[-1].digest if seals else ""
        return Verdict(len(known), entries, len(seals), head, tuple(flaws))

    def has_seal(self, digest: str) -> bool:
        """Whether a seal with this digest, noted elsewhere, is in the chain."""
        wanted = select(audit_seals.c.number).where(audit_seals.c.digest == digest)
        with self._database.reading() as connection:
            return connection.execute(wanted).first() is not None

    # --- sealing

    def _seal_next(self) -> Seal | None:
        with self._database.writing() as connection:
            last = connection.execute(select(audit_seals).order_by(audit_seals.c.number.desc()).limit(1)).first()
            day = self._day_after(connection, last)
            if day is None or day >= self._clock().astimezone(UTC).date():
                return None
            number, before = (last.number + 1, last.digest) if last is not None else (1, "")
            covered = _calls_of(connection, day)
            seal = Seal(number, day.isoformat(), len(covered), _digest(before, day.isoformat(), covered))
            values = {"number": number, "day": seal.day, "calls": seal.calls, "digest": seal.digest}
            connection.execute(insert(audit_seals).values(**values, at=self._clock()))
            if covered:
                rows = [{"call_id": name, "seal": number, "entries": n, "digest": d} for name, n, d in covered]
                connection.execute(insert(audit_sealed_calls), rows)
            return seal

    @staticmethod
    def _day_after(connection: Connection, last: Row[Any] | None) -> date | None:
        if last is not None:
            return date.fromisoformat(last.day) + DAY
        first: datetime | None = connection.execute(select(func.min(calls.c.arrived))).scalar()
        return first.astimezone(UTC).date() if first is not None else None

    # --- checking

    def _flaws_of_seals(self, connection: Connection, seals: Sequence[Row[Any]]) -> Iterator[Flaw]:
        before, follows = "", 1
        for seal in seals:
            if seal.number != follows:
                yield Flaw(NO_CALL, 0, f"seals {follows} to {seal.number - 1} were removed")
            elif not self._is_past(seal):
                yield from _flaws_of_seal(connection, seal, before)
            before, follows = seal.digest, seal.number + 1

    def _is_past(self, seal: Row[Any]) -> bool:
        """Its calls may be gone by right."""
        end_of_day = datetime.combine(date.fromisoformat(seal.day) + DAY, time(), UTC)
        return end_of_day <= self._clock() - self._kept + DAY


def _calls_of(connection: Connection, day: date) -> list[tuple[str, int, str]]:
    begin = datetime.combine(day, time(), UTC)
    of_day = select(calls.c.call_id, calls.c.entries, calls.c.digest).where(
        calls.c.arrived >= begin, calls.c.arrived < begin + DAY
    )
    return [(row.call_id, row.entries, row.digest) for row in connection.execute(of_day.order_by(calls.c.call_id))]


def _flaws_of_seal(connection: Connection, seal: Row[Any], before: str) -> Iterator[Flaw]:
    rows = connection.execute(
        select(audit_sealed_calls)
        .where(audit_sealed_calls.c.seal == seal.number)
        .order_by(audit_sealed_calls.c.call_id)
    ).all()
    covered = [(row.call_id, row.entries, row.digest) for row in rows]
    if len(covered) != seal.calls or _digest(before, seal.day, covered) != seal.digest:
        yield Flaw(NO_CALL, 0, f"the seal of {seal.day} was changed, or what it covers")
    for call_id, entries, digest in covered:
        if connection.execute(select(calls.c.call_id).where(calls.c.call_id == call_id)).first() is None:
            yield Flaw(CallId(call_id), 0, "the call was removed")
        elif entries and not _still_has(connection, call_id, entries, digest):
            yield Flaw(CallId(call_id), entries, f"not as it was sealed on {seal.day}")


def _still_has(connection: Connection, call_id: str, sequence: int, digest: str) -> bool:
    entry = select(journal_entries.c.digest).where(
        journal_entries.c.call_id == call_id, journal_entries.c.sequence == sequence
    )
    return connection.execute(entry).scalar() == digest


def _digest(before: str, day: str, covered: Sequence[tuple[str, int, str]]) -> str:
    return hashlib.sha256(json.dumps([before, day, covered]).encode()).hexdigest()
