"""Conversations in writing, keys and seals of the audit trail, callers who are rung back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from ivr.store.tables import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_messages",
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("error", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_text_messages")),
    )
    op.create_index(op.f("ix_text_messages_at"), "text_messages", ["at"], unique=False)
    op.create_table(
        "text_sessions",
        sa.Column("from_hash", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("held_until", UtcTime(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("from_hash", name=op.f("pk_text_sessions")),
    )
    op.create_index(op.f("ix_text_sessions_changed"), "text_sessions", ["changed"], unique=False)
    op.create_table(
        "journal_keys",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_journal_keys_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_journal_keys")),
    )
    op.create_table(
        "audit_seals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seals")),
        sa.UniqueConstraint("day", name=op.f("uq_audit_seals_day")),
    )
    op.create_table(
        "audit_sealed_calls",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_audit_sealed_calls")),
    )
    op.create_index(op.f("ix_audit_sealed_calls_seal"), "audit_sealed_calls", ["seal"], unique=False)
    op.create_table(
        "ring_backs",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("from_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_number", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("asked", UtcTime(), nullable=False),
        sa.Column("due", UtcTime(), nullable=False),
        sa.Column("rung_as", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_ring_backs")),
    )
    op.create_index(op.f("ix_ring_backs_asked"), "ring_backs", ["asked"], unique=False)
    op.create_index("ix_ring_backs_from_hash", "ring_backs", ["from_hash", "asked"], unique=False)
    op.create_index("ix_ring_backs_state", "ring_backs", ["state", "due"], unique=False)


def downgrade() -> None:
    for table in ("ring_backs", "audit_sealed_calls", "audit_seals", "journal_keys", "text_sessions", "text_messages"):
        op.drop_table(table)
