"""The web phone's calls reach a line as any carrier's do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from ivr.simulator.phone.browser_leg import BrowserLeg
from ivr.simulator.phone.outbox import Outbox
from ivr.simulator.phone.simulated_line import BrowserCarrier

TOKEN = "token-of-the-simulated-carrier"
ASK = '<Response><Gather numDigits="1" timeout="5" action="/keyed"><Say>Press a key.</Say></Gather></Response>'


@dataclass
class SmallLine:
    """Asks for one key and hangs up; keeps what reached it."""

    url: str = ""
    signed: list[bool] = field(default_factory=list)
    keyed: list[str] = field(default_factory=list)

    def app(self) -> Flask:
        app = Flask(__name__)

        @app.before_request
        def check() -> None:
            signature = request.headers.get("X-Twilio-Signature", "")
            self.signed.append(RequestValidator(TOKEN).validate(request.url, request.form.to_dict(), signature))

        @app.post("/voice")
        def voice() -> Response:
            return Response(ASK, content_type="text/xml")

        @app.post("/keyed")
        def keyed() -> Response:
            self.keyed.append(request.form["Digits"])
            return Response("<Response><Hangup/></Response>", content_type="text/xml")

        return app


@pytest.fixture
def line() -> Iterator[SmallLine]:
    small = SmallLine()
    server = make_server("127.0.0.1", 0, small.app(), threaded=True)
    small.url = f"http://127.0.0.1:{server.server_port}/voice"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield small
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Caller:
    """A browser's end; waits for the line to answer before it does anything."""

    line: SmallLine
    ends: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._placed, self._answered = threading.Event(), threading.Event()
        self.leg = BrowserLeg(Outbox(), played=self._listen, over=self.ends.append)
        self.call = BrowserCarrier(self.line.url, TOKEN).place_call(self.leg, "en")
        self._placed.set()

    def _listen(self) -> None:
        if self._placed.is_set() and self.call.is_answered:
            self._answered.set()

    def is_answered(self) -> bool:
        return self._answered.wait(10)


def test_the_line_gets_signed_requests_and_the_callers_key(line: SmallLine) -> None:
    caller = Caller(line)
    assert caller.is_answered()

    caller.leg.press("5")
    caller.call.run()

    assert line.keyed == ["5"]
    assert line.signed == [True, True]
    assert caller.ends == ["line"]


def test_a_handset_that_goes_down_ends_the_call_at_the_carrier(line: SmallLine) -> None:
    caller = Caller(line)
    assert caller.is_answered()

    caller.leg.hang_up()
    caller.call.run()

    assert caller.ends == ["caller"]
    assert line.keyed == []


def test_a_line_that_is_not_there_is_named_as_the_trouble() -> None:
    caller = Caller(SmallLine(url="http://127.0.0.1:9/voice"))

    caller.call.run()

    assert "http://127.0.0.1:9/voice" in caller.call.trouble
    assert caller.ends == ["line"]


def test_two_phones_never_use_the_same_name_for_a_call(line: SmallLine) -> None:
    callers = [Caller(line), Caller(line)]

    for caller in callers:
        caller.leg.hang_up()
        caller.call.run()

    assert callers[0].call.call_id != callers[1].call.call_id
