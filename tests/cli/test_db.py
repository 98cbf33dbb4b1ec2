"""Tests of `openline db`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.cli.db import command
from ivr.errors import SettingsError
from ivr.store.encryption import Keyring
from ivr.store.schema import newest


def test_an_upgrade_says_from_where_to_where(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/store.db"
    runner = CliRunner()
    assert runner.invoke(command, ["upgrade", "--url", url]).output == f"store: empty -> {newest()}\n"
    assert runner.invoke(command, ["upgrade", "--url", url]).output == f"store: {newest()} -> {newest()}\n"


def test_an_address_that_cannot_be_used_is_an_error() -> None:
    result = CliRunner().invoke(command, ["upgrade", "--url", "nonsense"])
    assert isinstance(result.exception, SettingsError)


def test_a_new_key_can_be_used_and_is_another_each_time() -> None:
    first, second = (CliRunner().invoke(command, ["new-key"]).output.strip() for _ in range(2))
    assert first != second
    Keyring.parse(f"2:{second},1:{first}")


@pytest.mark.parametrize("arguments", [["--help"], ["upgrade", "--help"], ["new-key", "--help"]])
def test_help_holds_an_example(arguments: list[str]) -> None:
    assert "Example: openline db" in CliRunner().invoke(command, arguments).output
