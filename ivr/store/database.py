"""Short transactions on SQLite or Postgres. Everything else in the store goes through here; safe for all threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Semaphore
from typing import Any

from sqlalchemy import Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from ivr.errors import SettingsError, StoreFailed
from ivr.store.encryption import Keyring

Clock = Callable[[], datetime]
"""The time now, aware, in any zone."""

BUSY_TIMEOUT_MS = 3_000
"""How long a writer waits for another one before StoreFailed; the caller hears nothing for 4 s at most."""
_POOL: dict[str, Any] = {"pool_size": 8, "max_overflow": 32, "pool_timeout": BUSY_TIMEOUT_MS / 1_000}
"""Connections kept, and opened on top for a burst of calls; a thread holds one for milliseconds."""


def utc_now() -> datetime:
    """The clock of the running line."""
    return datetime.now(UTC)


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///path`, or `postgresql://…`; SettingsError if the address cannot be used."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(parsed)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        options = {"connect_timeout": 3, "options": f"-c lock_timeout={BUSY_TIMEOUT_MS}"}
        return create_engine(parsed, **_POOL, pool_pre_ping=True, connect_args=options)
    except (ArgumentError, ImportError, OSError) as error:
        raise SettingsError(f"store.url cannot be used: {error}") from None


def _open_sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise SettingsError(
            "store.url: several processes share the store, so SQLite needs a file: sqlite:///var/store.db"
        )
    Path(url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **_POOL, connect_args={"timeout": BUSY_TIMEOUT_MS / 1_000})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver opens no transactions of its own; _begin does
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON"):
            # NORMAL: a killed process loses nothing; only a power cut can lose the last commits.
            # secure_delete: erased personal data is overwritten, not just unlinked.
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its place at once: one that reads first and writes later can be refused without waiting.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class Database:
    """An engine with the keys that open its sealed columns."""

    def __init__(self, engine: Engine, keyring: Keyring, longest_wait_ms: int = BUSY_TIMEOUT_MS) -> None:
        self.engine = engine
        self.keyring = keyring
        self._longest_wait_ms = longest_wait_ms
        self._writer = engine.execution_options(writes=True)
        # Writers of SQLite sleep and try again, 0.1 s at a time; threads of one process can do better.
        self._writers = Semaphore(1) if engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A short transaction that only reads; StoreFailed where the database fails."""
        with _translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A short transaction, kept whole or not at all; StoreFailed where the database fails."""
        with _translated(), self._turn(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._writers is None:
            yield
            return
        if not self._writers.acquire(timeout=self._longest_wait_ms / 1_000):
            raise StoreFailed("the store cannot be used (other writers take too long)")
        try:
            yield
        finally:
            self._writers.release()

    def close(self) -> None:
        """Close the connections of this process."""
        self.engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        # Its text can hold the values of the statement, so only its kind goes on.
        raise StoreFailed(f"the store cannot be used ({type(error).__name__})") from None


def insert_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is there already. True: inserted now."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    inserting = dialect.insert(table).values(**values).on_conflict_do_nothing()
    # What comes back tells it; the count of rows of an INSERT is the driver's affair.
    return connection.execute(inserting.returning(*table.primary_key)).first() is not None
