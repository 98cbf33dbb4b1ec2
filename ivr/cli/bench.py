"""`openline bench`: times of a turn, calls at once, memory. Prints percentiles; nothing passes or fails by speed."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import psutil

from ivr.bootstrap.processes import OpenLine, line_on_free_ports
from ivr.cli.call import invented_people
from ivr.cli.demo import DEMONSTRATION
from ivr.evaluation.turn_bench import TurnFigures
from ivr.settings import load_settings
from ivr.simulator.load import run_load
from ivr.simulator.play import ScenarioPlayer, Target
from ivr.simulator.scenario_file import read_scenario

SPOKEN = (
    "tests/scenarios/demo/payment_by_voice.yml",
    "tests/scenarios/demo/application_dropped_and_resumed.yml",
    "tests/scenarios/demo/application_status.yml",
)
"""Calls by speech, closed and open questions."""
LOAD = SPOKEN[0]


@click.group()
def command() -> None:
    """Times of a turn, calls at once, memory of each process."""


@command.command(epilog="Example: openline bench turn --turns 50 --json")
@click.option("--turns", default=50, show_default=True, help="At least so many spoken turns.")
@click.option("--callers", default=1, show_default=True, help="At a time; more is quicker and less exact.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs.")
def turn(turns: int, callers: int, as_json: bool) -> None:
    """Median and P95 of each part of a spoken turn, one call at a time unless --callers says otherwise."""
    settings, figures = load_settings(), TurnFigures()
    with line_on_free_ports(DEMONSTRATION) as line:
        round_number = 0
        with ThreadPoolExecutor(callers) as pool:
            while figures.turns < turns:
                calling = [
                    pool.submit(_one_scenario, line, settings.root, settings.root / path, figures, round_number)
                    for path in SPOKEN
                ]
                for one in calling:
                    one.result()
                round_number += 1
                click.echo(f"{figures.turns} turns", err=True)
    _print(figures.as_json(), as_json)


def _one_scenario(line: OpenLine, root: Path, path: Path, figures: TurnFigures, seed: int) -> None:
    player = ScenarioPlayer(_target(line), root / "audio_samples", None, None, seed + 1)
    with player.rehearse(read_scenario(path, invented_people())) as rehearsed:
        for call in rehearsed.play(f"+3519{seed:03d}{abs(hash(path.stem)) % 100_000:05d}"):
            entries = [{"kind": entry.kind, **dict(entry.details)} for entry in call.entries or []]
            figures.add(call.report["turns"], entries)


@command.command(epilog="Example: openline bench load --calls 5 --json")
@click.option("--calls", default=5, show_default=True, help="How many at once.")
@click.option("--scenario", default=LOAD, show_default=True, help="What each caller does.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs.")
def load(calls: int, scenario: str, as_json: bool) -> None:
    """The same call by many callers at once. A run whose own callers are late is void and says so."""
    settings = load_settings()
    with line_on_free_ports(DEMONSTRATION) as line:
        processes = [psutil.Process(number) for number in line.process_ids().values()]
        before = _processor_seconds(processes)
        player = ScenarioPlayer(_target(line), settings.root / "audio_samples")
        with player.rehearse(read_scenario(settings.root / scenario, invented_people())) as rehearsed:
            report = run_load(rehearsed, calls)
        used = _processor_seconds(processes) - before
        minutes = max(report.call_seconds / 60, 1e-9)
        extra = {"cpu_seconds_per_call_minute": round(used / minutes, 2), "memory_mb": _memory(processes)}
    _print({**report.as_json(), **extra, "problems": report.problems[:5]}, as_json)


@command.command(epilog="Example: openline bench memory --calls 5")
@click.option("--calls", default=5, show_default=True, help="Calls at once for the second column.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs.")
def memory(calls: int, as_json: bool) -> None:
    """Memory of each process (MB, resident) at rest, and its highest with calls."""
    settings, found = load_settings(), {}
    with line_on_free_ports(DEMONSTRATION) as line:
        processes = {name: psutil.Process(number) for name, number in line.process_ids().items()}
        for name, process in processes.items():
            found[name] = {"at_rest": _memory([process]), "with_calls": 0}
        player = ScenarioPlayer(_target(line), settings.root / "audio_samples")
        with player.rehearse(read_scenario(settings.root / LOAD, invented_people())) as rehearsed:
            run_load(rehearsed, calls, done=lambda call: _note_highest(processes, found))
    _print(found, as_json)


def _note_highest(processes: dict[str, psutil.Process], found: dict[str, dict[str, int]]) -> None:
    for name, process in processes.items():
        found[name]["with_calls"] = max(found[name]["with_calls"], _memory([process]))


def _target(line: OpenLine) -> Target:
    return Target(line.voice_url, line.auth_token, line.operator_token)


def _family(process: psutil.Process) -> list[psutil.Process]:
    """gunicorn's master and its worker, the voice process and espeak's."""
    return [process, *process.children(recursive=True)]


def _processor_seconds(processes: list[psutil.Process]) -> float:
    times = [one.cpu_times() for process in processes for one in _family(process)]
    return float(sum(spent.user + spent.system for spent in times))


def _memory(processes: list[psutil.Process]) -> int:
    return round(sum(one.memory_info().rss for process in processes for one in _family(process)) / 1e6)


def _print(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        shown = ", ".join(f"{part} {one}" for part, one in value.items()) if isinstance(value, dict) else value
        click.echo(f"{name:<34} {shown}")
