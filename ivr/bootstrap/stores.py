"""The database and what is kept in it, for one process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ivr.conversation.events import Hint
from ivr.services.identity import LINE_WINDOW, WINDOW
from ivr.settings import Settings
from ivr.store.appointments import Appointments
from ivr.store.call_backs import CallBacks
from ivr.store.call_log import CallLog
from ivr.store.caller_hints import CallerHint, CallerHints
from ivr.store.database import Database, open_engine, utc_now
from ivr.store.drafts import Drafts
from ivr.store.encryption import Keyring
from ivr.store.identity_counters import IdentityCounters
from ivr.store.journal import Journal
from ivr.store.outbox import Outbox
from ivr.store.reminders import Reminders
from ivr.store.rights_requests import RightsRequests
from ivr.store.ring_backs import Limits, RingBacks
from ivr.store.stream_tokens import StreamTokens
from ivr.store.texts import Texts
from ivr.store.voice_messages import VoiceMessages
from ivr.vocabulary import CallId


@dataclass(frozen=True, slots=True)
class Stores:
    """Each with short transactions of its own; shared by all threads of the process."""

    database: Database
    keyring: Keyring
    calls: CallLog
    journal: Journal
    tokens: StreamTokens
    drafts: Drafts
    call_backs: CallBacks
    counters: IdentityCounters
    outbox: Outbox
    hints: CallerHints
    rights: RightsRequests
    messages: VoiceMessages
    appointments: Appointments
    reminders: Reminders
    texts: Texts
    ring_backs: RingBacks


def open_stores(settings: Settings) -> Stores:
    """Open the store; its schema must have been brought up to date (`openline db upgrade`). Raises StoreFailed."""
    settings.var.mkdir(parents=True, exist_ok=True)
    keyring = Keyring.parse(settings.secrets.store)
    database = Database(open_engine(settings.store_url), keyring)
    return Stores(
        database=database,
        keyring=keyring,
        calls=CallLog(database, utc_now),
        journal=Journal(database, utc_now),
        tokens=StreamTokens(database, utc_now),
        drafts=Drafts(database, utc_now),
        call_backs=CallBacks(database, utc_now),
        counters=IdentityCounters(database, utc_now, WINDOW, LINE_WINDOW),
        outbox=Outbox(database, utc_now),
        hints=CallerHints(database, utc_now),
        rights=RightsRequests(database, utc_now),
        messages=VoiceMessages(database, utc_now),
        appointments=Appointments(database, utc_now),
        reminders=Reminders(database, utc_now),
        texts=Texts(database, utc_now),
        ring_backs=RingBacks(database, utc_now, Limits()),
    )


SLOW, PATIENT, LOUDER = "slow", "patient", "louder_"


def stored_hint(hint: Hint) -> CallerHint:
    """As it is stored: ways to speak as words with a blank between."""
    louder = f"{LOUDER}{hint.louder_db:.0f}" if hint.louder_db else ""
    ways = [SLOW if hint.slow else "", PATIENT if hint.needs_time else "", louder]
    return CallerHint(hint.language, " ".join(way for way in ways if way))


def read_hint(stored: CallerHint) -> Hint:
    """What was stored; a way that this version does not know counts for nothing."""
    ways = stored.pace.split()
    louder = [way.removeprefix(LOUDER) for way in ways if way.startswith(LOUDER)]
    return Hint(
        language=stored.language,
        slow=SLOW in ways,
        louder_db=float(louder[0]) if louder and louder[0].isdigit() else 0.0,
        needs_time=PATIENT in ways,
    )


def person_hash(stores: Stores, person: str) -> str:
    """The fingerprint under which a person's hint is found; it never meets that of a telephone number."""
    return stores.keyring.fingerprint(person, "person of a hint")


class KeptCalls:
    """What a call writes (ivr/calls/journal.py: CallStore)."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def keep(self, call_id: CallId, state: str, entries: list[tuple[str, Mapping[str, Any]]]) -> None:
        """State and entries in one transaction."""
        self._stores.calls.keep(call_id, state, entries)

    def keep_draft(self, reference: str, answers: Mapping[str, str]) -> None:
        """The draft's answers."""
        self._stores.drafts.change(reference, answers)

    def keep_hint(self, call_id: CallId, hint: Hint, person: str) -> None:
        """What makes the next call easier, by telephone and by person; nothing where either is not known."""
        record = self._stores.calls.find(call_id)
        if record is not None:
            self._stores.hints.remember(record.from_hash, stored_hint(hint))
        if person:
            self._stores.hints.remember(person_hash(self._stores, person), stored_hint(hint))

    def set_next_step(self, call_id: CallId, step: str, reason: str) -> None:
        """What /voice/resume will do."""
        self._stores.calls.set_next_step(call_id, step, reason)
