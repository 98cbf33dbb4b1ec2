"""Training happens when something changed, and a model that knows nothing is never put in place.

The interpreter of Rasa's environment is played by a small script: it writes a model and answers what the test wants.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ivr.errors import SettingsError, UnderstandingFailed
from ivr.understanding.known_sentence import KNOWN_INTENT
from ivr.understanding.training import MODEL, fingerprint, predictions, rasa_command, train_when_changed

PYTHON = "rasa/bin/python"
SCRIPT = """#!/bin/sh
echo "$@" >> calls.txt
case "$2" in
  rasa) {train} ;;
  nlu.predictions) cat > asked.json; echo '{answer}' ;;
esac
"""
TRAINS = 'for name; do :; done; echo model > "models/rasa/$name.tar.gz"'
"""Its last argument is the name of the model."""
KNOWS = json.dumps([[[KNOWN_INTENT, 0.97], ["greet", 0.01]]])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in (
        "nlu/en",
        "dialogues/domain",
        "dialogues/rules",
        "dialogues/stories",
        "dialogues/prompts",
        "rasa/bin",
    ):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "config.yml").write_text("recipe: default.v1\nline: {agency_name: here}\n")
    (tmp_path / "nlu/en/greet.yml").write_text("hello")
    (tmp_path / "rasa/lib/python3.11/site-packages/rasa-3.6.21.dist-info").mkdir(parents=True)
    install(tmp_path)
    return tmp_path


def install(root: Path, train: str = TRAINS, answer: str = KNOWS) -> None:
    script = root / PYTHON
    script.write_text(SCRIPT.format(train=train, answer=answer))
    script.chmod(0o755)


def calls(root: Path) -> list[str]:
    path = root / "calls.txt"
    return path.read_text().splitlines() if path.exists() else []


def test_the_first_run_trains_checks_and_puts_in_place(root: Path) -> None:
    said: list[str] = []
    assert train_when_changed(root, PYTHON, say=said.append)
    assert (root / MODEL).read_text() == "model\n"
    assert [call.split()[1] for call in calls(root)] == ["rasa", "nlu.predictions"]
    assert json.loads((root / "asked.json").read_text()) == [[["when is my next payment", 1.0]]]
    assert len(said) == 3


def test_nothing_changed_nothing_trained(root: Path) -> None:
    train_when_changed(root, PYTHON)
    assert not train_when_changed(root, PYTHON)
    assert train_when_changed(root, PYTHON, force=True)


def test_a_model_that_was_deleted_is_trained_again(root: Path) -> None:
    train_when_changed(root, PYTHON)
    (root / MODEL).unlink()
    assert train_when_changed(root, PYTHON)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("nlu/en/greet.yml", "hi"),
        ("nlu/components/asr.py", "pass"),
        ("dialogues/domain/new.yml", "a"),
        ("dialogues/rules/new.yml", "a"),
        ("config.yml", "recipe: other\n"),
    ],
)
def test_what_a_model_depends_on_changes_the_fingerprint(root: Path, path: str, text: str) -> None:
    before = fingerprint(root, PYTHON)
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)
    assert fingerprint(root, PYTHON) != before


def test_another_version_of_rasa_changes_the_fingerprint(root: Path) -> None:
    before = fingerprint(root, PYTHON)
    installed = root / "rasa/lib/python3.11/site-packages"
    (installed / "rasa-3.6.21.dist-info").rename(installed / "rasa-3.6.22.dist-info")
    assert fingerprint(root, PYTHON) != before


@pytest.mark.parametrize(
    ("path", "text"),
    [("dialogues/prompts/a.yml", "hello"), ("config.yml", "recipe: default.v1\nline: {agency_name: there}\n")],
)
def test_prompts_and_settings_of_the_line_do_not(root: Path, path: str, text: str) -> None:
    before = fingerprint(root, PYTHON)
    (root / path).write_text(text)
    assert fingerprint(root, PYTHON) == before


def test_a_model_that_knows_nothing_is_not_put_in_place(root: Path) -> None:
    train_when_changed(root, PYTHON)
    (root / "nlu/en/greet.yml").write_text("good day")
    (root / MODEL).write_text("the one in use")
    install(root, answer=json.dumps([[["why", 0.02]]]))
    with pytest.raises(UnderstandingFailed, match="was not put in place"):
        train_when_changed(root, PYTHON)
    assert (root / MODEL).read_text() == "the one in use"


def test_a_fault_in_the_data_is_told_in_one_line(root: Path) -> None:
    install(root, train="echo 'Processed: 10%|##'; echo 'YamlValidationException: bad rule'; echo more >&2; exit 1")
    with pytest.raises(SettingsError) as fault:
        train_when_changed(root, PYTHON)
    assert str(fault.value) == "Rasa could not be trained: YamlValidationException: bad rule"


def test_a_model_that_cannot_be_loaded_is_a_failure(root: Path) -> None:
    install(root, train=TRAINS + " ;; x")
    (root / PYTHON).write_text("#!/bin/sh\necho 'ValueError: no such file' >&2\nexit 1\n")
    with pytest.raises(UnderstandingFailed, match="no such file"):
        predictions(root, [[("hello", 1.0)]], PYTHON)


def test_without_rasas_environment_it_says_what_to_do(root: Path) -> None:
    with pytest.raises(SettingsError, match="make set-up"):
        train_when_changed(root, "nowhere/python")


def test_a_broken_config_is_named(root: Path) -> None:
    (root / "config.yml").write_text("a: [")
    with pytest.raises(SettingsError, match=r"config\.yml"):
        fingerprint(root, PYTHON)


def test_the_server_listens_on_loopback_and_has_its_secrets_in_the_environment(root: Path, tmp_path: Path) -> None:
    train_when_changed(root, PYTHON)
    command = rasa_command(root, 5005, "secret", tmp_path / "dialogues.db", PYTHON)
    assert command.argv[command.argv.index("-i") + 1] == "127.0.0.1"
    assert "--enable-api" not in command.argv
    assert "secret" not in " ".join(command.argv)
    assert command.environment["IVR_RASA_TOKEN"] == "secret"
    assert command.environment["RASA_TELEMETRY_ENABLED"] == "false"


def test_there_is_no_server_without_a_model(root: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="set-up"):
        rasa_command(root, 5005, "secret", tmp_path / "dialogues.db", PYTHON)
