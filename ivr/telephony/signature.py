"""Signs and checks what the carrier sends, and the one-time token of a stream.

Source: Twilio, "Webhooks security" (X-Twilio-Signature: Base64 of HMAC-SHA1 under the account's auth token).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from urllib.parse import quote

from flask import Request
from twilio.request_validator import RequestValidator

from ivr.vocabulary import CallId

HEADER = "X-Twilio-Signature"
TOKEN_LIFETIME_S = 60
"""From the TwiML that carries a stream's token to the stream's start; Twilio opens the stream at once."""
FORM = "application/x-www-form-urlencoded"


class StreamTokens(Protocol):
    """One-time tokens that bind a stream to the call it was opened for. Safe to use from any thread."""

    def issue(self, call_id: CallId) -> str:
        """A new token for this call, valid once and for TOKEN_LIFETIME_S; only its hash is kept."""
        ...

    def redeem(self, token: str, call_id: CallId) -> bool:
        """Use the token up. True once at most, and only for the call it was issued for; atomic."""
        ...


def new_token() -> str:
    """A random token of 192 bits in 32 characters that need no escaping."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What is kept of a token: SHA-256 in hex. The token is random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", errors="replace")).hexdigest()


def sign(auth_token: str, url: str, form: Mapping[str, str] | None = None) -> str:
    """The signature that the carrier puts on a request: `form` for a POST, none for GET, JSON and WebSocket upgrades.

    url: as the carrier requests it, without fragment; JSON carries bodySHA256 in its query already.
    """
    signature: str = RequestValidator(auth_token).compute_signature(url, form or {})
    return signature


def body_hash(body: bytes) -> str:
    """The value of bodySHA256 for a JSON body: SHA-256 in lower-case hex."""
    return hashlib.sha256(body).hexdigest()


def signed_url(environ: Mapping[str, object], public_url: str) -> str:
    """The URL as the carrier requested it, escapes included; its origin is configured, never taken from headers.

    `request.url` un-escapes %2F, %C3%BC and others and would break correct signatures; servers keep the raw target.
    """
    raw = str(environ.get("RAW_URI") or environ.get("REQUEST_URI") or "")
    if not raw.startswith("/"):
        path = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}"
        raw = quote(path, safe="/:@!$&'()*+,;=~-._")
        query = environ.get("QUERY_STRING")
        raw += f"?{query}" if query else ""
    return public_url.rstrip("/") + raw


class SignatureCheck:
    """Accepts what one of the account's auth tokens signed. Two tokens are live while one is being replaced."""

    def __init__(self, auth_tokens: Sequence[str], public_url: str, refused: Callable[[str], None]) -> None:
        """auth_tokens: at least one. public_url: https://host[/prefix] as the carrier reaches us.

        refused: called with the reason of each refusal: missing, forged, unsigned_body, content_type.
        """
        if not auth_tokens or not all(auth_tokens):
            raise ValueError("a signature check needs at least one auth token, none of them empty")
        self._validators = [RequestValidator(token) for token in auth_tokens]
        self._public_url = public_url
        self._refused = refused

    def accepts(self, request: Request) -> bool:
        """True for a form POST, a JSON POST whose body is signed too, or a GET. A refusal is reported."""
        reason = self._fault(request)
        if reason:
            self._refused(reason)
        return not reason

    def accepts_upgrade(self, request: Request) -> bool:
        """True for a WebSocket upgrade: signed as wss:// without query, at times with a slash behind the path."""
        signature = request.headers.get(HEADER, "")
        url = signed_url(request.environ, _websocket_origin(self._public_url)).partition("?")[0]
        bare = url.rstrip("/")
        if not signature:
            reason = "missing"
        elif any(self._matches(candidate, {}, signature) for candidate in (bare, bare + "/")):
            reason = ""
        else:
            reason = "forged"
        if reason:
            self._refused(reason)
        return not reason

    def _fault(self, request: Request) -> str:
        """Why the request is refused; empty where it is signed."""
        signature = request.headers.get(HEADER, "")
        url = signed_url(request.environ, self._public_url)
        if not signature:
            return "missing"
        signed: object = {}
        if request.mimetype == "application/json":
            if "bodySHA256" not in request.args:
                return "unsigned_body"
            signed = request.get_data(as_text=True)
        elif request.method == "POST":
            # Any other type of body would leave the form empty and the body outside the signature.
            if request.mimetype != FORM:
                return "content_type"
            signed = request.form
        return "" if self._matches(url, signed, signature) else "forged"

    def _matches(self, url: str, signed: object, signature: str) -> bool:
        return any(validator.validate(url, signed, signature) for validator in self._validators)


def _websocket_origin(public_url: str) -> str:
    """https://host -> wss://host; http://host (a simulator on this machine) -> ws://host."""
    return "ws" + public_url.removeprefix("http")
