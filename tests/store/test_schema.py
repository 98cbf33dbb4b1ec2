"""Tests of the schema's steps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from ivr.errors import SettingsError, StoreFailed
from ivr.store import schema
from ivr.store.database import Database, open_engine
from ivr.store.encryption import Keyring
from ivr.store.tables import metadata


def test_the_steps_lead_to_the_tables_the_code_uses(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_an_upgraded_store_is_at_the_newest_step_and_a_second_upgrade_changes_nothing(database: Database) -> None:
    schema.upgrade(database.engine)
    assert schema.version(database.engine) == schema.newest()


def test_an_empty_database_is_at_no_step(store_url: str) -> None:
    engine = open_engine(store_url)
    assert schema.version(engine) is None
    engine.dispose()


def test_a_store_that_was_not_upgraded_is_refused_with_what_to_do(store_url: str) -> None:
    engine = open_engine(store_url)
    with pytest.raises(StoreFailed, match="run `openline db upgrade`"):
        schema.require_newest(engine)
    schema.upgrade(engine)
    schema.require_newest(engine)
    engine.dispose()


def test_a_writer_that_waits_too_long_is_told_so(tmp_path: Path) -> None:
    database = Database(open_engine(f"sqlite:///{tmp_path}/store.db"), Keyring.parse(Keyring.generate()), 10)
    with database.writing(), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(database.writing().__enter__)
        with pytest.raises(StoreFailed, match="other writers take too long"):
            waiting.result()
    database.close()


def test_processes_that_start_together_upgrade_one_after_the_other(store_url: str) -> None:
    engines = [open_engine(store_url) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(schema.upgrade, engines))
    assert [schema.version(engine) for engine in engines] == [schema.newest()] * 3
    for engine in engines:
        engine.dispose()


def test_the_first_step_can_be_taken_back(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", "ivr.store:migrations")
    config.set_main_option("path_separator", "os")
    with database.engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]


def test_sqlite_runs_in_wal_mode_with_foreign_keys_and_waits_for_others(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new/store.db")
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 3_000, "secure_delete": 1}
    engine.dispose()


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "nobody://here"])
def test_an_address_that_cannot_be_used_is_said_at_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match=r"store\.url"):
        open_engine(url)


def test_a_database_that_is_away_is_one_sentence() -> None:
    engine = open_engine("postgresql://nobody:geheim@127.0.0.1:1/nothing")
    with pytest.raises(StoreFailed, match="cannot be reached") as failure:
        schema.version(engine)
    assert "geheim" not in str(failure.value)
    assert "\n" not in str(failure.value).strip()
