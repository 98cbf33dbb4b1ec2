"""create_app(parts): blueprints, the stream's route, our own processes' routes, health."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, abort, jsonify, redirect, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, generate_latest
from prometheus_client.registry import CollectorRegistry

from ivr.errors import StoreFailed
from ivr.telephony.media_stream import StreamPorts, media_blueprint
from ivr.telephony.ports import WebhookPorts
from ivr.telephony.sms import TextPorts, sms_blueprint
from ivr.telephony.webhook import webhook_blueprint
from ivr.vocabulary import CallId

Timeline = Callable[[CallId, int], list[dict[str, Any]]]
"""Entries of a call behind a number, oldest first."""


class Metrics:
    """What Prometheus reads; no labels that name a call or a person."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.events = Counter("openline_events", "Events of the carrier's side.", ["event"], registry=self.registry)
        self.live = Gauge("openline_live_calls", "Streams open in this process.", registry=self.registry)
        self.parts = Gauge("openline_part_well", "1 where a part answers.", ["part"], registry=self.registry)


@dataclass(frozen=True, slots=True)
class WebParts:
    """All that a web process serves."""

    webhooks: WebhookPorts
    streams: StreamPorts
    timeline: Timeline
    parts_standing: Callable[[], Mapping[str, bool]]
    is_ready: Callable[[], bool]
    live_calls: Callable[[], int]
    operator_token: str
    phone_url: str
    """Where the web phone is; empty: there is none."""
    metrics: Metrics
    texts: TextPorts
    recording: Callable[[str, str], bytes]
    """Language and prompt -> a WAV for the carrier's <Play>. Raises KeyError where there is none."""


def create_app(parts: WebParts) -> Flask:
    """The application of one web process."""
    app = Flask("openline", static_folder=None)
    app.register_blueprint(webhook_blueprint(parts.webhooks))
    app.register_blueprint(sms_blueprint(parts.texts))
    app.register_blueprint(media_blueprint(parts.streams))
    app.register_blueprint(_internal(parts))
    app.register_blueprint(_health(parts))
    app.register_blueprint(_front(parts))
    app.register_error_handler(StoreFailed, lambda error: (jsonify(error="the store is away"), 503))
    return app


def _internal(parts: WebParts) -> Blueprint:
    """For our own processes and operators' tools: a bearer token on every route."""
    internal = Blueprint("internal", __name__, url_prefix="/internal")

    @internal.before_request
    def only_ours() -> None:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {parts.operator_token}".encode()):
            abort(401)

    @internal.get("/calls/<call_id>/timeline")
    def timeline(call_id: str) -> Response:
        return jsonify(parts.timeline(CallId(call_id), request.args.get("after", 0, type=int)))

    return internal


def _health(parts: WebParts) -> Blueprint:
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def alive() -> Response:
        return jsonify(alive=True)

    @health.get("/readyz")
    def ready() -> tuple[Response, int]:
        well = parts.is_ready()
        return jsonify(ready=well, parts=dict(parts.parts_standing())), 200 if well else 503

    @health.get("/metrics")
    def metrics() -> Response:
        parts.metrics.live.set(parts.live_calls())
        for name, well in parts.parts_standing().items():
            parts.metrics.parts.labels(name).set(int(well))
        return Response(generate_latest(parts.metrics.registry), content_type=CONTENT_TYPE_LATEST)

    return health


def _front(parts: WebParts) -> Blueprint:
    """What a person's browser, and the carrier's <Play>, may fetch."""
    front = Blueprint("front", __name__)

    @front.get("/phone")
    def phone() -> Response:
        if not parts.phone_url:
            abort(404)
        return redirect(parts.phone_url)  # type: ignore[return-value]

    @front.get("/recordings/<language>/<prompt>.wav")
    def recording(language: str, prompt: str) -> Response:
        try:
            return Response(parts.recording(language, prompt), mimetype="audio/wav")
        except KeyError:
            abort(404)

    return front
