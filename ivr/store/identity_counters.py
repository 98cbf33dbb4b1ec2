"""How often somebody failed to prove who they are: per citizen, per calling number, for the whole line.

An attempt is written down before it is compared and taken away when it was right. So any number of guesses at the
same moment count one after the other, and a process that dies in between leaves a failure, not a free guess.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.tables import identity_attempts, identity_letters, identity_turnstile

Tally: TypeAlias = tuple[int, datetime | None]
"""How many attempts count as failures, and when the last of them was."""
Refusal = TypeVar("Refusal")


class IdentityCounters:
    """Counts; shared by all threads and processes. Keeps keyed fingerprints only. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock, window: timedelta, line_window: timedelta) -> None:
        """window: how long a failure counts for a citizen and a calling number; line_window: for the whole line."""
        self._database = database
        self._clock = clock
        self._window = window
        self._line_window = line_window

    def attempt(
        self, customer_number: str, from_hash: str, refuse: Callable[[Tally, Tally, Tally], Refusal | None]
    ) -> int | Refusal:
        """Ask `refuse` (citizen, calling number, line); unless it refuses, write an attempt down.

        Returns the refusal, or the attempt's number for succeeded() and withdrawn(). One attempt at a time passes.
        """
        citizen, now = self._citizen(customer_number), self._clock()
        with self._database.writing() as connection:
            self._pass_turnstile(connection)
            of_citizen = _tally(connection, identity_attempts.c.citizen_hash == citizen, now - self._window)
            of_calling: Tally = (0, None)
            if from_hash:
                of_calling = _tally(connection, identity_attempts.c.from_hash == from_hash, now - self._window)
            of_line = _tally(connection, identity_attempts.c.id.is_not(None), now - self._line_window)
            if (refusal := refuse(of_citizen, of_calling, of_line)) is not None:
                return refusal
            row = insert(identity_attempts).values(citizen_hash=citizen, from_hash=from_hash, at=now)
            attempt: int = connection.execute(row.returning(identity_attempts.c.id)).scalar_one()
        return attempt

    def withdraw(self, attempt: int) -> None:
        """It was right, or could not be compared: it does not count."""
        with self._database.writing() as connection:
            connection.execute(delete(identity_attempts).where(identity_attempts.c.id == attempt))

    def lift(self, customer_number: str) -> int:
        """Forget a citizen's failures, when staff or a new PIN letter lift the lock. Returns how many there were."""
        mine = identity_attempts.c.citizen_hash == self._citizen(customer_number)
        with self._database.writing() as connection:
            return connection.execute(delete(identity_attempts).where(mine)).rowcount

    def ask_letter(self, customer_number: str, birth_date: date, every: timedelta) -> bool:
        """May a PIN letter be asked for? True: yes, and it is written down. False: one was asked for within `every`.

        Counted for number and birth date together, so that nobody who knows the number alone can use the letter up.
        """
        subject = self._database.keyring.fingerprint(f"{customer_number} {birth_date.isoformat()}", "pin letter")
        now = self._clock()
        with self._database.writing() as connection:
            if insert_once(connection, identity_letters, {"subject_hash": subject, "asked": now}):
                return True
            old = (identity_letters.c.subject_hash == subject) & (identity_letters.c.asked <= now - every)
            return connection.execute(update(identity_letters).where(old).values(asked=now)).rowcount == 1

    def _citizen(self, customer_number: str) -> str:
        return self._database.keyring.fingerprint(customer_number, "citizen")

    def _pass_turnstile(self, connection: Connection) -> None:
        """Wait until no other transaction counts; SQLite's writers already stand in line."""
        insert_once(connection, identity_turnstile, {"id": 1})
        connection.execute(select(identity_turnstile.c.id).with_for_update()).all()


def _tally(connection: Connection, of: ColumnElement[bool], since: datetime) -> Tally:
    counted = select(func.count(), func.max(identity_attempts.c.at)).where(of, identity_attempts.c.at > since)
    failures, last = connection.execute(counted).one()
    return failures, last
