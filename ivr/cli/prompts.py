"""`openline prompts`: speak prompts ahead, measure them, make the recordings that need no engine, list the words."""

from __future__ import annotations

import csv
import json
import statistics
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from ivr.bootstrap.settled import prompts_of
from ivr.bootstrap.voices import engines, samples_folder, sounds_folder
from ivr.conversation.prompts import Prompts
from ivr.conversation.said import said_money
from ivr.conversation.said_ahead import GAP, all_words, fixed_sentences
from ivr.conversation.said_pieces import pieces
from ivr.errors import SettingsError
from ivr.settings import Settings, load_settings
from ivr.synthesis.ahead import measure as measured
from ivr.synthesis.ahead import speak_ahead, whole_prompt
from ivr.synthesis.hold_sound import hold_sound
from ivr.synthesis.recordings import STRETCHABLE, write_recording
from ivr.synthesis.synthesizer import Synthesizer
from ivr.synthesis.voice_http import VoiceHttp
from ivr.synthesis.voices import not_kept
from ivr.vocabulary import Language, Secret, Sentence

PACES = (150, 125)
"""Words a minute that callers hear: the usual pace and slow mode's."""
SPOKEN_RECORDINGS = ("sorry_one_moment", "sorry_technical", "still_here", "menu_keypad", "goodbye", "please_hold")
"""Prompts that must sound with every engine down."""
HOLD_SOUND = "hold_sound"
EXAMPLE_CENTS = 31240
"""An amount stands in every gap while a prompt is measured: a value of the usual length."""
TIMED = {
    "en": (
        "Hello there.",
        "Your pension of three hundred twelve euros forty comes on Wednesday, I see.",
        "We still need your birth certificate, and we expect to decide by Friday the twelfth of December, "
        "if all of your papers have come.",
    ),
    "es": (
        "Buenos días.",
        "Su pensión de trescientos doce euros con cuarenta llega el miércoles tres.",
        "Todavía necesitamos su partida de nacimiento, y esperamos decidir antes del viernes doce de diciembre, "
        "si llegan sus papeles.",
    ),
}
"""Sentences of about 12, 75 and 130 letters; English is spoken by hibari, Spanish by espeak-ng."""

