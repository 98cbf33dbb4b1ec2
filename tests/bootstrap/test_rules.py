"""The rules' process: started where it is installed, never in the way of opening."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from ivr.bootstrap.processes import process_command, process_names
from ivr.bootstrap.readiness import MAY_BE_AWAY, NEEDED, Standing
from ivr.bootstrap.requests.all_requests import REQUESTS
from ivr.bootstrap.rules import PYTHON, pre_check
from ivr.bootstrap.serving import Services
from ivr.calls.live_calls import LiveCalls
from ivr.conversation.decisions import Request
from ivr.errors import RulesFailed
from ivr.records import CheckStep
from ivr.services.three_valued import Answers
from ivr.settings import Settings, load_settings
from ivr.vocabulary import CallId, PersonRef

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(ROOT, {"OPENLINE_VAR": str(tmp_path)})


def test_the_process_is_started_on_a_port_of_its_own(settings: Settings) -> None:
    assert "rules" in process_names(settings)
    command, _ = process_command(settings, "rules")
    assert command[0] == str(ROOT / PYTHON)
    assert f"127.0.0.1:{settings.ports.rules}" in command
    ports = settings.ports
    assert ports.rules not in {ports.web, ports.rasa, ports.voice, ports.agency, ports.phone, *ports.private}


def test_without_its_environment_the_line_runs_without_it(settings: Settings, tmp_path: Path) -> None:
    bare = dataclasses.replace(settings, root=tmp_path)
    assert "rules" not in process_names(bare)
    assert "worker" in process_names(bare)


def test_a_table_that_cannot_be_read_closes_no_line(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "rules" / "questions"
    folder.mkdir(parents=True)
    (folder / "child.yml").write_text("likely: [")
    check = pre_check(dataclasses.replace(settings, root=tmp_path))
    with pytest.raises(RulesFailed):
        check.step("child", date(2026, 11, 24), {})


def test_rules_that_are_away_keep_no_line_closed() -> None:
    standing = Standing(LiveCalls(1), {"recognizer": lambda: True, "voice": lambda: True, "rules": lambda: False})
    standing.look()
    assert standing.all() == {"recognizer": True, "voice": True, "rules": False}
    assert standing.is_ready()
    assert not {*MAY_BE_AWAY} & {*NEEDED}


@dataclasses.dataclass
class Noted:
    """A check that notes what it was asked."""

    asked: tuple[str, date, Answers, str] | None = None

    def step(self, benefit: str, day: date, answers: Answers, stamp: str = "") -> CheckStep:
        self.asked = (benefit, day, answers, stamp)
        return CheckStep("ended")


class Only:
    """Services of which one is needed."""

    def __init__(self, pre_check: Noted) -> None:
        self.pre_check = pre_check


def test_answers_reach_the_check_with_what_is_not_known_left_open() -> None:
    noted = Noted()
    arguments = {"benefit": "child", "today": "2026-11-24", "answers": "a=yes,b=no,c=dont_know", "stamp": "v1"}
    asked = Request("pre_check.step", tuple(arguments.items()), PersonRef(""), "1.1")
    services: Services = Only(noted)  # type: ignore[assignment]
    assert REQUESTS["pre_check.step"](services, CallId("CA1"), asked) == CheckStep("ended")
    assert noted.asked == ("child", date(2026, 11, 24), {"a": True, "b": False, "c": None}, "v1")
