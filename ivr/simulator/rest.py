"""The carrier's REST interface, as far as the line uses it: calls, recordings, texts. RestServer.url is its address."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.serving import make_server

from ivr.simulator.call import CallPlan, SimulatedCall
from ivr.simulator.carrier import SimulatedCarrier
from ivr.simulator.documents import Document, HangUp, Request
from ivr.simulator.outbound import Dialer, Wish, interrupted
from ivr.simulator.recordings_made import record_call
from ivr.simulator.rest_answers import call_object, error, page, recording_object, wav_of
from ivr.simulator.rest_messages import MessagesResource
from ivr.simulator.twiml_checker import check, parse


def create_rest(carrier: SimulatedCarrier) -> Flask:
    """The application; every request needs the account's SID and token by Basic authentication."""
    world = carrier.world
    app = Flask("simulated_rest")
    account = Blueprint("account", __name__, url_prefix=f"/2010-04-01/Accounts/{world.account_sid}")
    calls = CallsResource(carrier)
    recordings = RecordingsResource(carrier)
    texts = MessagesResource(world, carrier.texts)

    @app.before_request
    def admit() -> Response | None:
        given = request.authorization
        if given is None or (given.username, given.password) != (world.account_sid, world.auth_token):
            return error(401, 20003, "Authenticate")
        return _misbehave(carrier)

    @app.errorhandler(404)
    def unknown(_: Exception) -> Response:
        return error(404, 20404, f"The requested resource {request.path} was not found")

    account.add_url_rule("/Calls.json", view_func=calls.create, methods=["POST"], endpoint="create")
    account.add_url_rule("/Calls/<sid>.json", view_func=calls.fetch, methods=["GET"], endpoint="fetch")
    account.add_url_rule("/Calls/<sid>.json", view_func=calls.update, methods=["POST"], endpoint="update")
    account.add_url_rule("/Calls/<sid>/Recordings.json", view_func=recordings.start, methods=["POST"])
    account.add_url_rule("/Messages.json", view_func=texts.create, methods=["POST"], endpoint="send")
    account.add_url_rule("/Messages.json", view_func=texts.list, methods=["GET"], endpoint="texts")
    account.add_url_rule("/Messages/<sid>.json", view_func=texts.fetch, methods=["GET"], endpoint="text")
    account.add_url_rule("/Recordings.json", view_func=recordings.list, methods=["GET"], endpoint="list")
    account.add_url_rule("/Recordings/<sid>.wav", view_func=recordings.sound, methods=["GET"], endpoint="sound")
    account.add_url_rule("/Recordings/<sid>.json", view_func=recordings.fetch, methods=["GET"], endpoint="recording")
    app.register_blueprint(account)
    return app


def _misbehave(carrier: SimulatedCarrier) -> Response | None:
    """Carry out a fault that a test has set for this path."""
    fault = carrier.world.fault_for(request.path)
    match fault.kind if fault else "":
        case "429":
            return error(429, 20429, "Too Many Requests")
        case "500":
            return error(500, 20500, "Internal Server Error")
        case "slow":
            time.sleep(fault.seconds if fault else 0)
        case "reset":
            with suppress(OSError):
                request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        case _:
            pass
    return None


