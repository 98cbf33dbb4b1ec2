"""`openline call` from its arguments to its exit status, against a small line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.cli.call import command, invented_people
from tests.simulator.servers import serving
from tests.simulator.test_play import POLITE, BeepingLine, application, record_hello

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with settings and one recorded caller."""
    (tmp_path / "config.yml").write_text((Path(__file__).parents[2] / "config.yml").read_text("utf-8"), "utf-8")
    record_hello(tmp_path / "audio_samples")
    for name, value in {
        "OPENLINE_ROOT": str(tmp_path),
        "OPENLINE_VAR": str(tmp_path / "var"),
        "TWILIO_AUTH_TOKEN": TOKEN,
        "OPENLINE_OPERATOR_TOKEN": "operator",
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def test_a_call_as_json_holds_what_design_promises_and_status_0_says_all_was_well(project: Path) -> None:
    scenario = project / "polite.yml"
    scenario.write_text(POLITE, encoding="utf-8")
    with serving(application(BeepingLine())) as origin:
        done = CliRunner().invoke(
            command, [str(scenario), "--to", f"{origin}/voice", "--json", "--out", str(project / "out")]
        )
    assert done.exit_code == 0, done.output
    report = json.loads(done.output)
    assert {"call_id", "result", "turns", "facts", "line_heard_wav"} <= set(report)
    speech = report["turns"][1]
    assert set(speech["caller"]) == {"said", "keys", "heard", "confidence", "engine", "intent"}
    assert {"prompt", "text", "audio_ms", "barged_in"} <= set(speech["line"])
    assert {
        "end_of_speech_to_turn_end",
        "recognition",
        "understanding",
        "services",
        "synthesis",
        "first_sound",
    } <= set(speech["times_ms"])
    assert Path(report["line_heard_wav"]).is_file()
    assert {path.suffix for path in (project / "out").iterdir()} == {".wav", ".jsonl"}


def test_what_is_not_as_expected_is_printed_and_gives_status_1(project: Path) -> None:
    scenario = project / "polite.yml"
    scenario.write_text(POLITE.replace("result: completed", "result: handed_over"), encoding="utf-8")
    with serving(application(BeepingLine())) as origin:
        done = CliRunner().invoke(command, [str(scenario), "--to", f"{origin}/voice"])
    assert done.exit_code == 1
    assert "not as expected: the result is completed, expected handed_over" in done.output
    assert "This is ask_matter." in done.output


def test_every_invented_person_has_what_a_scenario_needs() -> None:
    people = invented_people()
    assert len(people) >= 40
    for values in people.values():
        assert len(values["customer_number"]) == 8
        assert len(values["pin"]) == 6
        assert len(values["birth_date_keys"]) == 8
