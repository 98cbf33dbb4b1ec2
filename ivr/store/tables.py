"""The tables; nothing in them that Postgres would refuse.

Plain tables without mapped classes, so that no mapped object can leave the store. Columns called `sealed_…` are
encrypted; `…_hash` are keyed fingerprints. Times are UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite has no zones, so they are put back when it is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("the store takes aware times only")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        assert isinstance(value, datetime)  # noqa: S101 - what the column type promises
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in INTEGER columns
_CALL_ID = String(64)
_HASH = String(64)
_WORD = String(64)
_STEP = String(128)


def _call(**options: Any) -> Column[Any]:
    return Column("call_id", _CALL_ID, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False, **options)


calls = Table(
    "calls", metadata,
    Column("call_id", _CALL_ID, primary_key=True),
    Column("from_hash", _HASH, nullable=False, index=True),
    Column("sealed_caller", LargeBinary),
    Column("called", String(64), nullable=False),
    Column("arrived", UtcTime, nullable=False, index=True),
    Column("owner", String(255), nullable=False, default=""),
    Column("sealed_state", LargeBinary),
    Column("changed", UtcTime, nullable=False),
    Column("sealed_next_step", LargeBinary),
    Column("status", _WORD, nullable=False, default=""),
    Column("seconds", Integer, nullable=False, default=0),
    Column("finished", UtcTime, index=True),
    Column("entries", Integer, nullable=False, default=0),
    Column("digest", _HASH, nullable=False, default=""),
)  # fmt: skip
"""One row a call; `entries` and `digest` are the end of its journal's chain, `called` is the number that was dialed."""

deaths = Table(
    "deaths", metadata,
    _call(primary_key=True),
    Column("step", _STEP, primary_key=True),
    Column("at", UtcTime, nullable=False),
)  # fmt: skip
"""Each time a stream of a call ended without a stored next step."""

documents = Table(
    "documents", metadata,
    _call(primary_key=True),
    Column("step", _STEP, primary_key=True),
    Column("sealed_document", LargeBinary, nullable=False),
    Column("made", UtcTime, nullable=False),
)  # fmt: skip
"""What a webhook answered, so that a repeated request gets the same."""

