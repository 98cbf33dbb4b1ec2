"""`openline check` says what is to be done, in words and as JSON, and its exit status tells a program."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from ivr.cli.check import Surroundings, agency_answers, command
from ivr.cli.check import findings as run_checks
from ivr.evaluation.content_checks import Content
from ivr.settings import load_settings

ROOT = Path(__file__).parents[2]


def copied(tmp_path: Path) -> Path:
    """A copy of what is said and understood, to be spoiled."""
    root = tmp_path / "project"
    for folder in ("dialogues", "nlu"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "config.yml", root / "config.yml")
    return root


def run(root: Path, tmp_path: Path, *arguments: str) -> tuple[int, str]:
    environment = {"OPENLINE_VAR": str(tmp_path / "var")}
    result = CliRunner().invoke(command, ["--root", str(root), "--on", "2026-11-24", *arguments], env=environment)
    return result.exit_code, result.output


@pytest.mark.models
def test_the_project_as_it_is_passes_every_check(tmp_path: Path) -> None:
    status, output = run(ROOT, tmp_path)
    assert (status, "TODO" in output) == (0, False), output


@pytest.mark.models
def test_a_removed_prompt_is_named_with_what_to_do(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / "dialogues" / "prompts" / "en" / "opening" / "greeting.yml").unlink()
    status, output = run(root, tmp_path)
    assert status == 1
    assert "en/greeting.yml: rule 30: the prompt is missing; write it" in output


@pytest.mark.models
def test_a_harsh_word_is_found_and_told_as_json(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoiled = root / "dialogues" / "prompts" / "en" / "repair" / "did_not_understand.yml"
    spoiled.write_text('text: "That was an invalid answer."', encoding="utf-8")
    status, output = run(root, tmp_path, "--json")
    told = json.loads(output)
    assert (status, told["ok"]) == (1, False)
    (finding,) = next(check for check in told["checks"] if check["check"] == "prompts are fit to be heard")["findings"]
    assert (finding["file"], finding["rule"]) == ("en/repair/did_not_understand.yml", "17")


@pytest.mark.models
def test_a_review_that_will_be_due_is_found_ahead(tmp_path: Path) -> None:
    status, output = run(ROOT, tmp_path, "--on", "2027-10-02")
    assert status == 1
    assert "en/faq/faq_appeal.yml: rule 7: its review was due on 2027-10-01" in output


def test_settings_that_cannot_be_read_are_one_finding(tmp_path: Path) -> None:
    status, output = run(tmp_path, tmp_path)
    assert status == 1
    assert "there is no config.yml" in output


def test_a_prompt_that_cannot_be_read_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    (root / "dialogues" / "prompts" / "en" / "opening" / "greeting.yml").write_text("text: yes", encoding="utf-8")
    monkeypatch.setenv("OPENLINE_VAR", str(tmp_path / "var"))
    ((name, found),) = run_checks(root)
    assert name == "settings and prompts can be read"
    assert "en/opening/greeting.yml: text is True" in found[0].problem


class Answers(BaseHTTPRequestHandler):
    """An agency that answers with the status its path names."""

    def do_GET(self) -> None:
        self.send_response(int(self.path[1:]))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def agency() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def surroundings(tmp_path: Path, agency_url: str) -> Surroundings:
    settings = load_settings(ROOT, {"OPENLINE_VAR": str(tmp_path), "OPENLINE_AGENCY_URL": agency_url})
    return Surroundings(settings, Content(ROOT, None, (), None))  # type: ignore[arg-type]  # the check looks at neither


def test_an_agency_that_answers_is_fine_even_where_it_wants_a_token(tmp_path: Path, agency: str) -> None:
    assert list(agency_answers(surroundings(tmp_path, f"{agency}/401"))) == []


def test_an_agency_that_is_broken_or_away_is_found(tmp_path: Path, agency: str) -> None:
    (broken,) = agency_answers(surroundings(tmp_path, f"{agency}/503"))
    assert "answers with status 503" in broken.problem
    (away,) = agency_answers(surroundings(tmp_path, "http://127.0.0.1:9"))
    assert "does not answer" in away.problem


def test_the_demo_agency_is_started_with_the_line_and_not_asked(tmp_path: Path) -> None:
    assert list(agency_answers(surroundings(tmp_path, ""))) == []
