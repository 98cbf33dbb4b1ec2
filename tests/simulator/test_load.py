"""Several calls at once from one process against one line."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, request
from flask_sock import Sock
from simple_websocket import Server

from ivr.simulator.clock import RealClock
from ivr.simulator.g711 import decode
from ivr.simulator.load import LoadReport, percentiles, run_load
from ivr.simulator.play import ScenarioPlayer, Target
from ivr.simulator.scenario_file import read_scenario
from ivr.simulator.verbs_sound import tone
from ivr.simulator.voices import save_recording, slug
from tests.simulator.servers import serving
from tests.simulator.test_play import TOKEN, BeepingLine

SCENARIO = """
# Callers who go by ear.
caller: {voice: beep, line: {band: false}}
calls:
  - steps:
      - {hears: any, says: "Hello?"}
      - {hears: any, presses: "4711"}
    expects: {result: completed}
"""


def application(breaks_every: int = 0) -> Flask:
    """A line that serves each call with a beeping line of its own; every n-th stream breaks off."""
    app = Flask(__name__)
    sock = Sock(app)
    served: list[BeepingLine] = []

    @app.post("/voice")
    def voice() -> Response:
        stream = f'<Stream url="ws://{request.host}/media"/>'
        return Response(f"<Response><Connect>{stream}</Connect><Hangup/></Response>", mimetype="text/xml")

    @app.post("/voice/status")
    def status() -> Response:
        return Response(status=204)

    @sock.route("/media")
    def media(ws: Server) -> None:
        line = BeepingLine(has_timeline=False)
        served.append(line)
        if breaks_every and len(served) % breaks_every == 0:
            ws.receive()
            ws.sock.close()
            return
        line.serve(ws)

    return app


def loaded(tmp_path: Path, calls: int, breaks_every: int = 0) -> LoadReport:
    folder = tmp_path / "en" / "callers" / "beep"
    folder.mkdir(parents=True)
    save_recording(folder / f"{slug('Hello?')}.wav", decode(tone((700.0,), 600)))
    path = tmp_path / "scenario.yml"
    path.write_text(SCENARIO, encoding="utf-8")
    with serving(application(breaks_every)) as origin:
        player = ScenarioPlayer(Target(f"{origin}/voice", TOKEN), tmp_path, clock=RealClock(speed=2))
        with player.rehearse(read_scenario(path)) as rehearsed:
            return run_load(rehearsed, calls, apart_s=0.1)


def test_all_calls_at_once_are_counted_and_measured(tmp_path: Path) -> None:
    report = loaded(tmp_path, calls=4)
    assert (report.completed, report.dropped, report.wrong, report.problems) == (4, 0, 0, [])
    assert len(report.first_sounds_ms) == 8
    assert all(20 <= sound <= 1_500 for sound in report.first_sounds_ms)
    assert report.as_json()["simulator_late_ms"]["p99"] >= 0  # type: ignore[index]
    assert report.call_seconds > 4 * 4


def test_a_call_whose_stream_breaks_counts_as_dropped(tmp_path: Path) -> None:
    report = loaded(tmp_path, calls=2, breaks_every=2)
    assert (report.completed, report.dropped, report.wrong) == (1, 1, 0)


def test_a_run_whose_own_frames_were_late_is_void() -> None:
    report = LoadReport(1)
    report.lateness.extend([0.001] * 97 + [0.02] * 3)
    assert report.is_void
    assert report.as_json()["void"]


def test_percentiles_of_nothing_are_nothing() -> None:
    assert percentiles([]) == {"p50": None, "p95": None}
    assert percentiles([100, 200, 300]) == {"p50": 200, "p95": 290}
