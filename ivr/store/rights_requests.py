"""What callers asked about their own data and telephone: erase it, do not call me. Kept for staff.

A number that must not be called is known by its fingerprint alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ivr.errors import StoreFailed
from ivr.store.database import Clock, Database, insert_once
from ivr.store.drafts import unused_reference
from ivr.store.tables import rights_requests
from ivr.vocabulary import CallId

ERASE, NO_CALLS = "erase", "no_calls"
TRIES = 20
"""Random references until one is free; of a million the first nearly always is."""


@dataclass(frozen=True, slots=True)
class RightsRequest:
    """One request, as staff see it."""

    reference: str
    kind: str
    """erase, no_calls."""
    call_id: CallId
    """The call whose journal says what was asked."""
    asked: datetime


class RightsRequests:
    """Shared by all threads. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def ask(self, kind: str, call_id: CallId, from_hash: str, key: str) -> str:
        """Keep a request; the same key brings the same reference."""
        values = {"key": key, "kind": kind, "call_id": call_id, "from_hash": from_hash, "asked": self._clock()}
        wanted = select(rights_requests.c.reference).where(rights_requests.c.key == key)
        for _ in range(TRIES):
            with self._database.writing() as connection:
                insert_once(connection, rights_requests, {"reference": unused_reference(), **values})
                reference = connection.execute(wanted).scalar()
            if reference is not None:
                return str(reference)
        raise StoreFailed("no free reference was found")

    def refuses_calls(self, from_hash: str) -> bool:
        """Whether the line must not call this number on its own. A withheld number refuses nothing."""
        is_this = (rights_requests.c.from_hash == from_hash) & (rights_requests.c.kind == NO_CALLS)
        with self._database.reading() as connection:
            found = connection.execute(select(rights_requests.c.key).where(is_this)).first()
        return bool(from_hash) and found is not None

    def of_kind(self, kind: str) -> tuple[RightsRequest, ...]:
        """All requests of a kind, oldest first."""
        wanted = select(rights_requests).where(rights_requests.c.kind == kind).order_by(rights_requests.c.asked)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(RightsRequest(row.reference, row.kind, CallId(row.call_id), row.asked) for row in rows)
