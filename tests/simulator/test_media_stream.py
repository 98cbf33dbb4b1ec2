"""The stream against real WebSocket servers, in real time, a few seconds together."""

from __future__ import annotations

import base64
import itertools
import json
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask, Response, request
from flask_sock import Sock
from simple_websocket import ConnectionClosed, Server

from ivr.simulator.carrier import LineNumber, RunningCall, SimulatedCarrier
from ivr.simulator.silent_leg import SilentLeg
from ivr.simulator.world import CarrierOptions, StreamOptions
from tests.simulator.servers import serving

TOKEN = "0123456789abcdef0123456789abcdef"
LOUD = base64.b64encode(b"\x20" * 160).decode()


@dataclass
class Line:
    """What a small line saw."""

    behave: Callable[[Line, Server], None]
    messages: list[dict[str, Any]] = field(default_factory=list)
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stream_sid: str = ""
    closed_with: int | None = None

    def receive(self, ws: Server) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(ws.receive())
        self.messages.append(message)
        if message["event"] == "start":
            self.stream_sid = message["streamSid"]
        return message

    def until(self, ws: Server, event: str) -> dict[str, Any]:
        while True:
            message = self.receive(ws)
            if message["event"] == event:
                return message

    def send(self, ws: Server, event: str, **body: Any) -> None:
        ws.send(json.dumps({"event": event, "streamSid": self.stream_sid, **body}))

    def say(self, ws: Server, frames: int) -> None:
        payload = base64.b64encode(b"\x20" * 160 * frames).decode()
        self.send(ws, "media", media={"payload": payload})

    def mark(self, ws: Server, name: str) -> None:
        self.send(ws, "mark", mark={"name": name})

    def of(self, event: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["event"] == event]

    def asked(self, path: str) -> list[dict[str, str]]:
        return [form for at, form in self.forms if at == path]


def application(line: Line) -> Flask:
    app = Flask(__name__)
    sock = Sock(app)

    @app.before_request
    def keep() -> None:
        line.forms.append((request.path, request.form.to_dict()))

    @app.post("/voice")
    def voice() -> Response:
        host = request.host
        return Response(
            f'<Response><Connect action="http://{host}/resume"><Stream url="ws://{host}/media?lost=1"'
            f' statusCallback="http://{host}/stream-status"><Parameter name="t" value="secret"/></Stream></Connect>'
            "<Say>lost</Say></Response>",
            mimetype="text/xml",
        )

    @app.post("/resume")
    def resume() -> Response:
        return Response("<Response><Hangup/></Response>", mimetype="text/xml")

    @app.post("/stream-status")
    def status() -> Response:
        return Response(status=204)

    @sock.route("/media")
    def media(ws: Server) -> None:
        try:
            line.behave(line, ws)
        except ConnectionClosed as closed:
            line.closed_with = closed.reason

    return app


def call(line: Line, leg: SilentLeg | None = None, **stream: Any) -> RunningCall:
    options = CarrierOptions(stream=StreamOptions(allow_plain=True, **stream))
    with serving(application(line)) as origin, SimulatedCarrier(TOKEN, options) as carrier:
        running = carrier.start_call(leg or SilentLeg(), LineNumber(f"{origin}/voice"))
        assert running.wait(20)
    return running


def kinds(running: RunningCall) -> list[str]:
    return [entry.kind for entry in running.call.log]


def test_a_repeat_server_after_five_rounds_leads_to_the_action() -> None:
    def repeat(line: Line, ws: Server) -> None:
        line.until(ws, "start")
        for number in range(5):
            sound = b"".join(base64.b64decode(line.until(ws, "media")["media"]["payload"]) for _ in range(10))
            line.send(ws, "media", media={"payload": base64.b64encode(sound).decode()})
            line.mark(ws, f"round {number}")
            line.until(ws, "mark")
        ws.close(1000)

    line = Line(repeat)
    running = call(line)
    assert running.violations == []
    assert [message["mark"]["name"] for message in line.of("mark")] == [f"round {number}" for number in range(5)]
    assert line.of("stop") == []
    assert len(line.asked("/resume")) == 1
    assert "heard_say" not in kinds(running)
    assert [form["StreamEvent"] for form in line.asked("/stream-status")] == ["stream-started", "stream-stopped"]
    assert running.call.status == "completed"


