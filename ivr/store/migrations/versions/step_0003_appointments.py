"""Appointments, the times that are given away, reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ivr.store.tables import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointment_times",
        sa.Column("slot_hash", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=128), nullable=False),
        sa.Column("held_until", UtcTime(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("slot_hash", name=op.f("pk_appointment_times")),
    )
    op.create_index(op.f("ix_appointment_times_at"), "appointment_times", ["at"], unique=False)
    op.create_index(op.f("ix_appointment_times_holder"), "appointment_times", ["holder"], unique=False)
    op.create_table(
        "appointments",
        sa.Column("reference", sa.String(length=7), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("person_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_contents", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_appointments")),
        sa.UniqueConstraint("key", name=op.f("uq_appointments_key")),
    )
    op.create_index(op.f("ix_appointments_at"), "appointments", ["at"], unique=False)
    op.create_index(op.f("ix_appointments_person_hash"), "appointments", ["person_hash"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("reference", sa.String(length=7), nullable=False),
        sa.Column("sealed_contents", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", UtcTime(), nullable=False),
        sa.Column("changed", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_reminders")),
    )
    op.create_index(op.f("ix_reminders_changed"), "reminders", ["changed"], unique=False)
    op.create_index("ix_reminders_due", "reminders", ["state", "due"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_reminders_due", table_name="reminders")
    op.drop_index(op.f("ix_reminders_changed"), table_name="reminders")
    op.drop_table("reminders")
    op.drop_index(op.f("ix_appointments_person_hash"), table_name="appointments")
    op.drop_index(op.f("ix_appointments_at"), table_name="appointments")
    op.drop_table("appointments")
    op.drop_index(op.f("ix_appointment_times_holder"), table_name="appointment_times")
    op.drop_index(op.f("ix_appointment_times_at"), table_name="appointment_times")
    op.drop_table("appointment_times")
