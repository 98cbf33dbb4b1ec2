"""A REST interface that answers from a script over real HTTP."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class ScriptedApi:
    """What was asked, and what is answered: (status, JSON)."""

    def __init__(self) -> None:
        self.answers: deque[tuple[int, dict[str, Any]]] = deque()
        self.asked: list[tuple[str, str, dict[str, list[str]]]] = []
        """Method, path, fields of query or form."""
        self.authorizations: set[str] = set()
        self.url = ""

    def refuse(self, status: int, code: int) -> None:
        """The next answer is an error of the carrier's."""
        self.answers.append((status, {"code": code, "message": "refused", "status": status}))

    def carry_out(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        target = urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0)).decode()
        fields: dict[str, list[str]] = {}
        for name, value in parse_qsl(target.query + "&" + body):
            fields.setdefault(name, []).append(value)
        self.asked.append((handler.command, target.path, fields))
        self.authorizations.add(handler.headers.get("Authorization", ""))
        status, content = self.answers.popleft()
        text = json.dumps(content).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)


@contextmanager
def scripted_api() -> Iterator[ScriptedApi]:
    """The interface on a free port of this machine."""
    api = ScriptedApi()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            api.carry_out(self)

        def do_POST(self) -> None:
            api.carry_out(self)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
