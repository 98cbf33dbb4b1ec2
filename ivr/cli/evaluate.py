"""`openline evaluate`: how well the parts work. Each measurement lives in a module of its own."""

from __future__ import annotations

import click

from ivr.cli import LazyGroup

MEASUREMENTS = {
    "understanding": ("ivr.cli.evaluate_understanding", "Intents of unseen sentences, foreign ones refused, bands."),
    "calls": ("ivr.cli.evaluate_calls", "Scenarios by text: each task in each manner, against the real record."),
    "prompts": ("ivr.cli.evaluate_prompts", "Whether louder and slower help ears that hear badly."),
    "recognition": ("ivr.cli.evaluate_recognition", "Word errors and answers over recordings and seeded lines."),
}
"""Name -> module whose `command` is run, and its line in --help."""


@click.group(cls=LazyGroup, table=MEASUREMENTS, epilog="Example: openline evaluate recognition --json")
def command() -> None:
    """Recognition, understanding, whole calls."""
