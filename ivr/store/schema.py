"""Bring a database to the newest schema: `upgrade(engine)`."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreFailed

_CONFIG = {"script_location": "ivr.store:migrations", "path_separator": "os"}


def upgrade(engine: Engine) -> None:
    """Run the steps that are missing, in order; nothing where there is none. StoreFailed where one fails.

    Several processes may call it at once: they take turns.
    """
    config = _config()
    try:
        with engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7365746)")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise StoreFailed(f"the schema could not be upgraded: {_first_line(error)}") from error


def version(engine: Engine) -> str | None:
    """The step the database is at; None: it is empty. StoreFailed where it cannot be reached."""
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise StoreFailed(f"the store cannot be reached: {_first_line(error)}") from error


def require_newest(engine: Engine) -> None:
    """StoreFailed, with what to do, unless the database is at the step that this version of the line needs."""
    found, needed = version(engine), newest()
    if found != needed:
        raise StoreFailed(
            f"the store is at step {found or 'none'}, this version needs {needed}; run `openline db upgrade`"
        )


def newest() -> str | None:
    """The step that this version of the line needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _first_line(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).partition("\n")[0]


def _config() -> Config:
    config = Config()
    for key, value in _CONFIG.items():
        config.set_main_option(key, value)
    return config
