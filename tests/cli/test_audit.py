"""Tests of `openline audit`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, update

from ivr.bootstrap.stores import Stores, open_stores
from ivr.cli.audit import command
from ivr.settings import load_settings
from ivr.store.audit import Audit
from ivr.store.schema import upgrade
from ivr.store.tables import journal_entries
from ivr.vocabulary import CallId
from tests.store.clock import SetClock

ROOT = Path(__file__).parents[2]
CALL = CallId("CA1")


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stores:
    monkeypatch.setenv("OPENLINE_VAR", str(tmp_path))
    monkeypatch.setenv("OPENLINE_ROOT", str(ROOT))
    stores = open_stores(load_settings())
    upgrade(stores.database.engine)
    stores.calls.arrive(CALL, "+351210000001", "")
    stores.calls.keep(CALL, "{}", [("facts", {"facts": [{"source": "agency:#1"}]}), ("result", {})])
    return stores


def test_an_untouched_trail_is_said_to_be_so(stores: Stores) -> None:
    result = CliRunner().invoke(command, ["verify"])
    assert result.exit_code == 0
    assert "1 calls, 2 entries" in result.output
    assert "nothing was changed" in result.output


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (update(journal_entries).where(journal_entries.c.sequence == 1).values(kind="forged"), "CA1, entry 1: changed"),
        (delete(journal_entries).where(journal_entries.c.sequence == 2), "CA1, entry 2: removed"),
    ],
)
def test_what_was_tampered_with_is_named(stores: Stores, tamper: object, named: str) -> None:
    with stores.database.writing() as connection:
        connection.execute(tamper)  # type: ignore[call-overload]
    result = CliRunner().invoke(command, ["verify"])
    assert result.exit_code == 1
    assert named in result.output
    flaws = json.loads(CliRunner().invoke(command, ["verify", "--json"]).output)["flaws"]
    assert [flaw["call_id"] for flaw in flaws] == [CALL]


def test_a_digest_that_was_noted_is_found_again_and_a_strange_one_is_not(stores: Stores) -> None:
    tomorrow = SetClock(stores.calls.find(CALL).arrived + timedelta(days=1))  # type: ignore[union-attr]
    (seal,) = Audit(stores.database, tomorrow, timedelta(days=365)).seal_days()
    assert CliRunner().invoke(command, ["verify", "--head", seal.digest]).exit_code == 0
    assert CliRunner().invoke(command, ["verify", "--head", "0" * 64]).exit_code == 1


@pytest.mark.parametrize("arguments", [["--help"], ["verify", "--help"]])
def test_help_holds_an_example(arguments: list[str]) -> None:
    assert "Example: openline audit" in CliRunner().invoke(command, arguments).output
