"""`openline serve`: all processes, until Ctrl-C."""

from __future__ import annotations

import signal
from types import FrameType

import click

from ivr.bootstrap.processes import OpenLine, opened, start, stop, wait_until_ready
from ivr.cli.call import play_and_print
from ivr.settings import load_settings
from ivr.simulator.play import Target

TEST_CALL = "tests/scenarios/demo/payment_by_voice.yml"


@click.command(epilog="Example: openline serve --no-test-call")
@click.option("--port", type=int, default=None, help="Where the carrier reaches the line; config.yml: line.port.")
@click.option("--test-call/--no-test-call", default=True, show_default=True, help="Call it once when it is open.")
def command(port: int | None, test_call: bool) -> None:
    """Open the line and keep it open."""
    settings = load_settings(given={"OPENLINE_PORT": str(port)} if port else {})
    supervisor = start(settings)
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        click.echo("Opening the line: agency, Rasa, voices, two web processes … (about half a minute)")
        wait_until_ready(settings, supervisor)
        line = opened(settings, supervisor)
        _announce(line)
        if test_call and settings.carrier == "simulator":
            click.echo("\nA recorded caller calls:\n")
            play_and_print(settings.root / TEST_CALL, _target(line), settings, settings.var / "calls")
            _announce(line)
        click.echo("Ctrl-C ends it.")
        supervisor.wait()
    except KeyboardInterrupt:
        click.echo("\nClosing the line.")
    finally:
        stop(supervisor)


def _target(line: OpenLine) -> Target:
    return Target(line.voice_url, line.auth_token, line.operator_token)


def _announce(line: OpenLine) -> None:
    settings = line.settings
    click.echo(f"\nThe line is open.\n  carrier's webhook  {line.voice_url}")
    if settings.carrier == "simulator":
        click.echo(f"  web phone          {line.phone_url}   (speak, or use the keypad)")
    if not settings.agency_url:
        click.echo("  invented people    docs/demo-people.md   (customer numbers and PINs to try)")


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
