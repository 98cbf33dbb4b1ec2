"""`openline check`: is everything there that a call needs, and fit to be heard? Changes nothing, says what to do."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import click
import httpx

from ivr.cli.sounding import soundings
from ivr.conversation.prompt_files import load_prompts
from ivr.errors import IvrError, RecognitionFailed
from ivr.evaluation import content_checks
from ivr.evaluation.audio_lint import lint_sounds
from ivr.evaluation.content_checks import Content
from ivr.evaluation.prompt_lint import Finding
from ivr.evaluation.rule_checks import tables_fit_prompts
from ivr.recognition import models
from ivr.settings import Settings, load_settings
from ivr.vocabulary import Language

AGENCY_SECONDS = 5.0
"""What a caller would wait for an answer, at most."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the checks look at."""

    settings: Settings
    content: Content


Check = Callable[[Surroundings], Iterable[Finding]]


def _of_content(check: Callable[[Content], Iterable[Finding]]) -> Check:
    return lambda surroundings: check(surroundings.content)


def models_are_here(surroundings: Surroundings) -> Iterable[Finding]:
    """Whisper hears every language; where Vosk is named, its model must be here."""
    try:
        models.ensure_whisper(models.cache_folder(os.environ))
    except RecognitionFailed as error:
        yield Finding("models", "models", str(error), "run: make set-up")
    if surroundings.settings.recognizer == "vosk":
        for language in surroundings.settings.languages:
            if models.vosk_model_folder(language) is None:
                advice = f"run: openline models get {language}"
                yield Finding("models", "models", f"Vosk's model for {language} is not here", advice)


def agency_answers(surroundings: Surroundings) -> Iterable[Finding]:
    """The agency's own system, where one is set; the demo agency is started with the line."""
    url = surroundings.settings.agency_url
    if not url:
        return
    try:
        status = httpx.get(url, timeout=AGENCY_SECONDS).status_code
    except httpx.HTTPError as error:
        yield Finding("agency", "agency", f"{url} does not answer: {error}", "correct line.agency_url, or start it")
        return
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        yield Finding("agency", "agency", f"{url} answers with status {status}", "look at the agency's own log")


def prompts_sound_fit(surroundings: Surroundings) -> Iterable[Finding]:
    """The rules that only a rendered prompt can keep; set-up has spoken most of them before."""
    content = surroundings.content
    for language in content.languages:
        yield from lint_sounds(language, soundings(surroundings.settings, content.prompts, language))


CHECKS: tuple[tuple[str, Check], ...] = (
    ("prompts are fit to be heard", _of_content(content_checks.prompts_are_fit)),
    ("prompts sound fit", prompts_sound_fit),
    ("prompts are complete", _of_content(content_checks.prompts_are_complete)),
    ("questions fit Rasa's forms", _of_content(content_checks.questions_fit_rasa)),
    ("general questions have answers", _of_content(content_checks.general_questions_have_answers)),
    ("matters have names", _of_content(content_checks.matters_have_names)),
    ("wishes have words", _of_content(content_checks.wishes_have_words)),
    ("the quick check's tables fit", _of_content(tables_fit_prompts)),
    ("a person is in reach", _of_content(content_checks.a_person_is_in_reach)),
    ("models are here", models_are_here),
    ("the agency answers", agency_answers),
)
"""Name and check, in the order in which they are told. One that raises IvrError is a finding itself."""


def findings(root: Path | None, on: date | None = None) -> list[tuple[str, list[Finding]]]:
    """Every check's name and what it found. Settings or prompts that cannot be read leave nothing else to check.

    on: the day for which reviews may be due; today in the agency's time zone where it is left out.
    """
    try:
        settings = load_settings(root)
        today = on or datetime.now(settings.zone).date()
        prompts = load_prompts(settings.root / "dialogues" / "prompts", {"agency": settings.agency_names})
    except IvrError as error:
        return [("settings and prompts can be read", [_of_error("settings", error)])]
    languages = tuple(Language(language) for language in settings.languages)
    surroundings = Surroundings(settings, Content(settings.root, prompts, languages, today))
    return [("settings and prompts can be read", []), *((name, _run(check, surroundings)) for name, check in CHECKS)]


def _run(check: Check, surroundings: Surroundings) -> list[Finding]:
    try:
        return list(check(surroundings))
    except IvrError as error:
        return [_of_error("check", error)]


def _of_error(where: str, error: IvrError) -> Finding:
    return Finding(where, error.code, str(error), "correct it")


@click.command(epilog="Example: openline check --json")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: ok, and each check with its findings.")
@click.option("--root", type=click.Path(file_okay=False, path_type=Path), help="The project's folder; else this one.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day: which reviews are due then?")
def command(as_json: bool, root: Path | None, on: datetime | None) -> None:
    """Check settings, models, prompts, ways to a person and the agency. Exit status 1 where something is to be done."""
    told = findings(root, on.date() if on else None)
    is_fine = not any(found for _, found in told)
    if as_json:
        checks = [{"check": name, "findings": [asdict(finding) for finding in found]} for name, found in told]
        click.echo(json.dumps({"ok": is_fine, "checks": checks}, indent=2, ensure_ascii=False))
    else:
        for name, found in told:
            click.echo(f"{'ok  ' if not found else 'TODO'}  {name}")
            for finding in found:
                click.echo(f"      {finding}")
    sys.exit(0 if is_fine else 1)
