"""The web phone at /phone: a page and a socket. For trying the line and for training, never beside a live carrier.

A browser's WebSocket cannot sign requests, so the page talks to this socket, and a simulated carrier
talks to the line: signed webhooks and a media stream, as for any call.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Request, Response, jsonify, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_sock import Sock
from simple_websocket import Server

from ivr.simulator.phone.captions import Follow, timeline_at
from ivr.simulator.phone.chat import Chat, ChatFailed, chat_with, typed_from
from ivr.simulator.phone.examples import Example
from ivr.simulator.phone.messages import SOUND_AT_MOST
from ivr.simulator.phone.simulated_line import BrowserCarrier
from ivr.simulator.phone.socket_call import Exchange, PlaceCall, SocketCall

LIVE = (
    "This line is connected to a real carrier, and a browser cannot sign as a carrier does; "
    "the web phone only runs where the setting `carrier` is not `twilio`."
)
ELSEWHERE = (
    "The web phone answers on this computer only (http://localhost); from elsewhere it needs a sign-in in front."
)
STRANGE_ORIGIN = "Only the phone's own page may open its socket or its chat."

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
SOCKET_OPTIONS = {"ping_interval": 10, "max_message_size": SOUND_AT_MOST}

MayUse = Callable[[Request], bool]


@dataclass(frozen=True, slots=True)
class Phone:
    """What the web phone needs to know."""

    place_call: PlaceCall
    follow: Follow
    """The line's own account of a call, for the captions."""
    live_credentials: bool
    """True where the line holds a real carrier's credentials: page and socket then answer 403."""
    may_use: MayUse | None = None
    """Who may use it, where a sign-in stands in front; None: this computer alone."""
    languages: tuple[str, ...] = ("en",)
    examples: tuple[Example, ...] = ()
    calls_at_most: int = 4
    chat: Chat | None = None
    """The way to the line for what is typed; None: the page has no chat."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line that the phone calls, seen from outside as a carrier and an operator see it."""

    voice_url: str
    """Where calls arrive: http://127.0.0.1:8080/voice."""
    auth_token: str
    """Signs the carrier's requests. Never a real carrier's."""
    account_sid: str
    timeline_url: str
    """Base of /internal/calls/…/timeline: http://127.0.0.1:8080."""
    operator_token: str


def phone_to(
    line: Line, *, live_credentials: bool, examples: tuple[Example, ...] = (), may_use: MayUse | None = None
) -> Phone:
    """A web phone that calls this line through a simulated carrier."""
    return Phone(
        BrowserCarrier(line.voice_url, line.auth_token).place_call,
        timeline_at(line.timeline_url, line.operator_token),
        live_credentials,
        may_use,
        examples=examples,
        chat=chat_with(line.voice_url.removesuffix("/voice") + "/chat", line.auth_token, line.account_sid),
    )


def phone_app(phone: Phone) -> Flask:
    """The phone as a small application of its own; needs a server with threads, one for each call and six more."""
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(phone_blueprint(phone))
    return app


def phone_blueprint(phone: Phone) -> Blueprint:
    """The page /phone, its files and the socket /phone/socket; register it in any Flask app under threads."""
    pages = Blueprint(
        "phone",
        __name__,
        url_prefix="/phone",
        template_folder="phone/templates",
        static_folder="phone/static",
        static_url_path="/static",
    )
    exchange = Exchange(phone.place_call, phone.follow, phone.languages, threading.Semaphore(phone.calls_at_most))

    @pages.record_once
    def limit_messages(setup: BlueprintSetupState) -> None:
        setup.app.config.setdefault("SOCK_SERVER_OPTIONS", SOCKET_OPTIONS)

    @pages.before_request
    def guard() -> Response | None:
        reason = None if request.endpoint == "phone.static" else refusal(phone, request)
        return None if reason is None else _refused(reason)

    @pages.get("", strict_slashes=False)
    def show() -> str:
        return render_template(
            "softphone/phone.html", languages=phone.languages, examples=phone.examples, has_chat=phone.chat is not None
        )

    @pages.post("/chat")
    def chat() -> tuple[Response, int]:
        return _chatted(phone.chat)

    @pages.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=()"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-cache"
        return response

    def socket(connection: Server) -> None:
        SocketCall(connection, exchange).run()

    Sock().route("/socket", bp=pages)(socket)
    return pages


def _chatted(chat: Chat | None) -> tuple[Response, int]:
    """One message of the chat; nothing of it is logged or kept here."""
    request.max_content_length = 16_384
    if chat is None:
        return jsonify(error="This phone has no chat."), 404
    try:
        return jsonify(chat(typed_from(request.get_json(silent=True)))), 200
    except ValueError as problem:
        return jsonify(error=f"This is no message: {problem}."), 400
    except ChatFailed as problem:
        return jsonify(error=str(problem)), 502


def refusal(phone: Phone, asked: Request) -> str | None:
    """Why this request gets no phone, as a sentence for the person; None where it does."""
    if phone.live_credentials:
        return LIVE
    if not (phone.may_use(asked) if phone.may_use is not None else _from_this_computer(asked)):
        return ELSEWHERE
    if asked.path.endswith(("/socket", "/chat")) and not _from_own_page(asked):
        return STRANGE_ORIGIN
    return None


def _from_this_computer(asked: Request) -> bool:
    """Peer and name are both local: a proxy's peer is local too, and a foreign name may be made to resolve to us."""
    forwarded = any(name in asked.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP"))
    return not forwarded and _is_loopback(asked.remote_addr or "") and _is_loopback(_host_name(asked.host))


def _from_own_page(asked: Request) -> bool:
    origin = urlsplit(asked.headers.get("Origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc == asked.host


def _host_name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _refused(reason: str) -> Response:
    return make_response(render_template("softphone/refused.html", reason=reason), 403)
