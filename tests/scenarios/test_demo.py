"""Two of the demonstration's callers against the whole line, at the same time; `make demo` plays all of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ivr.bootstrap.hearing import transcriber
from ivr.bootstrap.processes import OpenLine
from ivr.cli.call import invented_people
from ivr.simulator.play import ScenarioPlayer, Target, save
from ivr.simulator.scenario_file import read_scenario

ROOT = Path(__file__).parents[2]
DEMO = Path(__file__).parent / "demo"
CALLERS = ("payment_by_voice", "late_payment_by_keys")

pytestmark = pytest.mark.line


@pytest.fixture(scope="module")
def problems(running_line: OpenLine, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What was not as the scenario wants, by caller."""
    target = Target(running_line.voice_url, running_line.auth_token, running_line.operator_token)
    folder, listen = tmp_path_factory.mktemp("calls"), transcriber()

    def play(name: str) -> list[str]:
        player = ScenarioPlayer(target, ROOT / "audio_samples", listen)
        found: list[str] = []
        for number, played in enumerate(player.play(read_scenario(DEMO / f"{name}.yml", invented_people()))):
            save(played, folder, f"{name}.{number}")
            found += played.problems
        return found

    with ThreadPoolExecutor(len(CALLERS)) as pool:
        return dict(zip(CALLERS, pool.map(play, CALLERS), strict=True))


@pytest.mark.parametrize("name", CALLERS)
def test_a_caller_gets_what_they_called_for(name: str, problems: dict[str, list[str]]) -> None:
    assert problems[name] == []
