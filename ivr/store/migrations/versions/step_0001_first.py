"""Calls, journal, tokens, drafts, call-backs, identity, outbox, hints."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from ivr.store.tables import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "call_backs",
        sa.Column("reference", sa.String(length=7), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("sealed_contents", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("promised", UtcTime(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_call_backs")),
        sa.UniqueConstraint("call_id", name=op.f("uq_call_backs_call_id")),
    )
    op.create_index(op.f("ix_call_backs_state"), "call_backs", ["state"], unique=False)
    op.create_table(
        "caller_hints",
        sa.Column("from_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("pace", sa.String(length=64), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("from_hash", name=op.f("pk_caller_hints")),
    )
    op.create_index(op.f("ix_caller_hints_changed"), "caller_hints", ["changed"], unique=False)
    op.create_table(
        "calls",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("from_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_caller", sa.LargeBinary(), nullable=True),
        sa.Column("called", sa.String(length=64), nullable=False),
        sa.Column("arrived", UtcTime(), nullable=False),
        sa.Column("owner", sa.String(length=255), nullable=False),
        sa.Column("sealed_state", sa.LargeBinary(), nullable=True),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.Column("sealed_next_step", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("finished", UtcTime(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_calls")),
    )
    op.create_index(op.f("ix_calls_arrived"), "calls", ["arrived"], unique=False)
    op.create_index(op.f("ix_calls_finished"), "calls", ["finished"], unique=False)
    op.create_index(op.f("ix_calls_from_hash"), "calls", ["from_hash"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("reference", sa.String(length=7), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("from_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_contents", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("opened", UtcTime(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_drafts")),
        sa.UniqueConstraint("key", name=op.f("uq_drafts_key")),
    )
    op.create_index(op.f("ix_drafts_changed"), "drafts", ["changed"], unique=False)
    op.create_index("ix_drafts_from_hash", "drafts", ["from_hash", "state"], unique=False)
    op.create_table(
        "identity_attempts",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("citizen_hash", sa.String(length=64), nullable=False),
        sa.Column("from_hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_attempts")),
    )
    op.create_index(op.f("ix_identity_attempts_at"), "identity_attempts", ["at"], unique=False)
    op.create_index("ix_identity_attempts_citizen_hash", "identity_attempts", ["citizen_hash", "at"], unique=False)
    op.create_index("ix_identity_attempts_from_hash", "identity_attempts", ["from_hash", "at"], unique=False)
    op.create_table(
        "identity_letters",
        sa.Column("subject_hash", sa.String(length=64), nullable=False),
        sa.Column("asked", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject_hash", name=op.f("pk_identity_letters")),
    )
    op.create_index(op.f("ix_identity_letters_asked"), "identity_letters", ["asked"], unique=False)
    op.create_table(
        "identity_turnstile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_turnstile")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("sealed_payload", sa.LargeBinary(), nullable=False),
        sa.Column("put", UtcTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", UtcTime(), nullable=False),
        sa.Column("last_problem", sa.String(length=255), nullable=False),
        sa.Column("delivered", UtcTime(), nullable=True),
        sa.Column("sealed_receipt", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_outbox_kind")),
    )
    op.create_index(op.f("ix_outbox_delivered"), "outbox", ["delivered"], unique=False)
    op.create_index("ix_outbox_next_try", "outbox", ["delivered", "next_try"], unique=False)
    op.create_table(
        "stream_tokens",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("expires", UtcTime(), nullable=False),
        sa.Column("redeemed", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_stream_tokens")),
    )
    op.create_index(op.f("ix_stream_tokens_expires"), "stream_tokens", ["expires"], unique=False)
    op.create_table(
        "call_back_proposals",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("sealed_phone_number", sa.LargeBinary(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_call_back_proposals_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_call_back_proposals")),
    )
    op.create_index(op.f("ix_call_back_proposals_changed"), "call_back_proposals", ["changed"], unique=False)
    op.create_table(
        "deaths",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=128), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_deaths_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "step", name=op.f("pk_deaths")),
    )
    op.create_table(
        "documents",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=128), nullable=False),
        sa.Column("sealed_document", sa.LargeBinary(), nullable=False),
        sa.Column("made", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_documents_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "step", name=op.f("pk_documents")),
    )
    op.create_table(
        "journal_entries",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("contents_hash", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_journal_entries_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "sequence", name=op.f("pk_journal_entries")),
    )
    op.create_table(
        "voice_messages",
        sa.Column("recording_id", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("left", UtcTime(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.call_id"], name=op.f("fk_voice_messages_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording_id", name=op.f("pk_voice_messages")),
    )
    op.create_index(op.f("ix_voice_messages_changed"), "voice_messages", ["changed"], unique=False)
    op.create_index(op.f("ix_voice_messages_state"), "voice_messages", ["state"], unique=False)
    op.create_table(
        "journal_contents",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("sealed_contents", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id", "sequence"],
            ["journal_entries.call_id", "journal_entries.sequence"],
            name=op.f("fk_journal_contents_call_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", "sequence", name=op.f("pk_journal_contents")),
    )
    op.create_index(op.f("ix_journal_contents_at"), "journal_contents", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_journal_contents_at"), table_name="journal_contents")
    op.drop_table("journal_contents")
    op.drop_index(op.f("ix_voice_messages_state"), table_name="voice_messages")
    op.drop_index(op.f("ix_voice_messages_changed"), table_name="voice_messages")
    op.drop_table("voice_messages")
    op.drop_table("journal_entries")
    op.drop_table("documents")
    op.drop_table("deaths")
    op.drop_index(op.f("ix_call_back_proposals_changed"), table_name="call_back_proposals")
    op.drop_table("call_back_proposals")
    op.drop_index(op.f("ix_stream_tokens_expires"), table_name="stream_tokens")
    op.drop_table("stream_tokens")
    op.drop_index("ix_outbox_next_try", table_name="outbox")
    op.drop_index(op.f("ix_outbox_delivered"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("identity_turnstile")
    op.drop_index(op.f("ix_identity_letters_asked"), table_name="identity_letters")
    op.drop_table("identity_letters")
    op.drop_index("ix_identity_attempts_from_hash", table_name="identity_attempts")
    op.drop_index("ix_identity_attempts_citizen_hash", table_name="identity_attempts")
    op.drop_index(op.f("ix_identity_attempts_at"), table_name="identity_attempts")
    op.drop_table("identity_attempts")
    op.drop_index("ix_drafts_from_hash", table_name="drafts")
    op.drop_index(op.f("ix_drafts_changed"), table_name="drafts")
    op.drop_table("drafts")
    op.drop_index(op.f("ix_calls_from_hash"), table_name="calls")
    op.drop_index(op.f("ix_calls_finished"), table_name="calls")
    op.drop_index(op.f("ix_calls_arrived"), table_name="calls")
    op.drop_table("calls")
    op.drop_index(op.f("ix_caller_hints_changed"), table_name="caller_hints")
    op.drop_table("caller_hints")
    op.drop_index(op.f("ix_call_backs_state"), table_name="call_backs")
    op.drop_table("call_backs")
