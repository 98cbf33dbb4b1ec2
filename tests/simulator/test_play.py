"""Whole simulated calls: scripted callers against a small line that plays beeps, over the real network stack."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request
from flask_sock import Sock
from simple_websocket import ConnectionClosed, Server

from ivr.simulator.clock import RealClock
from ivr.simulator.g711 import decode, sounds
from ivr.simulator.play import PlayedCall, ScenarioPlayer, Target
from ivr.simulator.scenario_file import read_scenario
from ivr.simulator.verbs_sound import tone
from ivr.simulator.voices import save_recording, slug
from tests.simulator.servers import serving

TOKEN, OPERATOR = "0123456789abcdef0123456789abcdef", "operator"
PROMPT_MS = 600


@dataclass
class BeepingLine:
    """Asks two questions with beeps, waits for speech or a key after each, says goodbye, hangs up."""

    has_timeline: bool = True
    questions: tuple[str, ...] = ("ask_matter", "ask_pin")
    answer_delay_s: float = 0.0
    entries: list[dict[str, Any]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    sid: str = ""

    def tell(self, kind: str, **details: Any) -> None:
        if self.has_timeline:
            self.entries.append({"kind": kind, "at_ms": round(time.monotonic() * 1000), **details})

    def send(self, ws: Server, event: str, **body: Any) -> None:
        ws.send(json.dumps({"event": event, "streamSid": self.sid, **body}))

    def serve(self, ws: Server) -> None:
        while True:
            message = json.loads(ws.receive())
            if message["event"] == "start":
                break
        self.sid = message["streamSid"]
        for question in self.questions:
            self.prompt(ws, question)
            self.tell("listening", expect="open")
            self.answer(ws)
            time.sleep(self.answer_delay_s)
        self.prompt(ws, "goodbye")
        self.tell("facts", facts=[{"name": "payment_date", "value": "2026-12-02", "source": "agency:/payments#next"}])
        self.tell("result", result="completed")
        ws.close(1000)

    def prompt(self, ws: Server, name: str) -> None:
        self.tell("prompt_started", prompt=name, text=f"This is {name}.")
        payload = base64.b64encode(tone((440.0,), PROMPT_MS)).decode()
        self.send(ws, "media", media={"payload": payload})
        self.send(ws, "mark", mark={"name": name})
        while True:
            message = json.loads(ws.receive())
            if message["event"] == "mark":
                self.tell("prompt_finished", prompt=name, heard_ms=PROMPT_MS)
                return
            if message["event"] == "media" and sounds(base64.b64decode(message["media"]["payload"])):
                self.send(ws, "clear")

    def answer(self, ws: Server) -> None:
        """Until a key, or until speech has ended for 300 ms."""
        quiet, spoke = 0, False
        while not spoke or quiet < 15:
            message = json.loads(ws.receive())
            if message["event"] == "dtmf":
                self.heard.append(message["dtmf"]["digit"])
                self.tell("keys", count=1)
                if len([key for key in self.heard if key.isdecimal()]) == 4:
                    return
            elif message["event"] == "media":
                if sounds(base64.b64decode(message["media"]["payload"])):
                    quiet, spoke = 0, True
                else:
                    quiet += 1
        self.heard.append("speech")
        self.tell("caller_spoke", text="when is my pension paid", confidence=0.9, engine="ear", value=None, intent="x")
        self.tell("times", times_ms={"recognition": 12})


def application(line: BeepingLine) -> Flask:
    app = Flask(__name__)
    sock = Sock(app)

    @app.post("/voice")
    def voice() -> Response:
        stream = f'<Stream url="ws://{request.host}/media"/>'
        return Response(f"<Response><Connect>{stream}</Connect><Hangup/></Response>", mimetype="text/xml")

    @app.post("/voice/status")
    def status() -> Response:
        return Response(status=204)

    @app.get("/internal/calls/<sid>/timeline")
    def timeline(sid: str) -> Response:
        if not line.has_timeline or request.headers.get("Authorization") != f"Bearer {OPERATOR}":
            return Response(status=404)
        return jsonify(line.entries[int(request.args["after"]) :])

    @sock.route("/media")
    def media(ws: Server) -> None:
        try:
            line.serve(ws)
        except ConnectionClosed:
            line.heard.append("gone")

    return app


def record_hello(samples_folder: Path) -> None:
    """The one sentence of the voice `beep`."""
    folder = samples_folder / "en" / "callers" / "beep"
    folder.mkdir(parents=True)
    save_recording(folder / f"{slug('When is my pension paid?')}.wav", decode(tone((700.0,), 900)))


@pytest.fixture
def samples_folder(tmp_path: Path) -> Path:
    record_hello(tmp_path / "audio_samples")
    return tmp_path / "audio_samples"


def played(line: BeepingLine, text: str, folder: Path, tmp_path: Path, operator: str = OPERATOR) -> list[PlayedCall]:
    path = tmp_path / "scenario.yml"
    path.write_text(text, encoding="utf-8")
    with serving(application(line)) as origin:
        player = ScenarioPlayer(Target(f"{origin}/voice", TOKEN, operator), folder, clock=RealClock(speed=3))
        return list(player.play(read_scenario(path)))


POLITE = """
# A caller who asks, keys in and listens.
caller: {voice: beep, line: {band: false}}
calls:
  - steps:
      - {hears: {prompt: ask_matter}, says: "When is my pension paid?"}
      - {hears: {prompt: ask_pin}, presses: "4711"}
    expects:
      result: completed
      facts: {payment_date: "2026-12-02"}
      heard: [ask_matter, ask_pin, goodbye]
      never_heard: [no_match]
      first_sound_ms: 1000
