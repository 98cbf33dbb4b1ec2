"""Every scenario in this folder can be played: its file, its people, its recordings and its prompts are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.cli.call import invented_people
from ivr.simulator.make_recordings import sentences
from ivr.simulator.scenario import HearsPrompt, Scenario
from ivr.simulator.scenario_file import read_scenario
from ivr.simulator.voices import slug

ROOT = Path(__file__).parents[2]
FILES = sorted(Path(__file__).parent.rglob("*.yml"))
DEMO = [path for path in FILES if path.parent.name == "demo"]


def prompt_ids(language: str) -> set[str]:
    return {path.stem for path in (ROOT / "dialogues" / "prompts" / language).rglob("*.yml")}


def named_prompts(scenario: Scenario) -> set[str]:
    triggers = {
        step.hears.prompt for call in scenario.calls for step in call.steps if isinstance(step.hears, HearsPrompt)
    }
    expected = {name for call in scenario.calls for name in (*call.expects.heard, *call.expects.never_heard)}
    return triggers | expected


def test_the_demo_plays_six_callers() -> None:
    assert len(DEMO) >= 6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_can_be_read_and_says_what_it_is(path: Path) -> None:
    scenario = read_scenario(path, invented_people())
    assert scenario.title != path.stem
    assert all(call.expects.result for call in scenario.calls)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_prompts_that_a_scenario_names_exist(path: Path) -> None:
    scenario = read_scenario(path, invented_people())
    assert named_prompts(scenario) - prompt_ids(scenario.caller.language) == set()


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_all_a_demo_s_sentences_are_recorded_with_their_text(path: Path) -> None:
    scenario = read_scenario(path, invented_people())
    folder = ROOT / "audio_samples" / scenario.caller.language / "callers" / scenario.caller.voice
    for sentence in sentences(scenario):
        assert (folder / f"{slug(sentence)}.wav").is_file()
        assert (folder / f"{slug(sentence)}.txt").read_text(encoding="utf-8").strip() == sentence
