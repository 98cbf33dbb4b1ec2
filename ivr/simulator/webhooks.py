"""The carrier's requests to the line: signed, retried, redirected, with the call's cookies."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

import httpx
from twilio.request_validator import RequestValidator

from ivr.simulator.call_log import CallLog
from ivr.simulator.clock import Clock

MAX_BODY = 64 * 1024
"""Bytes of a TwiML document; more is error 11750."""
MAX_REDIRECTS = 10
"""More is error 11215."""


class WebhookFailed(Exception):
    """No usable answer came. `code` is Twilio's error code, `url` the address that failed."""

    def __init__(self, code: int, url: str, why: str) -> None:
        super().__init__(f"{code}: {why} ({url})")
        self.code, self.url = code, url


@dataclass(frozen=True, slots=True)
class Answer:
    """What the line answered."""

    url: str
    """Where it came from, after redirects and without a fragment; relative addresses are resolved against it."""
    status: int
    content_type: str
    """Without parameters, lower case."""
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Overrides:
    """Time limits and retries of one webhook, from its URL's fragment (`#ct=2000&rc=2&rp=ct,5xx`). Milliseconds."""

    connect: int = 5_000
    read: int = 15_000
    total: int = 15_000
    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})

    @classmethod
    def parse(cls, fragment: str) -> Overrides:
        """Read a fragment; unknown keys are ignored. Raises WebhookFailed 11100 where a value is out of its range."""
        given = dict(parse_qsl(fragment))
        policy = frozenset(given.get("rp", "ct").split(","))
        if not policy <= {"4xx", "5xx", "ct", "rt", "all"}:
            raise WebhookFailed(11100, f"#{fragment}", "rp names an unknown policy")
        return cls(
            connect=_within(given, "ct", 5_000, 100, 10_000),
            read=_within(given, "rt", 15_000, 100, 15_000),
            total=_within(given, "tt", 15_000, 100, 15_000),
            retries=_within(given, "rc", 1, 0, 5),
            policy=policy,
        )

    def retries_on(self, what: str) -> bool:
        """what: ct, rt, 4xx, 5xx."""
        return what in self.policy or "all" in self.policy


def _within(given: Mapping[str, str], key: str, default: int, low: int, high: int) -> int:
    text = given.get(key, str(default))
    if not text.isdecimal() or not low <= int(text) <= high:
        raise WebhookFailed(11100, f"#{key}={text}", f"{key} must be {low} to {high}")
    return int(text)


def signed_form(url: str) -> str:
    """The URL as it goes into the signature: no fragment, no user, and no port where it is HTTPS."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.port and parts.scheme not in ("https", "wss"):
        host += f":{parts.port}"
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


def signature(token: str, url: str, fields: Mapping[str, str]) -> str:
    """X-Twilio-Signature of a request, fields being the form's (empty for GET and for a WebSocket)."""
    validator = RequestValidator(token)
    text: str = validator.compute_signature(signed_form(url), dict(fields))
    return text


class Webhooks:
    """One call's requests to the line. Requests of one call never overlap."""

    def __init__(self, token: str, clock: Clock, log: CallLog, transport: httpx.BaseTransport, seed: int) -> None:
        """transport: shared by all calls; stays open."""
        self._token, self._clock, self._log = token, clock, log
        # Without the environment's proxies: each would get a TLS context, 30 ms in which no other call's frame leaves.
        self._client = httpx.Client(transport=transport, follow_redirects=False, trust_env=False)
        self._random = random.Random(seed)

    def fetch(self, method: str, url: str, fields: Mapping[str, str]) -> Answer:
        """Ask for a document or tell of a status, and follow redirects.

        Raises WebhookFailed: 11200 for a 4xx, 5xx, time-out or refused connection, 11215, 11750, 11100.
        """
        if urlsplit(url).scheme not in ("http", "https"):
            raise WebhookFailed(11100, url, "is no http(s) URL")
        rules = Overrides.parse(urlsplit(url).fragment)
        deadline = self._clock.now() + rules.total / 1000
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._with_retries(method, url, fields, rules, deadline)
            if answer.status not in (301, 302, 303, 307, 308):
                return self._judged(answer)
            url = urljoin(answer.url, answer.location)
            if answer.status in (301, 302, 303):
                method, fields = "GET", {}  # the form is lost on the way, as it is at the real carrier
        raise WebhookFailed(11215, url, "too many redirects")

    def _judged(self, answer: _Raw) -> Answer:
        if answer.status >= 400:
            raise WebhookFailed(11200, answer.url, f"answered {answer.status}")
        if len(answer.body) > MAX_BODY and not answer.content_type.startswith("audio/"):
            raise WebhookFailed(11750, answer.url, f"answered {len(answer.body)} bytes")
        return Answer(answer.url, answer.status, answer.content_type, answer.body)

    def _with_retries(self, method: str, url: str, fields: Mapping[str, str], rules: Overrides, end: float) -> _Raw:
        headers = {"I-Twilio-Idempotency-Token": f"{self._random.getrandbits(128):032x}"}
        for attempt in range(rules.retries + 1):
            last = attempt == rules.retries
            try:
                answer = self._once(method, url, fields, headers, rules, end)
            except WebhookFailed:
                raise
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                if last or not rules.retries_on("ct") or self._clock.now() >= end:
                    raise WebhookFailed(11200, url, f"cannot connect: {error}") from error
            except httpx.HTTPError as error:
                if last or not rules.retries_on("rt") or self._clock.now() >= end:
                    raise WebhookFailed(11200, url, f"no answer: {type(error).__name__}") from error
            else:
                if last or answer.status < 400 or not rules.retries_on(f"{answer.status // 100}xx"):
                    return answer
            self._log.write("webhook_retried", url=url, attempt=attempt + 1)
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self, method: str, url: str, fields: Mapping[str, str], headers: dict[str, str], rules: Overrides, end: float
    ) -> _Raw:
        target = urlunsplit(urlsplit(url)._replace(fragment=""))
        if method == "GET" and fields:
            target = str(httpx.URL(target).copy_merge_params(dict(fields)))
        form = dict(fields) if method == "POST" else {}
        left = max(0.05, end - self._clock.now())
        limits = httpx.Timeout(
            self._clock.real_seconds(min(left, rules.read / 1000)),
            connect=self._clock.real_seconds(min(left, rules.connect / 1000)),
        )
        signed = {
            **headers,
            "X-Twilio-Signature": signature(self._token, target, form),
            "User-Agent": "TwilioProxy/1.1",
        }
        began = self._log.now_ms()
        with self._client.stream(method, target, data=form or None, headers=signed, timeout=limits) as response:
            body = self._body(response, target, end)
        took = self._log.now_ms() - began
        self._log.write("webhook", method=method, url=target, status=response.status_code, ms=took, fields=form)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return _Raw(target, response.status_code, kind, body, response.headers.get("Location", ""))

    def _body(self, response: httpx.Response, url: str, end: float) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if self._clock.now() > end:
                raise WebhookFailed(11200, url, "took longer than 15 s in all")
        return bytes(body)


@dataclass(frozen=True, slots=True)
class _Raw:
    """An answer before it is judged."""

    url: str
    status: int
    content_type: str
    body: bytes
    location: str