journal_entries = Table(
    "journal_entries", metadata,
    _call(primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", _WORD, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("contents_hash", _HASH, nullable=False),
    Column("digest", _HASH, nullable=False),
)  # fmt: skip
"""The chain: without personal data, kept for audits."""

journal_contents = Table(
    "journal_contents", metadata,
    Column("call_id", _CALL_ID, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("sealed_contents", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["call_id", "sequence"], ["journal_entries.call_id", "journal_entries.sequence"], ondelete="CASCADE"
    ),
)  # fmt: skip
"""What was said and done; a row can go and the chain still fits."""

stream_tokens = Table(
    "stream_tokens", metadata,
    Column("token_hash", _HASH, primary_key=True),
    Column("call_id", _CALL_ID, nullable=False),
    Column("expires", UtcTime, nullable=False, index=True),
    Column("redeemed", UtcTime),
)  # fmt: skip

drafts = Table(
    "drafts", metadata,
    Column("reference", String(7), primary_key=True),
    Column("key", String(128), nullable=False, unique=True),
    Column("from_hash", _HASH, nullable=False),
    Column("sealed_contents", LargeBinary, nullable=False),
    Column("state", _WORD, nullable=False),
    Column("opened", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False, index=True),
    Index("ix_drafts_from_hash", "from_hash", "state"),
)  # fmt: skip

call_backs = Table(
    "call_backs", metadata,
    Column("reference", String(7), primary_key=True),
    Column("call_id", _CALL_ID, nullable=False, unique=True),
    Column("sealed_contents", LargeBinary, nullable=False),
    Column("state", _WORD, nullable=False, index=True),
    Column("tries", Integer, nullable=False, default=0),
    Column("promised", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
)  # fmt: skip

call_back_proposals = Table(
    "call_back_proposals", metadata,
    _call(primary_key=True),
    Column("sealed_phone_number", LargeBinary, nullable=False),
    Column("changed", UtcTime, nullable=False, index=True),
)  # fmt: skip
"""A number that was keyed and still has to be confirmed."""

voice_messages = Table(
    "voice_messages", metadata,
    Column("recording_id", _CALL_ID, primary_key=True),
    _call(),
    Column("seconds", Integer, nullable=False, default=0),
    Column("state", _WORD, nullable=False, index=True),
    Column("left", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False, index=True),
)  # fmt: skip
"""Messages that the carrier holds; the sound itself is not here."""

identity_turnstile = Table("identity_turnstile", metadata, Column("id", Integer, primary_key=True))
"""One row, which every attempt locks, so that parallel guesses queue up."""

identity_letters = Table(
    "identity_letters", metadata,
    Column("subject_hash", _HASH, primary_key=True),
    Column("asked", UtcTime, nullable=False, index=True),
)  # fmt: skip
"""When a PIN letter was last asked for."""

identity_attempts = Table(
    "identity_attempts", metadata,
    Column("id", _ROW_NUMBER, primary_key=True),
    Column("citizen_hash", _HASH, nullable=False),
    Column("from_hash", _HASH, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Index("ix_identity_attempts_citizen_hash", "citizen_hash", "at"),
    Index("ix_identity_attempts_from_hash", "from_hash", "at"),
)  # fmt: skip
"""Failures, and attempts that are being compared; a right pair takes its row away."""

outbox = Table(
    "outbox", metadata,
    Column("id", _ROW_NUMBER, primary_key=True),
    Column("kind", _WORD, nullable=False),
    Column("key", String(128), nullable=False),
    Column("sealed_payload", LargeBinary, nullable=False),
    Column("put", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", UtcTime, nullable=False),
    Column("last_problem", String(255), nullable=False, default=""),
    Column("delivered", UtcTime, index=True),
    Column("sealed_receipt", LargeBinary),
    UniqueConstraint("kind", "key"),
    Index("ix_outbox_next_try", "delivered", "next_try"),
)  # fmt: skip

caller_hints = Table(
    "caller_hints", metadata,
    Column("from_hash", _HASH, primary_key=True),
    Column("language", String(8), nullable=False, default=""),
    Column("pace", _WORD, nullable=False, default=""),
    Column("changed", UtcTime, nullable=False, index=True),
)  # fmt: skip

text_messages = Table(
    "text_messages", metadata,
    Column("message_id", _CALL_ID, primary_key=True),
    Column("call_id", _CALL_ID, nullable=False, default=""),
    Column("sealed_answer", LargeBinary),
    Column("status", _WORD, nullable=False, default=""),
    Column("rank", Integer, nullable=False, default=0),
    Column("error", Integer, nullable=False, default=0),
    Column("at", UtcTime, nullable=False, index=True),
)  # fmt: skip
"""Messages in, with what was answered, so that a repeat has no second effect; messages out, with how far they came."""

text_sessions = Table(
    "text_sessions", metadata,
    Column("from_hash", _HASH, primary_key=True),
    Column("call_id", _CALL_ID, nullable=False, default=""),
    Column("held_until", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False, index=True),
)  # fmt: skip
"""Number -> the conversation in writing that goes on with it; one process at a time holds it."""

journal_keys = Table(
    "journal_keys", metadata,
    _call(primary_key=True),
    Column("sealed_key", LargeBinary, nullable=False),
)  # fmt: skip
"""The key of a call's journal contents, of its own: without it they are noise, in every copy of the database too."""

audit_seals = Table(
    "audit_seals", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("day", String(10), nullable=False, unique=True),
    Column("at", UtcTime, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("digest", _HASH, nullable=False),
)  # fmt: skip
"""One a day, in a chain: so that a call cannot vanish whole."""

audit_sealed_calls = Table(
    "audit_sealed_calls", metadata,
    Column("call_id", _CALL_ID, primary_key=True),
    Column("seal", Integer, nullable=False, index=True),
    Column("entries", Integer, nullable=False),
    Column("digest", _HASH, nullable=False),
)  # fmt: skip
"""What a seal covers; stays when the call's own row goes, as long as the seal can be checked."""

ring_backs = Table(
    "ring_backs", metadata,
    Column("call_id", _CALL_ID, primary_key=True),
    Column("from_hash", _HASH, nullable=False),
    Column("sealed_number", LargeBinary, nullable=False),
    Column("reason", _WORD, nullable=False),
    Column("state", _WORD, nullable=False),
    Column("asked", UtcTime, nullable=False, index=True),
    Column("due", UtcTime, nullable=False),
    Column("rung_as", _CALL_ID, nullable=False, default=""),
    Index("ix_ring_backs_from_hash", "from_hash", "asked"),
    Index("ix_ring_backs_state", "state", "due"),
)  # fmt: skip
"""Callers whom the line rings back by itself: a missed call, credit that ran out, a drop; by the call that asked."""

appointment_times = Table(
    "appointment_times", metadata,
    Column("slot_hash", _HASH, primary_key=True),
    Column("holder", String(128), nullable=False, index=True),
    Column("held_until", UtcTime),
    Column("at", UtcTime, nullable=False, index=True),
)  # fmt: skip
"""A time of an office that is given away, by its fingerprint: two callers cannot have one. `holder` is the call that
holds it until then, or the reference of the appointment that has it."""

appointments = Table(
    "appointments", metadata,
    Column("reference", String(7), primary_key=True),
    Column("key", String(128), nullable=False, unique=True),
    Column("person_hash", _HASH, nullable=False, index=True),
    Column("sealed_contents", LargeBinary, nullable=False),
    Column("state", _WORD, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("changed", UtcTime, nullable=False),
)  # fmt: skip

reminders = Table(
    "reminders", metadata,
    Column("reference", String(7), primary_key=True),
    Column("sealed_contents", LargeBinary),
    Column("state", _WORD, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("due", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False, index=True),
    Index("ix_reminders_due", "state", "due"),
)  # fmt: skip

rights_requests = Table(
    "rights_requests", metadata,
    Column("reference", String(7), primary_key=True),
    Column("key", String(128), nullable=False, unique=True),
    Column("kind", _WORD, nullable=False),
    Column("call_id", _CALL_ID, nullable=False),
    Column("from_hash", _HASH, nullable=False),
    Column("asked", UtcTime, nullable=False, index=True),
    Index("ix_rights_requests_from_hash", "from_hash", "kind"),
)  # fmt: skip
"""Wishes about the caller's own data (erase) and telephone (no_calls, which holds for good); for staff."""
