"""The agency's system over HTTP (docs/agency-api.yaml).

A request that fails before it reached the agency is tried once more where it only reads; nothing else is repeated
here. Logs and errors hold the operation and what went wrong, never a value.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import structlog

from ivr.errors import AgencyFailed

log = structlog.get_logger()

ANSWER_S = 3.0
"""A later answer counts as none (docs/agency-api.yaml)."""
REACH_S = 1.0
"""For a connection, and for a free place in the pool."""
LARGEST_ANSWER = 1024 * 1024


@dataclass(frozen=True, slots=True)
class AgencyAddress:
    """Where the agency's system is, and how the line shows who it is."""

    url: str
    """Up to the version: https://agency.example/agency/v1"""
    token: str
    connections: int = 20
    """At most so many at once; the pool of errands is no larger."""
    answer_s: float = ANSWER_S


class AgencyClient:
    """Asks the agency; shared by all threads and by every adapter. close() when the process ends."""

    def __init__(self, address: AgencyAddress, transport: httpx.BaseTransport | None = None) -> None:
        self._answer_s = address.answer_s
        self._client = httpx.Client(
            base_url=address.url,
            headers={"Authorization": f"Bearer {address.token}", "Accept": "application/json"},
            timeout=httpx.Timeout(REACH_S, read=address.answer_s),
            limits=httpx.Limits(max_connections=address.connections, max_keepalive_connections=address.connections),
            transport=transport,
            trust_env=False,  # a proxy of the environment must not see the citizens
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def is_well(self) -> bool:
        """Does it answer at all? For /readyz and `openline check`."""
        try:
            return bool(self.ask("health", "GET", "/health") == {"status": "ok"})
        except AgencyFailed:
            return False

    def ask(
        self, operation: str, method: str, path: str, body: Mapping[str, Any] | None = None, key: str | None = None
    ) -> Any:
        """The JSON of its answer. Raises AgencyFailed. `key` makes repeats harmless (Idempotency-Key)."""
        headers = {} if key is None else {"Idempotency-Key": key}
        request = self._client.build_request(method, path, json=body, headers=headers)
        began = time.monotonic()
        try:
            answer = self._send(request, began)
        except httpx.HTTPError as error:
            log.warning("agency_away", operation=operation, kind=type(error).__name__)
            raise AgencyFailed(f"the agency did not answer ({operation}: {type(error).__name__})") from None
        spent_ms = round(1_000 * (time.monotonic() - began))
        log.info("agency_answered", operation=operation, status=answer.status_code, spent_ms=spent_ms)
        return _content(operation, answer)

    def _send(self, request: httpx.Request, began: float) -> httpx.Response:
        try:
            return self._read(request, began)
        except httpx.ConnectError:
            if request.method != "GET":
                raise
            return self._read(request, began)

    def _read(self, request: httpx.Request, began: float) -> httpx.Response:
        """Send and read; the client's own limits hold for each step, this one for the whole."""
        answer = self._client.send(request, stream=True)
        try:
            pieces, size = [], 0
            for piece in answer.iter_bytes():
                pieces.append(piece)
                size += len(piece)
                if size > LARGEST_ANSWER:
                    raise httpx.DecodingError("the answer is too large")
                if time.monotonic() - began > self._answer_s:
                    raise httpx.ReadTimeout("the answer took too long")
        finally:
            answer.close()
        return httpx.Response(answer.status_code, content=b"".join(pieces))


def _content(operation: str, answer: httpx.Response) -> Any:
    if not answer.is_success:
        raise AgencyFailed(f"the agency refused ({operation}: status {answer.status_code})")
    try:
        return answer.json()
    except ValueError:
        raise AgencyFailed(f"the agency's answer is no JSON ({operation})") from None
