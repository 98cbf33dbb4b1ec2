"""Each test gets an empty store: SQLite, and Postgres too where OPENLINE_TEST_POSTGRES names a server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from ivr.store.database import Database, open_engine
from ivr.store.encryption import Keyring
from ivr.store.schema import upgrade
from tests.store.clock import SetClock

POSTGRES = os.environ.get("OPENLINE_TEST_POSTGRES", "")
"""Such as postgresql+psycopg://postgres@localhost/postgres; each test makes a database there and drops it."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(params=["sqlite", *(["postgres"] if POSTGRES else [])])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
        return
    name = f"test_{uuid4().hex}"
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def key() -> str:
    return Keyring.generate()


@pytest.fixture
def database(store_url: str, key: str) -> Iterator[Database]:
    engine = open_engine(store_url)
    upgrade(engine)
    database = Database(engine, Keyring.parse(key))
    yield database
    database.close()
