"""`openline evaluate calls`: scenarios by text, each task in each manner, against the real understanding and record."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from ivr import logs
from ivr.bootstrap.typed_call import TypedCall, TypedLine
from ivr.cli.call import invented_people
from ivr.cli.typed import running_line
from ivr.evaluation.mystery_calls import Cell, play, summary
from ivr.settings import load_settings
from ivr.simulator.scenario_file import read_scenario

FOLDER = Path("tests/scenarios")


@click.command(epilog="Example: openline evaluate calls tests/scenarios/typed --json")
@click.argument("where", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="One object for programs: shares and every scenario.")
@click.option("--least", default=0.0, help="Exit status 1 where a smaller share was completed (0 to 1).")
def command(where: Path | None, as_json: bool, least: float) -> None:
    """Play every scenario below WHERE by text; say which tasks were completed, in how many questions and seconds."""
    logs.set_up("evaluate", "warning")
    settings = load_settings()
    folder = where or settings.root / FOLDER
    files = sorted(folder.rglob("*.yml")) if folder.is_dir() else [folder]
    scenarios = [read_scenario(file, invented_people()) for file in files]
    with running_line(settings) as running:
        line = TypedLine(running)
        cells = [play(one, lambda language, number: TypedCall(line, language, number)) for one in scenarios]
    told = summary(cells)
    if as_json:
        click.echo(json.dumps({**told, "cells": [asdict(cell) for cell in cells]}, ensure_ascii=False, indent=2))
    else:
        _tell(cells, told)
    if told["completed"] < least:  # type: ignore[operator]
        sys.exit(1)


def _tell(cells: list[Cell], told: dict[str, object]) -> None:
    for cell in cells:
        mark = "ok  " if cell.completed else "FAIL"
        click.echo(f"{mark} {cell.name}: {cell.language}, {cell.profile}, {cell.questions} questions, {cell.seconds} s")
        if cell.failure:
            click.echo(f"       {cell.failure}")
    click.echo(f"{told['calls']} scenarios, {told['completed']:.0%} completed, {told['wrong_facts']} wrong facts")
