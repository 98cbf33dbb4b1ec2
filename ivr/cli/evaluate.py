"""`openline evaluate`: how well the parts work. Each measurement lives in a module of its own."""

from __future__ import annotations

import importlib

import click

MEASUREMENTS = {
    "understanding": ("ivr.cli.evaluate_understanding", "Intents of unseen sentences, foreign ones refused, bands."),
    "recognition": ("ivr.cli.evaluate_recognition", "Word errors and answers over recordings and seeded lines."),
}
"""Name -> module whose `command` is run, and its line in --help."""


class LazyMeasurements(click.Group):
    """Imports only the measurement that runs: each brings its own heavy libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MEASUREMENTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MEASUREMENTS:
            return None
        command = importlib.import_module(MEASUREMENTS[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101 - a fact about our own table
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in MEASUREMENTS.items()])


@click.group(cls=LazyMeasurements, epilog="Example: openline evaluate recognition --json")
def command() -> None:
    """Recognition, understanding, whole calls."""
