"""Requests about one's own data and telephone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ivr.store.tables import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rights_requests",
        sa.Column("reference", sa.String(length=7), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("from_hash", sa.String(length=64), nullable=False),
        sa.Column("asked", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_rights_requests")),
        sa.UniqueConstraint("key", name=op.f("uq_rights_requests_key")),
    )
    op.create_index(op.f("ix_rights_requests_asked"), "rights_requests", ["asked"], unique=False)
    op.create_index("ix_rights_requests_from_hash", "rights_requests", ["from_hash", "kind"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_rights_requests_from_hash", table_name="rights_requests")
    op.drop_index(op.f("ix_rights_requests_asked"), table_name="rights_requests")
    op.drop_table("rights_requests")