class CallsResource:
    """Calls.json and Calls/{sid}.json."""

    def __init__(self, carrier: SimulatedCarrier) -> None:
        self._carrier = carrier
        self._dialer = Dialer(carrier)

    def create(self) -> Response:
        """Ring somebody up."""
        form = request.form
        if not form.get("To") or not form.get("From"):
            return error(400, 21201, "No 'To' or 'From' number is specified")
        first = self._step()
        if not isinstance(first, Request | Document):
            return error(400, 21205, "Url or Twiml is required")
        plan = CallPlan(
            form["From"], form["To"], form.get("Url", ""), "outbound-api", form.get("Method", "POST"),
            form.get("FallbackUrl", ""), form.get("StatusCallback", ""),
            frozenset(form.getlist("StatusCallbackEvent") or ["completed"]),
        )  # fmt: skip
        wish = Wish(plan, first, int(form.get("Timeout", "60")), bool(form.get("MachineDetection")))
        answer = jsonify(call_object(self._dialer.start(wish)) | {"status": "queued"})
        answer.status_code = 201
        return answer

    def fetch(self, sid: str) -> Response:
        """How it stands."""
        running = self._carrier.calls.get(sid)
        if running is None:
            return error(404, 20404, f"The requested resource /Calls/{sid}.json was not found")
        return jsonify(call_object(running.call))

    def update(self, sid: str) -> Response:
        """Interrupt what it does: another document, or the end."""
        running = self._carrier.calls.get(sid)
        if running is None:
            return error(404, 20404, f"The requested resource /Calls/{sid}.json was not found")
        step = self._step(running.call)
        if step is None:
            return error(400, 20001, "Url, Twiml or Status is required")
        if not interrupted(running.call, step):
            return error(400, 21220, "Call is not in-progress. Cannot redirect.")
        return jsonify(call_object(running.call))

    def _step(self, call: SimulatedCall | None = None) -> Request | Document | HangUp | None:
        form = request.form
        if form.get("Status") in ("completed", "canceled"):
            return HangUp(form["Status"])
        if form.get("Url"):
            return Request(form["Url"], form.get("Method", "POST"))
        if not form.get("Twiml"):
            return None
        root = parse(form["Twiml"])
        if root is None:
            return None
        for violation in check(root, "call", len(form["Twiml"])):
            if call is not None:
                call.violated(violation.code, violation.where, violation.what)
            else:
                self._carrier.violations.append(violation)
        return Document(root, "")


class RecordingsResource:
    """Recordings of calls and of <Record>."""

    def __init__(self, carrier: SimulatedCarrier) -> None:
        self._carrier = carrier

    def start(self, sid: str) -> Response:
        """Record a running call from here to its end."""
        running = self._carrier.calls.get(sid)
        if running is None:
            return error(404, 20404, f"The requested resource /Calls/{sid}/Recordings.json was not found")
        if running.call.is_over:
            return error(400, 21220, "Call is not in-progress. Cannot record.")
        recording = record_call(running.call)
        answer = jsonify({"sid": recording, "call_sid": sid, "status": "in-progress", "duration": None})
        answer.status_code = 201
        return answer

    def list(self) -> Response:
        """Newest first; by CallSid and by the day of `DateCreated>`."""
        world = self._carrier.world
        found = [item for item in reversed(world.recordings.values()) if item.ready_at <= world.clock.now()]
        if "CallSid" in request.args:
            found = [item for item in found if item.call_sid == request.args["CallSid"]]
        if "DateCreated>" in request.args:
            after = request.args["DateCreated>"][:10]
            found = [item for item in found if parsedate_to_datetime(item.created).date().isoformat() >= after]
        return jsonify(page("recordings", [recording_object(world, item) for item in found]))

    def fetch(self, sid: str) -> Response:
        """One recording's data."""
        world = self._carrier.world
        if sid not in world.recordings or world.recordings[sid].ready_at > world.clock.now():
            return error(404, 20404, f"The requested resource /Recordings/{sid}.json was not found")
        return jsonify(recording_object(world, world.recordings[sid]))

    def sound(self, sid: str) -> Response:
        """Its sound; 404 before it is `completed`."""
        world = self._carrier.world
        if sid not in world.recordings or world.recordings[sid].ready_at > world.clock.now():
            return error(404, 20404, f"The requested resource /Recordings/{sid}.wav was not found")
        return Response(wav_of(world.recordings[sid]), mimetype="audio/x-wav")


class RestServer:
    """Serves the mock on loopback; a context manager. `url` is the base URL for the line's client."""

    def __init__(self, carrier: SimulatedCarrier, port: int = 0) -> None:
        """port: 0 takes a free one."""
        self._server = make_server("127.0.0.1", port, create_rest(carrier), threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        carrier.world.rest_url = self.url

    def __enter__(self) -> RestServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
