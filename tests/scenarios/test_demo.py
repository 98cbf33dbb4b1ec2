"""The demo's callers against the whole line: every expectation of their scenarios is met."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.bootstrap.hearing import transcriber
from ivr.bootstrap.processes import line_on_free_ports
from ivr.cli.call import invented_people
from ivr.cli.demo import DEMONSTRATION
from ivr.simulator.play import ScenarioPlayer, Target, save
from ivr.simulator.scenario_file import read_scenario

ROOT = Path(__file__).parents[2]
DEMO = sorted((Path(__file__).parent / "demo").glob("*.yml"))

pytestmark = pytest.mark.line


@pytest.fixture(scope="module")
def line() -> Iterator[Target]:
    with line_on_free_ports(DEMONSTRATION) as opened:
        account = opened.settings.secrets.carrier_account
        yield Target(opened.voice_url, opened.auth_token, opened.operator_token, account)


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_a_demo_caller_gets_what_they_called_for(path: Path, line: Target, tmp_path: Path) -> None:
    player = ScenarioPlayer(line, ROOT / "audio_samples", transcriber())
    problems = []
    for number, played in enumerate(player.play(read_scenario(path, invented_people()))):
        save(played, tmp_path, f"{path.stem}.{number}")
        problems += played.problems
    assert problems == []