def test_messages_have_the_carrier_s_order_types_and_stamps() -> None:
    def listen(line: Line, ws: Server) -> None:
        line.receive(ws)
        line.receive(ws)
        for _ in range(20):
            line.receive(ws)
        ws.close(1000)

    line = Line(listen)
    running = call(line)
    connected, start, *media = line.messages
    assert connected == {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    assert start["sequenceNumber"] == "1"
    assert start["start"]["customParameters"] == {"t": "secret"}
    assert start["start"]["mediaFormat"] == {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}
    assert start["start"]["callSid"] == running.call_sid
    assert [message["sequenceNumber"] for message in media] == [str(number) for number in range(2, 22)]
    assert [message["media"]["chunk"] for message in media] == [str(number) for number in range(1, 21)]
    stamps = [int(message["media"]["timestamp"]) for message in media]
    assert 60 <= stamps[0] <= 110
    assert [later - earlier for earlier, later in itertools.pairwise(stamps)] == [20] * 19
    assert all(len(message["media"]["payload"]) == 216 for message in media)


def test_a_mark_on_an_empty_queue_comes_back_at_once_and_others_after_their_sound() -> None:
    def mark(line: Line, ws: Server) -> None:
        line.until(ws, "start")
        line.mark(ws, "empty")
        line.until(ws, "mark")
        line.say(ws, 10)
        line.mark(ws, "after 200 ms")
        line.until(ws, "mark")
        ws.close(1000)

    line = Line(mark)
    running = call(line)
    empty, after = running.call.log.of("mark_played")
    [sounding] = running.call.log.of("line_sounds")
    assert empty.at_ms < sounding.at_ms
    assert 195 <= after.at_ms - sounding.at_ms <= 260


def test_clear_brings_back_all_of_seventy_open_marks_in_order() -> None:
    def clear(line: Line, ws: Server) -> None:
        line.until(ws, "start")
        for number in range(70):
            line.say(ws, 20)
            line.mark(ws, f"m{number}")
        line.send(ws, "clear")
        for _ in range(70):
            line.until(ws, "mark")
        ws.close(1000)

    line = Line(clear)
    running = call(line)
    assert [message["mark"]["name"] for message in line.of("mark")] == [f"m{number}" for number in range(70)]
    assert len(running.call.log.of("mark_flushed")) >= 69
    assert running.air.frames < 150


def test_a_reset_in_mid_sentence_lands_in_the_action() -> None:
    def crash(line: Line, ws: Server) -> None:
        line.until(ws, "start")
        line.say(ws, 100)
        line.until(ws, "media")
        ws.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        ws.sock.shutdown(socket.SHUT_RDWR)

    line = Line(crash)
    running = call(line)
    assert running.call.log.of("stream_closed")[0].details["code"] == 1006
    assert running.call.log.of("stream_closed")[0].details["dropped"] > 8_000
    events = [form["StreamEvent"] for form in line.asked("/stream-status")]
    assert events == ["stream-started", "stream-error"]
    assert len(line.asked("/resume")) == 1


def test_a_hang_up_sends_stop_and_asks_for_nothing_more() -> None:
    def listen(line: Line, ws: Server) -> None:
        line.until(ws, "stop")
        line.receive(ws)

    line = Line(listen)
    running = call(line, SilentLeg(seconds=0.4))
    assert line.messages[-1]["event"] == "stop"
    assert line.closed_with == 1000
    assert line.asked("/resume") == []
    assert running.call.log.of("ended")[0].details == {"by": "caller", "status": "completed"}


def test_keys_become_one_message_each() -> None:
    def listen(line: Line, ws: Server) -> None:
        for _ in range(3):
            line.until(ws, "dtmf")
        ws.close(1000)

    line = Line(listen)
    call(line, SilentLeg(keys="4#0"))
    assert [message["dtmf"] for message in line.of("dtmf")] == [
        {"track": "inbound_track", "digit": key} for key in "4#0"
    ]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("no json", 31951),
        ('{"event": "hello"}', 31951),
        ('{"event": "clear", "streamSid": "MZ0"}', 31951),
        ('{"event": "clear", "streamSid": "SID", "extra": 1}', 31951),
        ('{"event": "media", "streamSid": "SID", "media": {"payload": "%%%"}}', 31951),
        (b"binary", 31950),
    ],
)
def test_a_wrong_message_is_noted_once_and_answered_with_nothing(message: str | bytes, code: int) -> None:
    def misbehave(line: Line, ws: Server) -> None:
        line.until(ws, "start")
        for _ in range(3):
            ws.send(message.replace("SID", line.stream_sid) if isinstance(message, str) else message)
        line.mark(ws, "still alive")
        line.until(ws, "mark")
        ws.close(1000)

    line = Line(misbehave)
    running = call(line)
    assert [violation.code for violation in running.violations] == [code]
    assert {message["event"] for message in line.messages} == {"connected", "start", "media", "mark"}


def test_without_the_test_flag_a_plain_stream_is_refused_and_the_action_follows() -> None:
    line = Line(lambda line, ws: None)
    with serving(application(line)) as origin, SimulatedCarrier(TOKEN) as carrier:
        running = carrier.start_call(SilentLeg(), LineNumber(f"{origin}/voice"))
        assert running.wait(20)
    [error] = line.asked("/stream-status")
    assert error["StreamError"].startswith("31922")
    assert len(line.asked("/resume")) == 1


