"""`openline try`: the same conversation by typing; prompts are printed, nothing is heard or spoken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
import httpx

from ivr import logs
from ivr.bootstrap.processes import line_on_free_ports
from ivr.bootstrap.typed_call import TypedCall, TypedLine
from ivr.settings import Settings, load_settings

CALLER = "+351910000042"
"""An invented number; drafts are found again under it."""


@click.command(name="try", epilog="Example: openline try, then: when is my next payment")
@click.option("--language", default=None, help="The language to begin in; without it the line's first.")
def command(language: str | None) -> None:
    """Type what a caller would say; digits, * and # are keys; an empty line is silence; Ctrl-D hangs up."""
    logs.set_up("try", "warning")
    settings = load_settings()
    with running_line(settings) as where:
        call = TypedCall(TypedLine(where), language or settings.languages[0], CALLER)
        call.begin()
        _tell(call)
        while not call.is_over:
            try:
                _take(call, input("> ").strip())
            except EOFError:
                call.hang_up()
            _tell(call)


def _take(call: TypedCall, typed: str) -> None:
    if not typed:
        call.silent()
    elif all(key in "0123456789*#" for key in typed):
        call.press(typed)
    else:
        call.say(typed)


def _tell(call: TypedCall) -> None:
    for spoken in call.brought.said:
        click.echo(f"  {spoken.text}")
    if call.brought.next_step:
        click.echo(f"  [the line goes on with: {call.brought.next_step}]")


@contextmanager
def running_line(settings: Settings) -> Iterator[Settings]:
    """The line that is open on this machine, else one for this conversation."""
    try:
        httpx.get(f"http://127.0.0.1:{settings.ports.private[0]}/healthz", timeout=1.0, trust_env=False)
        yield settings
    except httpx.HTTPError:
        click.echo("Opening a line for this conversation … (about half a minute)", err=True)
        with line_on_free_ports() as line:
            yield line.settings