"""


def test_a_caller_answers_what_is_asked_and_the_report_tells_the_turns(samples_folder: Path, tmp_path: Path) -> None:
    line = BeepingLine()
    [call] = played(line, POLITE, samples_folder, tmp_path)
    assert call.problems == []
    assert line.heard == ["speech", "4", "7", "1", "1"]
    greeting, speech, keys = call.report["turns"]
    assert greeting["line"]["prompt"] == "ask_matter"
    assert speech["caller"]["said"] == "When is my pension paid?"
    assert speech["caller"]["heard"] == "when is my pension paid"
    assert speech["line"]["prompt"] == "ask_pin"
    assert speech["times_ms"]["recognition"] == 12
    assert 300 <= speech["times_ms"]["first_sound"] <= 900
    assert 20 <= keys["times_ms"]["first_sound"] <= 600
    assert keys["caller"]["keys"] == "4711"
    assert call.report["result"] == "completed"


def test_a_line_without_a_timeline_is_answered_by_ear(samples_folder: Path, tmp_path: Path) -> None:
    line = BeepingLine(has_timeline=False)
    scenario = POLITE.partition("      facts")[0]
    [call] = played(line, scenario, samples_folder, tmp_path, operator="")
    assert call.problems == []
    assert line.heard == ["speech", "4", "7", "1", "1"]
    assert call.report["facts"] is None
    assert call.report["turns"][1]["line"]["prompt"] is None


def test_talking_over_the_line_is_measured(samples_folder: Path, tmp_path: Path) -> None:
    scenario = POLITE.replace("says:", "while_speaking: true, after_ms: 100, says:", 1)
    [call] = played(BeepingLine(), scenario, samples_folder, tmp_path)
    [over] = [turn for turn in call.report["turns"] if "barge_in" in turn["times_ms"]]
    assert call.report["turns"][0]["line"]["barged_in"]
    assert 0 < over["times_ms"]["barge_in"] <= 500


def test_what_is_not_as_expected_is_said_in_a_sentence(samples_folder: Path, tmp_path: Path) -> None:
    scenario = (
        POLITE.replace("result: completed", "result: handed_over")
        .replace('"2026-12-02"', '"2026-12-03"')
        .replace("ask_pin, goodbye", "goodbye, ask_pin")
        .replace("[no_match]", "[goodbye]")
        .replace("first_sound_ms: 1000", "first_sound_ms: 20")
    )
    [call] = played(BeepingLine(answer_delay_s=0.2), scenario, samples_folder, tmp_path)
    said = "\n".join(call.problems)
    assert "the result is completed, expected handed_over" in said
    assert "the fact payment_date is 2026-12-02, expected 2026-12-03" in said
    assert "the prompt ask_pin was not said in its place" in said
    assert "the prompt goodbye was said" in said
    assert "turn 1: the first sound came after" in said


def test_a_prompt_that_never_comes_ends_the_call_and_is_named(samples_folder: Path, tmp_path: Path) -> None:
    scenario = POLITE.replace("{prompt: ask_pin}", "{prompt: ask_shoe_size}, within_ms: 1500")
    [call] = played(BeepingLine(), scenario, samples_folder, tmp_path)
    assert any("calls[0].steps[1]" in problem and "ask_shoe_size" in problem for problem in call.problems)
    assert call.report["turns"][-1]["caller"]["said"] == "When is my pension paid?"