def test_jitter_and_loss_keep_the_order_and_show_in_the_stamps() -> None:
    def listen(line: Line, ws: Server) -> None:
        for _ in range(40):
            line.until(ws, "media")
        ws.close(1000)

    line = Line(listen)
    call(line, jitter_ms=60, loss=0.2, burst_frames=3)
    stamps = [int(message["media"]["timestamp"]) for message in line.of("media")]
    steps = {later - earlier for earlier, later in itertools.pairwise(stamps)}
    assert stamps == sorted(stamps)
    assert 20 in steps
    assert max(steps) >= 40


def test_the_carrier_stops_reading_and_the_line_s_sound_is_not_lost() -> None:
    def talk(line: Line, ws: Server) -> None:
        line.until(ws, "start")
        for _ in range(40):
            line.say(ws, 1)
        line.mark(ws, "all")
        line.until(ws, "mark")
        ws.close(1000)

    running = call(Line(talk), deaf_from_s=0.1, deaf_for_s=0.5)
    assert len([1 for entry in running.call.log.of("mark_played")]) == 1


def test_a_hole_in_mid_sentence_is_noted_and_a_pause_between_sentences_is_not() -> None:
    def stutter(line: Line, ws: Server) -> None:
        line.until(ws, "start")
        line.say(ws, 5)
        line.mark(ws, "sentence")
        line.until(ws, "mark")
        for _ in range(10):
            line.until(ws, "media")
        for _ in range(2):
            line.say(ws, 5)
            for _ in range(15):
                line.until(ws, "media")
        ws.close(1000)

    running = call(Line(stutter))
    [hole] = running.call.log.of("starved")
    assert 150 <= hole.details["ms"] <= 260


def failing_call(stream_url: str) -> list[str]:
    """The stream errors told for a stream that cannot be opened; the next verb must follow."""
    app = Flask(__name__)
    errors: list[str] = []

    @app.post("/voice")
    def voice() -> Response:
        url = stream_url.replace("HOST", request.host)
        stream = f'<Stream url="{url}" statusCallback="/stream-status"/>'
        return Response(f"<Response><Connect>{stream}</Connect><Say>next</Say></Response>", mimetype="text/xml")

    @app.post("/stream-status")
    def status() -> Response:
        errors.append(request.form.get("StreamError", ""))
        return Response(status=204)

    options = CarrierOptions(stream=StreamOptions(allow_plain=True))
    with serving(app) as origin, SimulatedCarrier(TOKEN, options) as carrier:
        running = carrier.start_call(SilentLeg(), LineNumber(f"{origin}/voice"))
        assert running.wait(20)
    assert [entry.details["text"] for entry in running.call.log.of("heard_say")] == ["next"]
    return [error.partition(":")[0] for error in errors]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ws://HOST/nothing-here", "31920"),
        ("ws://127.0.0.1:9/media", "31902"),
        ("wss://HOST/media", "31910"),
        ("https://HOST/media", "31922"),
        ("ws://[::1/media", "31923"),
    ],
)
def test_a_stream_that_cannot_be_opened_is_told_and_the_next_verb_follows(url: str, code: str) -> None:
    assert failing_call(url) == [code]


def test_a_one_way_stream_lives_on_beside_other_verbs() -> None:
    app = Flask(__name__)
    sock = Sock(app)
    messages: list[dict[str, Any]] = []

    @app.post("/voice")
    def voice() -> Response:
        stream = f'<Stream url="ws://{request.host}/media" track="both_tracks"/>'
        verbs = f"<Start>{stream}</Start><Say>one two</Say><Redirect>/next</Redirect>"
        return Response(f"<Response>{verbs}</Response>", mimetype="text/xml")

    @app.post("/next")
    def following() -> Response:
        return Response("<Response><Say>three</Say></Response>", mimetype="text/xml")

    @sock.route("/media")
    def media(ws: Server) -> None:
        while not messages or messages[-1]["event"] != "stop":
            messages.append(json.loads(ws.receive()))

    options = CarrierOptions(stream=StreamOptions(allow_plain=True))
    with serving(app) as origin, SimulatedCarrier(TOKEN, options) as carrier:
        running = carrier.start_call(SilentLeg(), LineNumber(f"{origin}/voice"))
        assert running.wait(20)
    assert running.violations == []
    assert messages[1]["start"]["tracks"] == ["inbound", "outbound"]
    assert messages[-1]["event"] == "stop"
    outbound = [message["media"] for message in messages if message.get("media", {}).get("track") == "outbound"]
    assert sum(media["payload"] != base64.b64encode(b"\xff" * 160).decode() for media in outbound) > 20
