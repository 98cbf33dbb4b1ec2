"""A WebSocket that says what a test wrote down, and refuses what the real one refuses."""

from __future__ import annotations

import base64
import json
import socket
from collections import deque
from typing import Any

from simple_websocket import ConnectionClosed

STREAM = "MZ" + "c" * 32


class NoReader:
    """The thread of a socket that nothing is read from."""

    def join(self, timeout: float | None = None) -> None:
        """Over already."""


class ScriptedSocket:
    """Stands for simple_websocket's Server. Its system socket is real, so that a full buffer is a full buffer."""

    def __init__(self) -> None:
        self.sock, self.peer = socket.socketpair()
        self.connected = True
        self.thread = NoReader()
        self.incoming_message_len = 0
        self.close_reason = 1005
        self.incoming: deque[str | bytes | None] = deque()
        """None: nothing comes within the wait. Empty: the other side has closed."""
        self.waits: list[float | None] = []
        self.sent: list[dict[str, Any]] = []
        self.closes: list[tuple[int | None, str | None]] = []

    def receive(self, timeout: float | None = None) -> str | bytes | None:
        """The next message of the script."""
        self.waits.append(timeout)
        if not self.incoming or not self.connected:
            self.connected = False
            raise ConnectionClosed(1006, None)
        return self.incoming.popleft()

    def send(self, data: str) -> None:
        """Note a message."""
        if not self.connected:
            raise ConnectionClosed(self.close_reason, None)
        self.sent.append(json.loads(data))

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Note the close."""
        if not self.connected:
            raise ConnectionClosed(self.close_reason, None)
        self.closes.append((reason, message))
        self.connected = False

    def fill(self) -> None:
        """The other side stops reading: fill the system's buffer."""
        self.sock.setblocking(False)
        try:
            while True:
                self.sock.send(b"x" * 4_096)
        except BlockingIOError:
            self.sock.setblocking(True)

    def read_all(self) -> None:
        """The other side reads again."""
        self.peer.setblocking(False)
        try:
            while self.peer.recv(65_536):
                pass
        except BlockingIOError:
            return

    def done(self) -> None:
        """Close the system sockets."""
        self.sock.close()
        self.peer.close()


def event(kind: str, sequence: int, stream: str = STREAM, **body: object) -> str:
    """A message of the carrier's behind the start."""
    message = {"event": kind, "sequenceNumber": str(sequence), "streamSid": stream}
    return json.dumps(message | ({kind: body} if body else {}))


def media(sequence: int, at: int, payload: bytes = b"\xff" * 160) -> str:
    """A frame of the caller's sound."""
    encoded = base64.b64encode(payload).decode()
    return event("media", sequence, track="inbound", chunk="1", timestamp=str(at), payload=encoded)


def mark(sequence: int, name: str) -> str:
    """A mark that comes back."""
    return event("mark", sequence, name=name)


def key(sequence: int, digit: str) -> str:
    """A key."""
    return event("dtmf", sequence, track="inbound_track", digit=digit)
