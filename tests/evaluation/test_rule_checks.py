"""What a clerk is told of a changed table of the quick check."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import date
from pathlib import Path

import pytest

from ivr.conversation.prompt_files import load_prompts
from ivr.errors import SettingsError
from ivr.evaluation.content_checks import Content
from ivr.evaluation.rule_checks import FOLDER, tables_fit_prompts
from ivr.vocabulary import Language

ROOT = Path(__file__).parents[2]
CONTENT = Content(ROOT, load_prompts(ROOT / "dialogues" / "prompts"), (Language("en"),), date(2026, 11, 24))


def changed(tmp_path: Path, old: str, new: str) -> list[str]:
    """What is found where one line of the pension's table was changed."""
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    table = tmp_path / FOLDER / "old_age_pension.yml"
    text = table.read_text()
    assert old in text
    table.write_text(text.replace(old, new))
    return [str(finding) for finding in tables_fit_prompts(dataclasses.replace(CONTENT, root=tmp_path))]


def test_the_tables_as_they_are_fit() -> None:
    assert [str(finding) for finding in tables_fit_prompts(CONTENT)] == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("ask: check_pension_age ", "ask: check_age ", "en has no prompt check_age"),
        ("ask: check_pension_age ", "ask: ask_still_working ", "the check does not know ask_still_working"),
        ("ask: check_pension_age ", "ask: ask_still_working ", "its options are not yes, no and dont_know"),
        ("  says: old_age_pension.minimum_years", "  #", "says a number, and pension_more_years has none"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert any(fault in finding for finding in changed(tmp_path, old, new))


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"old_age_pension\.yml"):
        changed(tmp_path, "likely:", "liked:")
