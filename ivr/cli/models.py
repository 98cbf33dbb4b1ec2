"""`openline models`: what hears, what can be fetched, and getting it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from ivr.errors import RecognitionFailed
from ivr.recognition import models


@dataclass(frozen=True, slots=True)
class Entry:
    """One model as it is listed."""

    engine: str
    language: str
    name: str
    here: bool
    folder: str
    megabytes: int
    """On disk where it is here, to be fetched where not."""
    sha256: str
    """Of Whisper's weights file; of all files together for a folder of Vosk's. Empty where it is not here."""
    licence: str
    source: str


@click.group(epilog="Example: openline models list --json")
def command() -> None:
    """Recognition models: what is here, what can be fetched, sizes, hashes, licences."""


@command.command("list", epilog="Example: openline models list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def list_models(as_json: bool) -> None:
    """What is here and what can be fetched."""
    entries = [_whisper(), *(_vosk(language) for language in sorted({*models.VOSK_OFFICIAL, *models.VOSK_PACKAGED}))]
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in entries], indent=2))
        return
    for entry in entries:
        where = entry.folder or f"not here; openline models get {entry.language}"
        click.echo(f"{entry.engine:8}{entry.language:9}{entry.name:32}{entry.megabytes:>4} MB  {where}")
        click.echo(f"{'':17}{entry.licence}; {entry.source}; sha256 {entry.sha256[:16] or 'unknown'}")


@command.command("get", epilog="Example: openline models get en")
@click.argument("language")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def get(language: str, as_json: bool) -> None:
    """Join Whisper from its packages and fetch LANGUAGE's Vosk model through Vosk's own loader.

    Exit status 1 where Vosk's model could not be had; Whisper hears the language then.
    """
    whisper = models.ensure_whisper(_cache())
    fetched = models.fetch_vosk(language)
    if as_json:
        folder = str(fetched.folder) if fetched.folder else None
        click.echo(json.dumps({"whisper": str(whisper), "vosk": folder, "message": fetched.message}, indent=2))
    else:
        click.echo(f"Whisper base is in {whisper}.")
        click.echo(fetched.message)
    sys.exit(0 if fetched.folder else 1)


def _cache() -> Path:
    return models.cache_folder(os.environ)


def _whisper() -> Entry:
    """Whisper is joined from installed packages, so it counts as here when they are."""
    try:
        folder = str(models.ensure_whisper(_cache()))
    except RecognitionFailed:
        folder = ""
    return Entry(
        engine="whisper",
        language="en,es,ko",
        name="whisper-base",
        here=bool(folder),
        folder=folder,
        megabytes=models.WHISPER_SIZE // 1_000_000,
        sha256=models.WHISPER_SHA256,
        licence=models.WHISPER_LICENCE,
        source="packages",
    )


def _vosk(language: str) -> Entry:
    folder = models.vosk_model_folder(language)
    official, packaged = models.VOSK_OFFICIAL.get(language), models.VOSK_PACKAGED.get(language)
    return Entry(
        engine="vosk",
        language=language,
        name=folder.name if folder and not packaged else packaged or (official.name if official else ""),
        here=folder is not None,
        folder=str(folder or ""),
        megabytes=models.size_of(folder) // 1_000_000 if folder else official.megabytes if official else 0,
        sha256=models.fingerprint(folder) if folder else "",
        licence=models.VOSK_PACKAGED_LICENCE if packaged else official.licence if official else "",
        source=f"package {packaged.replace('_', '-')}" if packaged else "alphacephei.com/vosk/models, by Vosk's loader",
    )
