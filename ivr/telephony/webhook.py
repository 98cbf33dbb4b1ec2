"""The carrier's webhooks: signature first, then the step's document; a repeated request gets the very same one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, request

from ivr.errors import BadMessage
from ivr.telephony import arrival, call_back, keypad_menu, message, person, twiml
from ivr.telephony.carrier_request import CarrierRequest, read_request
from ivr.telephony.ports import NO_CALL, WebhookPorts

log = logging.getLogger(__name__)

LARGEST_REQUEST = 65_536
"""Bytes; the carrier's forms take 2 kB."""
FINAL = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})

Answer = Callable[[WebhookPorts, CarrierRequest], str]
"""Makes the document of a step that was not answered yet."""

ANSWERS: Mapping[str, Answer] = {
    "/voice": arrival.arrive,
    "/voice/resume": arrival.resume,
    "/voice/menu": keypad_menu.menu,
    "/voice/person": person.person,
    "/voice/record/done": message.done,
    "/voice/call-back": call_back.call_back,
    "/voice/after-dial": person.after_dial,
}


def webhook_blueprint(ports: WebhookPorts) -> Blueprint:
    """All routes below /voice. Register it at the root of the application."""
    blueprint = Blueprint("carrier", __name__)
    blueprint.before_request(lambda: _refuse_strangers(ports))
    views = {route: _document_view(ports, answer) for route, answer in ANSWERS.items()}
    views |= {route: _notice_view(ports, take) for route, take in NOTICES.items()}
    for route, view in views.items():
        blueprint.add_url_rule(route, endpoint=route.strip("/").replace("/", "_"), view_func=view, methods=["POST"])
    return blueprint


def _refuse_strangers(ports: WebhookPorts) -> None:
    """Only what the carrier signed for our account goes on. Runs before every view of this blueprint."""
    request.max_content_length = LARGEST_REQUEST
    if not ports.signatures.accepts(request):
        abort(403)
    if request.form.get("AccountSid", "") != ports.account_sid:
        ports.journal.note(NO_CALL, "foreign_account")
        abort(403)


def _document_view(ports: WebhookPorts, answer: Answer) -> Callable[[], Response]:
    def view() -> Response:
        asked = _read(ports)
        try:
            document = _same_or_new(ports, asked, answer)
        except Exception as error:  # the edge of a webhook: the caller is still there and must be served
            log.exception("webhook_failed")
            ports.journal.note(asked.call_id, "webhook_failed", route=request.path, error=type(error).__name__)
            document = _last_resort(ports, asked)
        return Response(document, mimetype="text/xml")

    return view


def _notice_view(ports: WebhookPorts, take: Callable[[WebhookPorts, CarrierRequest], None]) -> Callable[[], Response]:
    def view() -> Response:
        take(ports, _read(ports))
        return Response(status=204)

    return view


def _read(ports: WebhookPorts) -> CarrierRequest:
    try:
        return read_request(request.path, request.form, request.args)
    except BadMessage as error:
        ports.journal.note(NO_CALL, "bad_webhook", why=str(error))
        abort(400)


def _same_or_new(ports: WebhookPorts, asked: CarrierRequest, answer: Answer) -> str:
    """The document of this step: the kept one, or a new one, which is kept before it leaves."""
    kept = ports.documents.remembered(asked.call_id, asked.step)
    if kept is not None:
        ports.journal.note(asked.call_id, "webhook_repeated", step=asked.step)
        return kept
    return ports.documents.remember(asked.call_id, asked.step, answer(ports, asked))


def _last_resort(ports: WebhookPorts, asked: CarrierRequest) -> str:
    """A person without store or script. What fails here is a 500, and the carrier asks the fallback on another host."""
    staff = ports.staff.reach(asked.call_id)
    apology = [ports.wording.phrase(asked.call_id, "line_apology")]
    if staff is None:
        abort(500)
    return twiml.dial(staff, twiml.Links(ports.public_url).to("/voice/after-dial", n=asked.number + 1), apology)


def _call_status(ports: WebhookPorts, asked: CarrierRequest) -> None:
    """The end of a call; what comes before the end is noted only. Repeats and wrong order do no harm."""
    status = asked.form.get("CallStatus", "")
    if status in FINAL:
        ports.register.finished(asked.call_id, status, asked.seconds("CallDuration"))
    else:
        answered_by = asked.form.get("AnsweredBy", "")[:30]
        ports.journal.note(asked.call_id, "call_status", status=status[:20], answered_by=answered_by)


def _stream_status(ports: WebhookPorts, asked: CarrierRequest) -> None:
    """What the carrier says of a stream; an error is for operators, the call itself goes on at /voice/resume."""
    event = asked.form.get("StreamEvent", "")
    ports.journal.note(asked.call_id, "stream_status", status=event[:20], error=asked.form.get("StreamError", "")[:200])


NOTICES: Mapping[str, Callable[[WebhookPorts, CarrierRequest], None]] = {
    "/voice/status": _call_status,
    "/voice/stream-status": _stream_status,
    "/voice/record/status": message.status,
}
