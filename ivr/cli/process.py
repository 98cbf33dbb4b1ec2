"""`openline process NAME`: one process of the line. `openline serve` starts them under a supervisor."""

from __future__ import annotations

import os
import sys

import click

from ivr import logs
from ivr.bootstrap.others import run_jobs
from ivr.bootstrap.processes import dialogue_command, server_command
from ivr.settings import load_settings

NAMES = ("agency", "dialogue", "voice", "web", "phone", "worker")


@click.command(epilog="Example: openline process web --number 1")
@click.argument("name", type=click.Choice(NAMES))
@click.option("--number", default=0, show_default=True, help="Which web process, from 0.")
def command(name: str, number: int) -> None:
    """Run one process of the line in the foreground."""
    settings = load_settings()
    os.environ["OPENLINE_PROCESS_NUMBER"] = str(number)
    if name == "worker":
        logs.set_up("worker")
        run_jobs(settings)
    elif name == "dialogue":
        argv, environment = dialogue_command(settings)
        os.execve(argv[0], argv, environment)  # noqa: S606 - our own interpreter and arguments
    else:
        os.execv(sys.executable, server_command(settings, name, number))  # noqa: S606 - as above
