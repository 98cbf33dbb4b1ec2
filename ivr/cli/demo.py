"""`openline demo`: a line on free ports, recorded callers through it; exit status says whether it worked."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from ivr.bootstrap.processes import OpenLine, line_on_free_ports
from ivr.cli.call import play_and_print
from ivr.settings import load_settings
from ivr.simulator.play import Target

SCENARIOS = Path("tests/scenarios/demo")
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
    failed = []
    with line_on_free_ports(DEMONSTRATION) as line:
        click.echo(f"Open after {time.monotonic() - began:.0f} s.")
        for path in scenarios:
            click.secho(f"\n{path.stem.replace('_', ' ')}", bold=True)
            if any(call.problems for call in play_and_print(path, _target(line), settings, out)):
                failed.append(path.stem)
    click.echo(f"\n{len(scenarios) - len(failed)} of {len(scenarios)} callers got what they came for; sound in {out}.")
    if failed:
        click.secho(f"Not as expected: {', '.join(failed)}", fg="red")
        sys.exit(1)


def _target(line: OpenLine) -> Target:
    return Target(line.voice_url, line.auth_token, line.operator_token)
