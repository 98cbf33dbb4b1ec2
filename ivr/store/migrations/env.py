"""Runs the steps on the connection that `ivr.store.schema` hands in; the whole upgrade is one transaction."""

from __future__ import annotations

from alembic import context

from ivr.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
