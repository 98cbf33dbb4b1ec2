"""The command line: `openline`. Each command lives in a module of its own and is imported only when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click

from ivr.errors import IvrError

COMMANDS = {
    "serve": ("ivr.cli.serve", "Open the line: all processes, until Ctrl-C."),
    "call": ("ivr.cli.call", "Call a line as the telephone network would."),
    "text": ("ivr.cli.text", "Write to a line as somebody's telephone would."),
    "demo": ("ivr.cli.demo", "Open the line on free ports and play the recorded callers through it."),
    "try": ("ivr.cli.typed", "The same conversation by typing."),
    "models": ("ivr.cli.models", "Recognition models and voices: list, get."),
    "check": ("ivr.cli.check", "Settings, models, prompts, ways to a person."),
    "evaluate": ("ivr.cli.evaluate", "Recognition, understanding, whole calls."),
    "bench": ("ivr.cli.bench", "Times of a turn, calls at once."),
    "number": ("ivr.cli.number", "Connect a telephone number, print the fallback document."),
    "audit": ("ivr.cli.audit", "Is the trail of all calls as it was written?"),
    "db": ("ivr.cli.db", "The store's schema."),
    "prompts": ("ivr.cli.prompts", "Render prompts ahead, export their words."),
    "set-up": ("ivr.cli.set_up", "Models, prompts and Rasa's training, once."),
    "process": ("ivr.cli.process", "Run one process of the line (used by serve)."),
}
"""Name -> module whose `command` is run, and its line in --help."""


class LazyGroup(click.Group):
    """Lists every command of a table, imports only the one that runs."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        """table: as COMMANDS."""
        super().__init__(*args, **kwargs)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._table:
            return None
        command = importlib.import_module(self._table[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101 - a fact about our own table
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in self._table.items()])


@click.group(cls=LazyGroup, table=COMMANDS)
def group() -> None:
    """Openline: the telephone assistant of a social-security agency."""


def main() -> None:
    """Run the command line; what went wrong on purpose is one sentence, exit status 2."""
    try:
        group()
    except IvrError as error:
        click.echo(f"openline: {error}", err=True)
        sys.exit(2)
