"""`openline process NAME`: one process of the line, for systemd or compose. `openline serve` starts them all."""

from __future__ import annotations

import os

import click

from ivr.bootstrap.processes import process_command
from ivr.settings import load_settings


@click.command(epilog="Example: openline process web-1")
@click.argument("name", metavar="agency|dialogue|voice|web-0|web-1|phone|worker")
def command(name: str) -> None:
    """Run one process of the line in the foreground, in place of this one."""
    settings = load_settings()
    argv, environment = process_command(settings, name)
    os.execve(argv[0], argv, {**os.environ, **environment})  # noqa: S606 - our own interpreter and arguments
