"""`openline evaluate prompts`: do "louder" and "slower" help an ear that hears badly?"""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from ivr.audio.levels import louder
from ivr.bootstrap.hearing import transcriber
from ivr.bootstrap.settled import prompts_of
from ivr.bootstrap.voices import engines
from ivr.conversation.said_ahead import GAP, all_words
from ivr.conversation.said_pieces import pieces
from ivr.evaluation.intelligibility import Said, rates
from ivr.settings import Settings, load_settings
from ivr.synthesis.ahead import whole_prompt
from ivr.vocabulary import Language, Samples

SETTINGS = {"usual": (150, 0.0), "slower": (125, 0.0), "louder": (150, 6.0), "louder twice": (150, 9.0)}
"""Name -> words a minute and dB, as the conversation sets them."""
LEAST_WORDS = 12


@click.command(epilog="Example: openline evaluate prompts --prompts 12 --json")
@click.option("--language", default="en", show_default=True)
@click.option(
    "--prompts", "how_many", default=16, show_default=True, help="Spread over all that no caller's values fill."
)
@click.option("--json", "as_json", is_flag=True, help="One object for programs.")
def command(language: str, how_many: int, as_json: bool) -> None:
    """Word errors of a recognizer that listens through rooms and ears, for each setting of the line."""
    settings, spoken = load_settings(), Language(language)
    write_down = transcriber()
    found = list(rates(_said(settings, spoken, how_many), lambda sound: write_down(sound, spoken), language))
    if as_json:
        rows = [{"ear": ear, "setting": setting, "word_errors": round(rate.rate, 3)} for ear, setting, rate in found]
        click.echo(json.dumps({"prompts": how_many, "language": language, "rows": rows}))
        return
    for ear, setting, rate in found:
        click.echo(f"{ear:24} {setting:14} {rate.rate:6.1%}  ({rate.low:.1%} to {rate.high:.1%})")


def _said(settings: Settings, language: Language, how_many: int) -> Iterator[Said]:
    prompts = prompts_of(settings)
    every = [
        (prompt, words)
        for prompt, form, words in all_words(prompts, language, prompts.constants(language))
        if form == "text" and GAP not in words and len(words.split()) >= LEAST_WORDS
    ]
    chosen = every[:: max(1, len(every) // how_many)][:how_many]
    with engines(settings, keeps=True) as voices:
        for setting, (pace, gain) in SETTINGS.items():
            for prompt, words in chosen:
                spoken = pieces(words, language, pace, slow=pace < SETTINGS["usual"][0])
                sound: Samples = whole_prompt(spoken, voices.voice)
                text = " ".join(sentence.text for sentence in spoken)
                yield Said(setting, prompt, text, louder(sound, gain) if gain else sound)
