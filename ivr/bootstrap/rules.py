"""The rules' process, and the pre-check that asks it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from ivr import logs
from ivr.errors import SettingsError
from ivr.services.pre_check import PreCheck
from ivr.services.rule_questions import QuestionTable, load_tables
from ivr.services.rules_http import HttpRules
from ivr.settings import Settings

PYTHON = ".venv-rules/bin/python"
"""An environment of its own: OpenFisca is AGPL and wants other versions than the line."""
FOLDER = "rules"


def is_installed(root: Path) -> bool:
    """Whether there is anything to start; without it the line runs, and cannot check."""
    return (root / PYTHON).exists()


def rules_command(root: Path, port: int) -> list[str]:
    """What serves our country package on the loopback address, from the repository's root."""
    command = [str(root / PYTHON), "-m", "gunicorn", "--pythonpath", FOLDER, "--worker-class", "gthread"]
    command += ["--workers", "1", "--threads", "4", "--graceful-timeout", "5", "--log-level", "warning"]
    return [*command, "--bind", f"127.0.0.1:{port}", "openfisca_arland.served:application"]


def http_rules(settings: Settings) -> HttpRules:
    """The way to the rules' process."""
    return HttpRules(f"http://127.0.0.1:{settings.ports.rules}")


def pre_check(settings: Settings) -> PreCheck:
    """Over the rules' process. A clerk's slip in a table closes no line: nothing is checked until it is corrected."""
    tables: Mapping[str, QuestionTable] = {}
    try:
        tables = load_tables(settings.root / FOLDER / "questions")
    except SettingsError as error:
        logs.logger().error("tables_unreadable", fault=str(error))
    return PreCheck(http_rules(settings), tables, time.monotonic)
