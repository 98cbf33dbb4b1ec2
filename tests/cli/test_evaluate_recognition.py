"""`openline evaluate recognition` says what it cannot do and measures what it can."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.cli.evaluate_recognition import command

DIGITS = Path(__file__).parents[2] / "audio_samples" / "digits"


@pytest.mark.models
def test_a_folder_without_recordings_is_said_to_hold_none(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["--samples", str(tmp_path)])
    assert result.exit_code == 1
    assert "no recordings with transcripts" in result.output


@pytest.mark.models
def test_recorded_digits_are_measured_with_raw_hypotheses(tmp_path: Path) -> None:
    (tmp_path / "digits").mkdir()
    for digit in range(10):
        shutil.copy(DIGITS / f"{digit}_theo_0.wav", tmp_path / "digits")
    result = CliRunner().invoke(command, ["--samples", str(tmp_path), "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    by_group = {one["group"]: one for one in found["results"]}
    assert by_group["digit"]["right"] >= 8
    assert by_group["digits-7"]["wrong"] <= 2
    assert len(found["utterances"]) == sum(one["cases"] for one in found["results"])
