"""The cases in rules/tests, run by OpenFisca itself."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.rules.conftest import ROOT


def cases() -> int:
    """How many there are, by their names."""
    return sum(len(re.findall(r"^- name:", path.read_text(), re.MULTILINE)) for path in _files())


def _files() -> list[Path]:
    return sorted((ROOT / "rules" / "tests").glob("*.yaml"))


def openfisca_test(environment: Path, *paths: Path) -> subprocess.CompletedProcess[str]:
    command = [str(environment.with_name("openfisca")), "test", "--country-package", "openfisca_arland"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "rules"), "PYTEST_ADDOPTS": "-p no:cacheprovider"}
    return subprocess.run(
        [*command, *map(str, paths)], cwd=ROOT / "rules", env=variables, capture_output=True, text=True, check=False
    )


def test_every_case_has_its_right_answer(environment: Path) -> None:
    done = openfisca_test(environment, *_files())
    assert done.returncode == 0, done.stdout
    assert f"{cases()} passed" in done.stdout
    assert cases() >= 25


def test_a_wrong_answer_would_be_noticed(environment: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("- name: too young\n  period: 2026-11\n  input: {age: 20}\n  output: {old_age_pension: true}\n")
    done = openfisca_test(environment, wrong)
    assert done.returncode != 0
    assert "1 failed" in done.stdout