LANGUAGE = click.option("--language", "only", metavar="CODE", help="One language; without it all of config.yml.")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language with what fills their constant gaps."""

    language: Language
    prompts: Prompts
    constants: Mapping[str, str]

    def all(self) -> Iterator[tuple[str, str, str]]:
        """(prompt, form, words)."""
        return all_words(self.prompts, self.language, self.constants)


@click.group()
def command() -> None:
    """Prompts: render, render-recordings, measure, export."""


@command.command(epilog="Example: openline prompts render --language en")
@LANGUAGE
def render(only: str | None) -> None:
    """Speak every sentence that is the same for all callers, so that a call finds it ready."""
    settings = load_settings()
    for words in _words(settings, only):
        every = [
            sentence
            for pace in PACES
            for sentence in fixed_sentences(words.prompts, words.language, words.constants, pace)
        ]
        missing = not_kept(every, sounds_folder(settings))
        if missing:
            _keep(settings, missing, words.language)
        click.echo(f"{words.language}: {len(every)} sentences are ready, {len(missing)} of them new.")


def _keep(settings: Settings, missing: list[Sentence], language: Language) -> None:
    with (
        engines(settings, keeps=True) as voices,
        click.progressbar(missing, label=f"{language}: {len(missing)} sentences") as counted,
    ):
        speak_ahead(counted, voices.voice)


@command.command(epilog="Example: openline prompts render-recordings")
@click.option("--language", default="en", show_default=True, metavar="CODE")
def render_recordings(language: str) -> None:
    """Make the recordings with which the line speaks when every engine is down; run it when their words change."""
    settings = load_settings()
    folder = samples_folder(settings) / language / "prompts"
    folder.mkdir(parents=True, exist_ok=True)
    [words] = _words(settings, language)
    with engines(settings) as voices:
        for prompt in SPOKEN_RECORDINGS:
            sentences = pieces(words.prompts.words(prompt, words.language), words.language)
            write_recording(folder / f"{prompt}.wav", whole_prompt(sentences, voices.voice))
            text = " ".join(sentence.text for sentence in sentences)
            (folder / f"{prompt}.txt").write_text(f"{text}\n", encoding="utf-8")
    write_recording(folder / f"{HOLD_SOUND}.wav", hold_sound())
    (folder / f"{HOLD_SOUND}.txt").write_text("[two soft tones]\n", encoding="utf-8")
    click.echo(f"{len(SPOKEN_RECORDINGS) + 1} recordings are in {folder}.")


@command.command(epilog="Example: openline prompts measure --json")
@LANGUAGE
@click.option("--pace", default=150, show_default=True, help="Words a minute to ask for; below 140 with slow pauses.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs.")
def measure(only: str | None, pace: int, as_json: bool) -> None:
    """Speak every form of every prompt and say how long it is and how quick."""
    settings = load_settings()
    with engines(settings) as voices:
        rows = [
            _measure_row(words, prompt, form, text, pace, voices.voice)
            for words in _words(settings, only)
            for prompt, form, text in words.all()
        ]
    summary = _summary(rows, pace)
    if as_json:
        click.echo(json.dumps({**summary, "prompts": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['seconds']:6.1f} s {row['words_per_minute']:4.0f} wpm  {row['prompt']}.{row['form']}")
    click.echo(f"{summary['words_per_minute']:.0f} words a minute over all, asked for {pace}.")


@command.command(epilog="Example: openline prompts export --out words.csv")
@LANGUAGE
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file; without it standard output.")
def export(only: str | None, out: Path | None) -> None:
    """All words that callers hear as one table for editors: language, prompt, form, owner, version, words, file."""
    settings = load_settings()
    with out.open("w", newline="", encoding="utf-8") if out else sys.stdout as target:
        table = csv.writer(target)
        table.writerow(("language", "prompt", "form", "owner", "version", "words", "file"))
        for words in _words(settings, only):
            for prompt_id, form, _ in words.all():
                prompt = words.prompts.prompt(prompt_id, words.language)
                row = (prompt.owner, prompt.version, prompt.form(form), prompt.file)
                table.writerow((words.language, prompt_id, form, *row))


@command.command(epilog="Example: openline prompts time --times 50 --json")
@click.option("--times", default=50, show_default=True, help="How often each length is asked for.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs.")
def time(times: int, as_json: bool) -> None:
    """Ask the running voice process for sentences that nobody has kept; milliseconds until all of the sound is here."""
    settings = load_settings()
    address, languages = f"http://127.0.0.1:{settings.ports.voice}", frozenset(map(Language, TIMED))
    voice = VoiceHttp(address, Secret(settings.secrets.voice), languages)
    found = {
        f"{language} {len(text)}": _milliseconds(voice, Sentence(text, Language(language)), times)
        for language, texts in TIMED.items()
        for text in texts
    }
    if as_json:
        click.echo(json.dumps({"times": times, "milliseconds": found}))
        return
    for length, row in found.items():
        click.echo(f"{length:>7} letters: median {row['p50']:.0f} ms, P95 {row['p95']:.0f} ms")


def _milliseconds(voice: VoiceHttp, sentence: Sentence, times: int) -> dict[str, float]:
    voice.speak(sentence)
    taken = []
    for _ in range(times):
        began = perf_counter()
        voice.speak(sentence)
        taken.append((perf_counter() - began) * 1000)
    quantiles = statistics.quantiles(taken, n=20, method="inclusive")
    return {"p50": round(statistics.median(taken), 1), "p95": round(quantiles[-1], 1)}


def _words(settings: Settings, only: str | None) -> list[Words]:
    """Of the languages asked for. Raises SettingsError for one that has no prompts."""
    prompts = prompts_of(settings)
    languages = [Language(only)] if only else list(prompts.languages)
    if missing := [language for language in languages if language not in prompts.languages]:
        raise SettingsError(f"dialogues/prompts holds no language {missing[0]}; it has {', '.join(prompts.languages)}")
    return [Words(language, prompts, prompts.constants(language)) for language in languages]


def _measure_row(words: Words, prompt: str, form: str, text: str, pace: int, voice: Synthesizer) -> dict[str, Any]:
    value = said_money(EXAMPLE_CENTS, "EUR", words.language)
    spoken = pieces(text.replace(GAP, value), words.language, pace, slow=pace < STRETCHABLE)
    found = measured(spoken, voice)
    return {
        "language": words.language,
        "prompt": prompt,
        "form": form,
        "words": found.words,
        "seconds": round(found.seconds, 2),
        "words_per_minute": round(found.words_per_minute, 1),
    }


def _summary(rows: list[dict[str, Any]], pace: int) -> dict[str, Any]:
    seconds = sum(row["seconds"] for row in rows)
    words = sum(row["words"] for row in rows)
    return {
        "asked_for": pace,
        "forms": len(rows),
        "words": words,
        "seconds": round(seconds, 1),
        "words_per_minute": round(words * 60 / seconds, 1) if seconds else 0.0,
        "median_words_per_minute": statistics.median(row["words_per_minute"] for row in rows) if rows else 0.0,
        "longest_seconds": max((row["seconds"] for row in rows), default=0.0),
    }
