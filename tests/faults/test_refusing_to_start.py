"""`openline serve` that cannot open says in one sentence what to do, and fails."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.fault


def serve(root: Path, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    given = {"OPENLINE_ROOT": str(root), "OPENLINE_VAR": str(var), **environment}
    command = [sys.executable, "-m", "ivr", "serve", "--no-test-call"]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, timeout=60, check=False
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What it said; fails where it said more, or called that a success."""
    assert done.returncode != 0
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith("openline: ")
    assert done.stdout == ""
    return sentence


def project(folder: Path, old: str = "", new: str = "") -> Path:
    """A project's folder with the line's own settings, one line of them replaced."""
    settings = (ROOT / "config.yml").read_text(encoding="utf-8")
    changed = re.sub(old, new, settings, count=1, flags=re.MULTILINE) if old else settings
    assert not old or changed != settings
    folder.mkdir(exist_ok=True)
    (folder / "config.yml").write_text(changed, encoding="utf-8")
    return folder


def test_a_port_that_is_taken_is_named_with_the_ways_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = one_sentence(serve(ROOT, tmp_path, OPENLINE_PORT=port, OPENLINE_INNER_PORTS="19000"))
    assert port in said
    assert "stop what uses it" in said
    assert "OPENLINE_PORT" in said


def test_a_setting_of_the_wrong_type_is_named_with_what_is_expected(tmp_path: Path) -> None:
    root = project(tmp_path / "project", r"^(\s+)currency:.*$", r"\1currency: 7")
    said = one_sentence(serve(root, tmp_path / "var"))
    assert "config.yml: line.currency is 7" in said
    assert "expected three capital letters" in said


def test_settings_that_are_no_yaml_are_named(tmp_path: Path) -> None:
    root = project(tmp_path / "project", r"^line:", "line: [")
    assert "config.yml cannot be read" in one_sentence(serve(root, tmp_path / "var"))


def test_a_model_that_is_missing_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    said = one_sentence(serve(project(tmp_path / "project"), tmp_path / "var"))
    assert "Rasa is not trained yet" in said
    assert "openline set-up" in said
