"""What makes the next call from the same telephone easier: language and pace. A hint, no proof of who calls."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.tables import caller_hints


@dataclass(frozen=True, slots=True)
class CallerHint:
    """Empty where nothing is known."""

    language: str = ""
    pace: str = ""
    """Ways to speak, a blank between them: slow, patient, louder_6; or empty."""


class CallerHints:
    """Keeps hints by fingerprint of the calling number; shared by all threads. Raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def hint(self, from_hash: str) -> CallerHint:
        """What is known of this number; nothing where it is withheld."""
        wanted = select(caller_hints.c.language, caller_hints.c.pace).where(caller_hints.c.from_hash == from_hash)
        with self._database.reading() as connection:
            row = connection.execute(wanted).first() if from_hash else None
        return CallerHint() if row is None else CallerHint(row.language, row.pace)

    def remember(self, from_hash: str, hint: CallerHint) -> None:
        """Keep it for the next call; nothing where the number is withheld."""
        if not from_hash:
            return
        values = {"language": hint.language, "pace": hint.pace, "changed": self._clock()}
        with self._database.writing() as connection:
            if not insert_once(connection, caller_hints, {"from_hash": from_hash, **values}):
                connection.execute(update(caller_hints).where(caller_hints.c.from_hash == from_hash).values(**values))
