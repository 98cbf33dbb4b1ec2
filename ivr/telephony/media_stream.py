"""The WebSocket of a call's sound: who may open it, how it starts, that it ends on every path."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, request
from flask.blueprints import BlueprintSetupState
from flask_sock import Sock

from ivr.calls.line import Line, Started
from ivr.errors import BadMessage, LineClosed
from ivr.telephony import messages
from ivr.telephony.messages import Connected, Start
from ivr.telephony.ports import NO_CALL, Journal
from ivr.telephony.signature import SignatureCheck, StreamTokens
from ivr.telephony.stream_socket import BROKEN, POLICY, SOCKET_OPTIONS, ServerSocket, StreamSocket
from ivr.telephony.twilio_line import TwilioLine
from ivr.vocabulary import CallId, Milliseconds

log = logging.getLogger(__name__)

START_WITHIN_S = 5.0
"""From the upgrade to the start; the carrier sends it at once."""
MOST_BEFORE_START = 20
"""Messages in front of the start: one (connected) from the carrier."""

Serve = Callable[[Line, Started], None]
"""Runs a call on this stream to its end, in the thread of the request."""


@dataclass(frozen=True, slots=True)
class StreamPorts:
    """All that the stream's route calls."""

    signatures: SignatureCheck
    tokens: StreamTokens
    account_sid: str
    journal: Journal
    serve: Serve
    clock: Callable[[], float] = time.monotonic
    """Seconds; measures the wait for the start and a carrier that fell silent."""


class StreamRefused(Exception):
    """A stream that does not begin as the carrier's do; the text is its reason in journal and close frame."""


def media_blueprint(ports: StreamPorts) -> Blueprint:
    """The route /media. Register it at the root of the application; sets flask-sock's options where none are set."""
    blueprint = Blueprint("media", __name__)
    blueprint.record_once(_set_socket_options)
    blueprint.before_request(lambda: _refuse_strangers(ports))

    def stream(server: ServerSocket) -> None:
        serve_stream(StreamSocket(server), ports)

    # The carrier may ask with or without a slash at the end, as its signature shows.
    Sock().route("/media", bp=blueprint, endpoint="stream", strict_slashes=False)(stream)
    return blueprint


def _set_socket_options(state: BlueprintSetupState) -> None:
    state.app.config.setdefault("SOCK_SERVER_OPTIONS", SOCKET_OPTIONS)


def _refuse_strangers(ports: StreamPorts) -> None:
    """Refuse the upgrade itself: behind the handshake, flask-sock has already said yes."""
    if not ports.signatures.accepts_upgrade(request):
        abort(403)


def serve_stream(socket: StreamSocket, ports: StreamPorts) -> None:
    """Admit a stream and let the call run on it. Whatever happens, the socket is closed and the journal knows why."""
    try:
        start = _await_start(socket, ports.clock)
        _admit(start, ports)
    except (StreamRefused, LineClosed) as refused:
        ports.journal.note(NO_CALL, "stream_refused", why=str(refused))
        socket.close(POLICY, str(refused))
        socket.finish()
        return
    call_id = CallId(start.call_sid)
    line = TwilioLine(socket, start.stream_sid, ports.clock)
    ports.journal.note(call_id, "stream_started", stream=start.stream_sid)
    try:
        ports.serve(line, Started(call_id, start.stream_sid))
    except Exception as error:  # the edge of a call: nothing is stored as next step, so /voice/resume takes over
        log.exception("stream_failed")
        ports.journal.note(call_id, "stream_failed", error=type(error).__name__)
        socket.close(BROKEN, "")
    finally:
        line.leave()
        socket.finish()
        dropped = ", ".join(f"{reason}: {count}" for reason, count in sorted(line.dropped.items()))
        ports.journal.note(call_id, "stream_closed", stream=start.stream_sid, dropped=dropped)


def _await_start(socket: StreamSocket, clock: Callable[[], float]) -> Start:
    """The start, within its time. Raises StreamRefused, or LineClosed when the other side goes."""
    deadline = clock() + START_WITHIN_S
    for _ in range(MOST_BEFORE_START):
        remaining = deadline - clock()
        text = socket.receive(Milliseconds(int(remaining * 1_000))) if remaining > 0 else None
        if text is None:
            raise StreamRefused("no start in time")
        try:
            message = messages.read(text)
        except BadMessage as error:
            raise StreamRefused(f"bad message before the start: {error}") from None
        if isinstance(message, Start):
            return message
        if not isinstance(message, Connected | messages.Unknown):
            raise StreamRefused("sound before the start")
    raise StreamRefused("too many messages before the start")


def _admit(start: Start, ports: StreamPorts) -> None:
    """Raises StreamRefused unless the stream is ours, speaks our codec and holds an unused token of its call."""
    if start.account_sid != ports.account_sid:
        raise StreamRefused("foreign account")
    if (start.encoding, start.sample_rate, start.channels) != ("audio/x-mulaw", 8_000, 1):
        raise StreamRefused("unknown media format")
    # Last, because a token is used up by the asking.
    if not ports.tokens.redeem(start.parameters.get("t", ""), CallId(start.call_sid)):
        raise StreamRefused("used, foreign or late token")
