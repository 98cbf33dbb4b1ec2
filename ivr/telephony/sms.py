"""The carrier's messaging webhooks: a text in, the answer out as TwiML; how far our own texts have come.

The carrier deals with STOP itself; what it passes on of it is answered with nothing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import Blueprint, Response, abort, jsonify, request
from twilio.twiml.messaging_response import MessagingResponse

from ivr.telephony.ports import NO_CALL, Journal
from ivr.telephony.signature import SignatureCheck
from ivr.vocabulary import CallId, Secret

log = logging.getLogger(__name__)

LARGEST_TEXT = 1_600
"""Characters of one text message; the carrier refuses more (21617)."""
LARGEST_REQUEST = 65_536
"""Bytes; a text has 1,600 characters at most, its form a few fields more."""
MOST_PARTS = 4
"""Messages that one answer may become; the longest prompt of ours fills one."""
OPT_OUT = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
"""Words after which the carrier refuses every message of ours (21610)."""
_MESSAGE_SID = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
_CHAT_SID = re.compile(r"CH[0-9a-f]{32}")
_CHAT_MESSAGE_SID = re.compile(r"IM[0-9a-f]{32}")
_ERROR = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class IncomingText:
    """A text as it came."""

    message_id: str
    sender: str
    """E.164; a short code or a name is passed on as it is."""
    called: str
    body: str
    opts_out: bool = False


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """Something typed into a chat. One of both is empty."""

    message_id: str
    conversation: CallId
    body: str = ""
    secret: Secret | None = None
    """What stood in the masked field."""


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """What the chat shows."""

    paragraphs: tuple[str, ...]
    wants_pin: bool
    """The next entry belongs into a masked field."""
    is_over: bool


class TextDesk(Protocol):
    """Who answers texts. Called from several web threads and processes at once."""

    def answer(self, text: IncomingText) -> str:
        """The answer; empty: none is due. A repeated message gets the same answer and has no second effect."""
        ...

    def chat(self, message: ChatMessage) -> ChatAnswer:
        """The same for a chat; an empty body begins it."""
        ...

    def moved(self, message_id: str, status: str, error: int) -> None:
        """A text of ours has come this far; repeats and wrong order do no harm."""
        ...


@dataclass(frozen=True, slots=True)
class TextPorts:
    """All that the messaging webhooks call."""

    signatures: SignatureCheck
    account_sid: str
    desk: TextDesk
    journal: Journal
    with_chat: bool = False
    """Serve /chat: only where a simulated carrier brings it, since no real one does."""


def sms_blueprint(ports: TextPorts) -> Blueprint:
    """/sms, /sms/status, and /chat where it is wanted. Register it at the root of the application."""
    blueprint = Blueprint("texts", __name__)
    blueprint.before_request(lambda: _refuse_strangers(ports))
    views: dict[str, Callable[[TextPorts], Response]] = {"/sms": _text, "/sms/status": _status}
    if ports.with_chat:
        views["/chat"] = _chat
    for route, view in views.items():
        blueprint.add_url_rule(
            route, endpoint=route.strip("/").replace("/", "_"), view_func=_bound(view, ports), methods=["POST"]
        )
    return blueprint


def _bound(view: Callable[[TextPorts], Response], ports: TextPorts) -> Callable[[], Response]:
    return lambda: view(ports)


def _refuse_strangers(ports: TextPorts) -> None:
    """Only what the carrier signed for our account goes on."""
    request.max_content_length = LARGEST_REQUEST
    if not ports.signatures.accepts(request):
        abort(403)
    if request.form.get("AccountSid", "") != ports.account_sid:
        ports.journal.note(NO_CALL, "foreign_account")
        abort(403)


def _text(ports: TextPorts) -> Response:
    form = request.form
    text = IncomingText(
        _named(ports, "MessageSid", _MESSAGE_SID),
        form.get("From", ""),
        form.get("To", ""),
        form.get("Body", ""),
        opts_out=form.get("OptOutType", "").upper() == "STOP" or form.get("Body", "").strip().lower() in OPT_OUT,
    )
    return Response(messages(ports.desk.answer(text)), mimetype="text/xml")


def _status(ports: TextPorts) -> Response:
    form = request.form
    error = form.get("ErrorCode", "")
    ports.desk.moved(
        _named(ports, "MessageSid", _MESSAGE_SID),
        form.get("MessageStatus", ""),
        int(error) if _ERROR.fullmatch(error) else 0,
    )
    return Response(status=204)


def _chat(ports: TextPorts) -> Response:
    form = request.form
    secret = form.get("Secret", "")
    answer = ports.desk.chat(
        ChatMessage(
            _named(ports, "MessageSid", _CHAT_MESSAGE_SID),
            CallId(_named(ports, "ConversationSid", _CHAT_SID)),
            form.get("Body", ""),
            Secret(secret) if secret else None,
        )
    )
    return jsonify(paragraphs=answer.paragraphs, wants_pin=answer.wants_pin, is_over=answer.is_over)


def _named(ports: TextPorts, field: str, shape: re.Pattern[str]) -> str:
    name = request.form.get(field, "")
    if not shape.fullmatch(name):
        ports.journal.note(NO_CALL, "bad_webhook", why=f"{field} is no name of the carrier's")
        abort(400)
    return name


def messages(answer: str) -> str:
    """The document: a message, several where it is too long for one, none where there is nothing to say."""
    response = MessagingResponse()
    for part in parts_of(answer):
        response.message(part)
    return str(response)


def parts_of(answer: str) -> Sequence[str]:
    """Cut at line ends, then at blanks, so that each part is one message; what is beyond MOST_PARTS is left out."""
    parts: list[str] = []
    rest = answer.strip()
    while rest and len(parts) < MOST_PARTS:
        if len(rest) <= LARGEST_TEXT:
            return [*parts, rest]
        head = rest[: LARGEST_TEXT + 1]
        cut = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or LARGEST_TEXT
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return parts
