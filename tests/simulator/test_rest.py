"""The REST mock, asked by twilio's own client, and calls that are interrupted through it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
import requests
from flask import Flask, Response, request
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.simulator.carrier import LineNumber, RunningCall, SimulatedCarrier
from ivr.simulator.clock import RealClock
from ivr.simulator.g711 import SILENCE
from ivr.simulator.rest import RestServer
from ivr.simulator.silent_leg import SilentLeg
from ivr.simulator.world import CarrierOptions, Fault, Party
from tests.simulator.servers import serving

TOKEN = "0123456789abcdef0123456789abcdef"
FROM, CITIZEN = "+351210000000", "+351910000001"


class HummingLeg(SilentLeg):
    """Makes a sound all the time."""

    def frame(self) -> bytes:
        return b"\x30" * len(SILENCE) if super().frame() else b""


@pytest.fixture
def carrier() -> Iterator[SimulatedCarrier]:
    options = CarrierOptions(calls_per_second=20, recording_late_s=0.2)
    with SimulatedCarrier(TOKEN, options, RealClock(speed=4)) as carrier:
        yield carrier


@pytest.fixture
def client(carrier: SimulatedCarrier) -> Iterator[Client]:
    with RestServer(carrier) as rest:
        client = Client(carrier.world.account_sid, TOKEN)
        client.api.base_url = rest.url
        yield client


@pytest.fixture
def line() -> Iterator[str]:
    app = Flask(__name__)
    app.config["FORMS"] = []

    @app.post("/<path:path>")
    def answer(path: str) -> Response:
        app.config["FORMS"].append((path, request.form.to_dict()))
        verbs = {"long": "<Pause length='60'/>", "short": "<Say>hello</Say>", "other": "<Say>other</Say>"}
        return Response(f"<Response><Say>x</Say>{verbs.get(path, '')}</Response>", mimetype="text/xml")

    with serving(app) as origin:
        yield origin


def until(running: RunningCall, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        running.wait(0.02)


def test_a_call_out_rings_is_answered_and_follows_the_document(
    carrier: SimulatedCarrier, client: Client, line: str
) -> None:
    carrier.world.parties[CITIZEN] = Party(after_s=1.0, talk_s=30)
    made = client.calls.create(to=CITIZEN, from_=FROM, url=f"{line}/short")
    assert made.status == "queued"
    running = carrier.calls[made.sid]
    assert running.wait(10)
    assert [entry.details["status"] for entry in running.call.log.of("status")] == [
        "queued",
        "ringing",
        "in-progress",
        "completed",
    ]
    fetched = client.calls(made.sid).fetch()
    assert (fetched.status, fetched.direction) == ("completed", "outbound-api")
    assert isinstance(fetched.duration, str)


@pytest.mark.parametrize(
    ("party", "status"),
    [(Party("busy", 0.5), "busy"), (Party("failed", 0.1), "failed"), (Party("no-answer"), "no-answer")],
)
def test_a_call_out_that_nobody_takes_ends_with_its_status(
    carrier: SimulatedCarrier, client: Client, line: str, party: Party, status: str
) -> None:
    carrier.world.parties[CITIZEN] = party
    made = client.calls.create(to=CITIZEN, from_=FROM, url=f"{line}/short", timeout=2)
    assert carrier.calls[made.sid].wait(10)
    assert client.calls(made.sid).fetch().status == status


def test_an_update_interrupts_the_running_verb(carrier: SimulatedCarrier, client: Client, line: str) -> None:
    running = carrier.start_call(SilentLeg(), LineNumber(f"{line}/long"))
    until(running, lambda: running.call.status == "in-progress")
    client.calls(running.call_sid).update(url=f"{line}/other", method="POST")
    assert running.wait(10)
    assert [entry.details["text"] for entry in running.call.log.of("heard_say")] == ["x", "x", "other"]


def test_an_update_ends_a_call_and_a_second_one_is_refused(
    carrier: SimulatedCarrier, client: Client, line: str
) -> None:
    running = carrier.start_call(SilentLeg(), LineNumber(f"{line}/long"))
    until(running, lambda: running.call.status == "in-progress")
    client.calls(running.call_sid).update(status="completed")
    assert running.wait(10)
    with pytest.raises(TwilioRestException) as refused:
        client.calls(running.call_sid).update(status="completed")
    assert (refused.value.status, refused.value.code) == (400, 21220)
    with pytest.raises(TwilioRestException) as unknown:
        client.calls("CA" + "0" * 32).fetch()
    assert (unknown.value.status, unknown.value.code) == (404, 20404)


def test_inline_twiml_with_a_relative_action_is_a_violation(
    carrier: SimulatedCarrier, client: Client, line: str
) -> None:
    running = carrier.start_call(SilentLeg(), LineNumber(f"{line}/long"))
    until(running, lambda: running.call.status == "in-progress")
    client.calls(running.call_sid).update(twiml='<Response><Gather action="/menu" timeout="1"/></Response>')
    assert running.wait(10)
    assert 15004 in [violation.code for violation in running.violations]


def test_a_recording_can_be_fetched_only_once_it_is_complete(
    carrier: SimulatedCarrier, client: Client, line: str
) -> None:
    running = carrier.start_call(HummingLeg(seconds=3), LineNumber(f"{line}/long"))
    until(running, lambda: running.call.status == "in-progress")
    recording = client.calls(running.call_sid).recordings.create()
    address = f"{client.api.base_url}/2010-04-01/Accounts/{carrier.world.account_sid}/Recordings/{recording.sid}.wav"
    login = (carrier.world.account_sid, TOKEN)
    assert requests.get(address, auth=login, timeout=5).status_code == 404
    assert running.wait(10)
    until(running, lambda: requests.get(address, auth=login, timeout=5).ok)
    assert requests.get(address, timeout=5).status_code == 401
    [listed] = client.recordings.list(call_sid=running.call_sid)
    assert listed.sid == recording.sid


def test_faults_hit_as_often_as_they_are_set(carrier: SimulatedCarrier, client: Client) -> None:
    carrier.world.faults += [Fault("Calls", "429"), Fault("Calls", "500"), Fault("Calls", "reset")]
    for status in (429, 500):
        with pytest.raises(TwilioRestException) as failed:
            client.calls("CA" + "0" * 32).fetch()
        assert failed.value.status == status
    with pytest.raises(requests.ConnectionError):
        client.calls("CA" + "0" * 32).fetch()
    with pytest.raises(TwilioRestException) as healthy:
        client.calls("CA" + "0" * 32).fetch()
    assert healthy.value.code == 20404
