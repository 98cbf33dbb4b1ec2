"""`openline evaluate understanding`."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import click

from ivr.evaluation.telephone_chain import CONDITIONS
from ivr.evaluation.understanding import as_json, as_text, cross_validated, held_out
from ivr.evaluation.understanding_spoken import SpokenReport, spoken
from ivr.recognition.choosing import Engine, RecognitionPlan, open_recognizer
from ivr.recognition.models import cache_folder
from ivr.simulator.voices import caller_voice
from ivr.vocabulary import Language

VOICES = ("joe", "espeak")
"""Neither is the line's own English voice."""


@click.command(epilog="Example: openline evaluate understanding --folds 5 --json")
@click.option("--language", default="en", show_default=True)
@click.option("--root", type=click.Path(path_type=Path, exists=True), default=Path(), help="The repository.")
@click.option(
    "--part", type=click.Choice(["val", "test"]), default="test", show_default=True, help="Foreign sentences."
)
@click.option(
    "--folds", type=click.IntRange(0, 10), default=5, show_default=True, help="0 leaves cross-validation out."
)
@click.option("--scale", "scales", type=float, multiple=True, help="Length of the embedding; once each, to compare.")
@click.option("--spoken", "speaks", is_flag=True, help="Held-out sentences through voices, telephone and recognizer.")
@click.option("--voice", "voices", multiple=True, default=VOICES, show_default=True, help="Caller voices.")
@click.option("--condition", type=click.Choice(list(CONDITIONS)), default="clean", show_default=True)
@click.option("--per-intent", type=click.IntRange(1), default=2, show_default=True, help="Spoken sentences an intent.")
@click.option("--json", "as_object", is_flag=True, help="One JSON object.")
def command(
    language: str, root: Path, part: str, folds: int, scales: tuple[float, ...], speaks: bool, voices: tuple[str, ...],
    condition: str, per_intent: int, as_object: bool,
) -> None:  # fmt: skip
    """Intents of unseen sentences, foreign sentences refused, the table from which the bands act / ask are chosen."""
    root = root.resolve()
    report = held_out(root, language, part)
    folded = cross_validated(root, language, folds, scales) if folds else []
    heard = _spoken(root, Language(language), voices, condition, per_intent) if speaks else None
    if as_object:
        click.echo(json.dumps(as_json(report, folded) | ({"spoken": heard.as_json()} if heard else {}), indent=2))
        return
    click.echo("\n".join([as_text(report, folded), *([heard.as_text()] if heard else [])]))


def _spoken(root: Path, language: Language, names: tuple[str, ...], condition: str, per_intent: int) -> SpokenReport:
    """Open the recognizer as the line would, and the callers' voices."""
    recognizer = open_recognizer(RecognitionPlan({language: Engine.AUTO}, cache_folder(os.environ), date.today))
    voices = {name: caller_voice(root / "audio_samples", language, name, "normal") for name in names}
    return spoken(root, language, per_intent, voices, recognizer, CONDITIONS[condition])
