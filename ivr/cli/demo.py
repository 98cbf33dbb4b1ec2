"""`openline demo`: a line on free ports, recorded callers through it; exit status says whether it worked."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from ivr.bootstrap.processes import OpenLine, line_on_free_ports
from ivr.cli.call import play_and_print
from ivr.settings import Settings, load_settings
from ivr.simulator.play import Target

SCENARIOS = Path("tests/scenarios/demo")
AT_ONCE = 3
"""Callers at a time: the demonstration takes minutes, and stays within two cores."""
DEMONSTRATION = {"OPENLINE_OPENING_HOURS": "always", "OPENLINE_STAFF_NUMBER": "+351210000099"}
"""A demonstration must not depend on the hour it is run at; the simulated carrier answers the number as a clerk."""


@click.command(epilog="Example: openline demo --out results/demo")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("var/demo"), show_default=True)
@click.option("--only", default="", help="Play the scenarios whose name holds this.")
def command(out: Path, only: str) -> None:
    """Play recorded callers (speech, keys, a hand-over) and check what they hear."""
    settings = load_settings()
    scenarios = sorted(path for path in (settings.root / SCENARIOS).glob("*.yml") if only in path.stem)
    click.echo(f"Opening the line on free ports for {len(scenarios)} recorded callers … (about half a minute)")
    began = time.monotonic()
    with line_on_free_ports(DEMONSTRATION) as line:
        click.echo(f"Open after {time.monotonic() - began:.0f} s. The callers call, {AT_ONCE} at a time …")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            failed = [
                name for name in pool.map(lambda path: _play(path, _target(line), settings, out), scenarios) if name
            ]
    click.echo(f"\n{len(scenarios) - len(failed)} of {len(scenarios)} callers got what they came for; sound in {out}.")
    if failed:
        click.secho(f"Not as expected: {', '.join(failed)}", fg="red")
        sys.exit(1)


def _play(path: Path, target: Target, settings: Settings, out: Path) -> str:
    """One caller; the conversation is printed whole when it is over. Returns the name where it went wrong."""
    told: list[str] = [click.style(f"\n{path.stem.replace('_', ' ')}", bold=True)]
    try:
        calls = play_and_print(path, target, settings, out, tell=told.append)
    finally:
        click.echo("\n".join(told))
    return path.stem if any(call.problems for call in calls) else ""


def _target(line: OpenLine) -> Target:
    return Target(line.voice_url, line.auth_token, line.operator_token)
