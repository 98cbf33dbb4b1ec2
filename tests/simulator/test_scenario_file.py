"""Scenario files: what is read, and that every mistake is said with its file and step."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import ScenarioError
from ivr.simulator.scenario import HangsUp, HearsAnything, HearsPrompt, HearsSilence, HearsWords, Presses, Says, Waits
from ivr.simulator.scenario_file import read_recording, read_scenario

PEOPLE = {"ruth": {"customer_number": "46858160", "pin": "434835"}}
GOOD = """
# A pensioner asks.
caller: {language: en, voice: ruth, pace: slow, noise: {kind: street, snr_db: 15}, line: {frame_loss: 0.01}}
person: ruth
calls:
  - steps:
      - {hears: {prompt: ask_matter}, says: "when is my pension paid"}
      - {hears: {prompt: ask_pin}, while_speaking: true, after_ms: 50, presses: "{pin}#"}
      - {hears: {words: "second of December"}, waits: 900}
      - {hears: any, within_ms: 5000, says: "thanks"}
      - {hears: {silence_ms: 3000}, hangs_up: true}
    expects: {result: completed, facts: [payment_date], never_heard: [no_match], first_sound_ms: 1500}
  - after_ms: 2000
    steps:
      - {hears: any, hangs_up: true}
"""


def read(text: str, tmp_path: Path) -> ScenarioError | None:
    path = tmp_path / "scenario.yml"
    path.write_text(text, encoding="utf-8")
    try:
        read_scenario(path, PEOPLE)
    except ScenarioError as error:
        return error
    return None


def test_a_scenario_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yml"
    path.write_text(GOOD, encoding="utf-8")
    scenario = read_scenario(path, PEOPLE)
    assert scenario.title == "A pensioner asks."
    first, second = scenario.calls
    assert [step.hears for step in first.steps] == [
        HearsPrompt("ask_matter"),
        HearsPrompt("ask_pin"),
        HearsWords("second of December"),
        HearsAnything(),
        HearsSilence(3_000),
    ]
    assert [step.act for step in first.steps] == [
        Says("when is my pension paid"),
        Presses("434835#"),
        Waits(900),
        Says("thanks"),
        HangsUp(),
    ]
    assert first.steps[1].while_speaking
    assert first.steps[3].within_ms == 5_000
    assert first.expects.result == ("completed",)
    assert first.expects.first_sound_ms == 1_500
    assert second.after_ms == 2_000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('says: "thanks"', ""), "calls[0].steps[3]: needs exactly one of says, plays, presses, waits, hangs_up"),
        (('says: "thanks"', "says: a, presses: '1'"), "calls[0].steps[3]: needs exactly one of"),
        (("hears: any, within", "hears: nothing, within"), "calls[0].steps[3].hears: is 'nothing'; expected `any`"),
        (("waits: 900", "waits: soon"), "calls[0].steps[2].waits: 'soon' is not of type 'integer'"),
        (("pace: slow", "pace: hasty"), "caller.pace: 'hasty' is not one of"),
        (("{pin}#", "{password}#"), "calls[0].steps[1]: holds the unknown value 'password'"),
        (("person: ruth", "person: nobody"), "person: nobody is called 'nobody'; there are ruth"),
        (("person: ruth", "persona: ruth"), "the file: Additional properties are not allowed ('persona'"),
        (('says: "thanks"', "plays: gone.wav"), "calls[0].steps[3]: plays gone.wav, but there is no file"),
        (('says: "thanks"', "hangs_up: true"), "calls[0].steps[3]: hangs up, but steps follow"),
        (("language: en", "language: en, keys_only: true"), "calls[0].steps[0]: speaks, but the caller is keys_only"),
        (("language: en", "language: en, speech_only: true"), "calls[0].steps[1]: presses keys, but the caller is"),
        (("result: completed", "outcome: completed"), "calls[0].expects: Additional properties"),
        (("calls:", "calls: [}"), "is no YAML"),
    ],
)
def test_a_mistake_is_said_with_file_and_step(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    assert change[0] in GOOD
    error = read(GOOD.replace(*change), tmp_path)
    assert error is not None
    assert str(error).startswith(str(tmp_path / "scenario.yml"))
    assert said in str(error)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_scenario(tmp_path / "none.yml")
    with pytest.raises(ScenarioError, match="there is no such file"):
        read_recording(tmp_path / "none.wav")
