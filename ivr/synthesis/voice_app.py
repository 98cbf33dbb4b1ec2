"""The voice process over HTTP: `POST /speak` makes one sentence µ-law. For our own processes, at a private address."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from ivr.audio import mulaw
from ivr.errors import SynthesisFailed
from ivr.synthesis.fallback import Fallback
from ivr.synthesis.readable import TextRefused
from ivr.vocabulary import Language, Secret, Sentence

MOST_BYTES = 8 * 1024
"""Of a request's body: the longest text in a script of three bytes a letter, escaped, still fits."""
SLOWEST, FASTEST = 60, 300
"""Words a minute that a request may name."""
CONTENT_TYPE = "audio/x-mulaw"
VOICE_HEADER = "X-Voice"
"""Names the voice that spoke."""


class BadRequest(Exception):
    """The request cannot be read; the text says which field."""


def create_voice_app(voice: Fallback, token: Secret) -> Flask:
    """Any thread may serve; token: the bearer token that callers show."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    expected = f"Bearer {token.reveal()}".encode()

    @app.post("/speak")
    def speak() -> Response | tuple[Response, int]:
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected):
            return _problem(HTTPStatus.UNAUTHORIZED, "the bearer token is missing or wrong")
        sentence = read_sentence(request.get_json(silent=True))
        if not voice.speaks(sentence.language):
            return _problem(HTTPStatus.BAD_REQUEST, f"no voice speaks {sentence.language!r}")
        samples, name = voice.spoken_by(sentence)
        return Response(mulaw.compress(samples), mimetype=CONTENT_TYPE, headers={VOICE_HEADER: name})

    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok", voice=voice.name)

    app.register_error_handler(BadRequest, lambda error: _problem(HTTPStatus.BAD_REQUEST, str(error)))
    app.register_error_handler(TextRefused, lambda error: _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error)))
    app.register_error_handler(SynthesisFailed, lambda error: _problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error)))
    app.register_error_handler(HTTPException, _http_problem)
    return app


def read_sentence(body: Any) -> Sentence:
    """JSON {"text", "language", "words_per_minute" (optional)} -> Sentence. Raises BadRequest."""
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object with text and language")
    text, language, pace = body.get("text"), body.get("language"), body.get("words_per_minute", 150)
    if not isinstance(text, str):
        raise BadRequest("text must be a string")
    if not isinstance(language, str) or not language.isalpha() or len(language) > 3:
        raise BadRequest("language must be an ISO 639 code")
    if not isinstance(pace, int) or isinstance(pace, bool) or not SLOWEST <= pace <= FASTEST:
        raise BadRequest(f"words_per_minute must be a whole number from {SLOWEST} to {FASTEST}")
    return Sentence(text, Language(language), words_per_minute=pace)


def _problem(status: int, error: str) -> tuple[Response, int]:
    return jsonify(error=error), status


def _http_problem(error: HTTPException) -> tuple[Response, int]:
    return _problem(error.code or HTTPStatus.INTERNAL_SERVER_ERROR, error.description or error.name)
