"""`openline models` tells what hears and where it comes from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.cli.models import command
from ivr.recognition import models


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    for name, value in {"HOME": str(tmp_path), "OPENLINE_CACHE": str(tmp_path), "OPENLINE_OFFLINE": "1"}.items():
        monkeypatch.setenv(name, value)
    return CliRunner()


def test_the_list_names_sizes_hashes_and_licences(offline: CliRunner) -> None:
    entries = {
        (one["engine"], one["language"]): one for one in json.loads(offline.invoke(command, ["list", "--json"]).stdout)
    }
    whisper, korean, english = entries["whisper", "en,es,ko"], entries["vosk", "ko"], entries["vosk", "en"]
    assert whisper["sha256"] == models.WHISPER_SHA256
    assert korean["here"]
    assert len(korean["sha256"]) == 64
    assert (english["here"], english["name"]) == (False, "vosk-model-small-en-us-0.15")
    assert all(one["licence"] and one["source"] and one["megabytes"] for one in entries.values())


def test_the_list_for_people_says_how_to_get_what_is_missing(offline: CliRunner) -> None:
    assert "openline models get en" in offline.invoke(command, ["list"]).stdout


def test_getting_what_cannot_be_had_is_one_sentence_and_a_status(offline: CliRunner) -> None:
    result = offline.invoke(command, ["get", "en"])
    assert result.exit_code == 1
    assert "Whisper hears it" in result.stdout


def test_getting_what_is_here_succeeds(offline: CliRunner) -> None:
    result = offline.invoke(command, ["get", "ko", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["vosk"].endswith("model")
