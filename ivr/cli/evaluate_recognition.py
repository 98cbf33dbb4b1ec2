"""`openline evaluate recognition`."""

from __future__ import annotations

import json
import os
from datetime import date
from itertools import chain
from pathlib import Path

import click

from ivr.evaluation.recognition import as_json, as_text, hear_all, results
from ivr.evaluation.recognition_cases import digit_cases, recording_cases
from ivr.evaluation.telephone_chain import CONDITIONS
from ivr.recognition.choosing import Engine, RecognitionPlan, open_recognizer
from ivr.recognition.models import cache_folder


@click.command(epilog="Example: openline evaluate recognition --condition clean --condition noise-15 --json")
@click.option(
    "--samples",
    type=click.Path(path_type=Path, exists=True),
    default=Path("audio_samples"),
    show_default=True,
    help="Folder with digits/ and LANGUAGE/; a WAV counts where a .txt with its words lies beside it.",
)
@click.option(
    "--condition",
    "names",
    multiple=True,
    type=click.Choice(list(CONDITIONS)),
    default=["clean"],
    show_default=True,
    help="Kind of line; may be given several times.",
)
@click.option("--language", default="en", show_default=True)
@click.option("--engine", type=click.Choice([engine.value for engine in Engine]), default="auto", show_default=True)
@click.option("--json", "as_object", is_flag=True, help="One JSON object with the raw hypotheses.")
def command(samples: Path, names: tuple[str, ...], language: str, engine: str, as_object: bool) -> None:
    """Word errors, and answers right / asked again / wrong accepted, over recordings and seeded telephone lines."""
    plan = RecognitionPlan({language: Engine(engine)}, cache_folder(os.environ), date.today)
    recognizer = open_recognizer(plan)
    digits = digit_cases(samples / "digits") if language == "en" and (samples / "digits").is_dir() else iter(())
    folder = samples / language
    cases = list(chain(digits, recording_cases(folder, language) if folder.is_dir() else iter(())))
    if not cases:
        raise click.ClickException(f"{samples} holds no digits/ and no recordings with transcripts for {language}.")
    outcomes = list(hear_all(recognizer, cases, [CONDITIONS[name] for name in names]))
    if as_object:
        click.echo(json.dumps(as_json(recognizer.name, outcomes), indent=2))
    else:
        click.echo(as_text(recognizer.name, results(outcomes)))
