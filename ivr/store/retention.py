"""What is deleted, and when. docs/data-protection.md lists the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, exists, or_, select, update

from ivr.store.database import Clock, Database
from ivr.store.drafts import LIFE as DRAFT_LIFE
from ivr.store.rights_requests import ERASE
from ivr.store.tables import (
    appointment_times,
    appointments,
    audit_sealed_calls,
    audit_seals,
    call_back_proposals,
    call_backs,
    caller_hints,
    calls,
    deaths,
    documents,
    drafts,
    identity_attempts,
    identity_letters,
    journal_contents,
    journal_keys,
    outbox,
    reminders,
    rights_requests,
    ring_backs,
    stream_tokens,
    text_messages,
    text_sessions,
    voice_messages,
)


@dataclass(frozen=True, slots=True)
class Ages:
    """How long each kind is kept. The defaults are service.md's, section 7, or the shortest that works."""

    call_state: timedelta = timedelta(days=1)
    """State, next step, webhook documents, and which messages came and went, since the last change of the call."""
    callers: timedelta = timedelta(days=30)
    """Which number called, and its fingerprint; also who was rung back."""
    journal_contents: timedelta = timedelta(days=30)
    calls: timedelta = timedelta(days=365)
    """The call and the chain of its journal, without contents."""
    drafts: timedelta = DRAFT_LIFE
    """Since the last change; also those handed in, which the agency has."""
    call_backs: timedelta = timedelta(days=30)
    """Also the carrier's names of voice messages. Since the last change, once nobody waits for it any more."""
    receipts: timedelta = timedelta(days=30)
    """Of what was delivered to the agency. What was not delivered stays until it is."""
    identity: timedelta = timedelta(days=30)
    appointments: timedelta = timedelta(days=30)
    """After the day of the appointment; also its reminder."""
    caller_hints: timedelta = timedelta(days=365)
    rights_requests: timedelta = timedelta(days=365)
    """Wishes to have data erased. "Do not call me" holds for good."""


class Retention:
    """Deletes what is too old. Raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock, ages: Ages) -> None:
        self._database = database
        self._clock = clock
        self._ages = ages

    def delete_expired(self) -> dict[str, int]:
        """Delete what is due, each table in a transaction of its own; returns how many rows of each."""
        with self._database.writing() as connection:
            counts = {"calls.state": self._erase_states(connection), "calls.caller": self._erase_callers(connection)}
        for table, expired in self._expired():
            with self._database.writing() as connection:
                counts[table.name] = connection.execute(delete(table).where(expired)).rowcount
        return counts

    def _expired(self) -> list[tuple[Table, ColumnElement[bool]]]:
        now, ages = self._clock(), self._ages
        settled = call_backs.c.state.not_in(["promised"])
        return [
            (documents, documents.c.made <= now - ages.call_state),
            (call_back_proposals, call_back_proposals.c.changed <= now - ages.call_state),
            (deaths, deaths.c.at <= now - ages.call_state),
            (stream_tokens, stream_tokens.c.expires <= now),
            (journal_contents, journal_contents.c.at <= now - ages.journal_contents),
            (calls, calls.c.changed <= now - ages.calls),
            (drafts, drafts.c.changed <= now - ages.drafts),
            (call_backs, and_(settled, call_backs.c.changed <= now - ages.call_backs)),
            (voice_messages, voice_messages.c.changed <= now - ages.call_backs),
            (outbox, outbox.c.delivered <= now - ages.receipts),
            (identity_attempts, identity_attempts.c.at <= now - ages.identity),
            (identity_letters, identity_letters.c.asked <= now - ages.identity),
            (appointment_times, appointment_times.c.at <= now - ages.appointments),
            (appointments, appointments.c.at <= now - ages.appointments),
            (reminders, reminders.c.changed <= now - ages.appointments),
            (caller_hints, caller_hints.c.changed <= now - ages.caller_hints),
            (rights_requests, _is_erasure_before(now - ages.rights_requests)),
            (journal_keys, ~exists().where(journal_contents.c.call_id == journal_keys.c.call_id)),
            (text_messages, text_messages.c.at <= now - ages.call_state),
            (text_sessions, text_sessions.c.changed <= now - ages.call_state),
            (ring_backs, ring_backs.c.asked <= now - ages.callers),
            (audit_sealed_calls, audit_sealed_calls.c.seal.in_(_past_seals(now - ages.calls))),
        ]

    def _erase_states(self, connection: Connection) -> int:
        full = or_(calls.c.sealed_state.is_not(None), calls.c.sealed_next_step.is_not(None))
        old = and_(full, calls.c.changed <= self._clock() - self._ages.call_state)
        return connection.execute(update(calls).where(old).values(sealed_state=None, sealed_next_step=None)).rowcount

    def _erase_callers(self, connection: Connection) -> int:
        known = or_(calls.c.sealed_caller.is_not(None), calls.c.from_hash != "")
        old = and_(known, calls.c.arrived <= self._clock() - self._ages.callers)
        return connection.execute(update(calls).where(old).values(sealed_caller=None, from_hash="")).rowcount


def _past_seals(before: datetime) -> Select[Any]:
    """Seals so old that the calls they cover are gone; the seals themselves stay, as a chain."""
    return select(audit_seals.c.number).where(audit_seals.c.at <= before)


def _is_erasure_before(moment: datetime) -> ColumnElement[bool]:
    return (rights_requests.c.kind == ERASE) & (rights_requests.c.asked <= moment)
