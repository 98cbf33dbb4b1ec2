"""The WebSocket of one stream: reading with a limit, writing that never waits, closing on every path."""

from __future__ import annotations

import select
import socket
from collections import deque
from contextlib import suppress
from typing import Any, Protocol

from simple_websocket import ConnectionClosed
from wsproto.utilities import LocalProtocolError

from ivr.errors import LineClosed
from ivr.vocabulary import Milliseconds

NORMAL, POLICY, BROKEN = 1000, 1008, 1011
"""Close codes (RFC 6455, 7.4.1): done, refused, a failure of ours."""
LARGEST_FRAME = 65_536
"""Bytes; simple-websocket ends a stream that sends more with 1009 (too big)."""
SOCKET_OPTIONS = {"ping_interval": 10, "max_message_size": LARGEST_FRAME}
"""For flask-sock: pings find a dead peer within 20 s."""
LONGEST_QUEUE = 250
"""Messages that wait for a carrier that does not read: 5 s of sound at the least. Then the line is given up."""


CLOSE_WITHIN_S = 1.0
"""How long the other side gets to answer our close; the call is over for the caller at once."""


class Reader(Protocol):
    """The thread in which simple_websocket reads."""

    def join(self, timeout: float | None = None) -> None: ...


class ServerSocket(Protocol):
    """What is used of simple_websocket's Server."""

    sock: socket.socket
    connected: bool
    thread: Reader
    incoming_message_len: int
    close_reason: Any

    def receive(self, timeout: float | None = None) -> str | bytes | None: ...

    def send(self, data: str) -> None: ...

    def close(self, reason: int | None = None, message: str | None = None) -> None: ...


class StreamSocket:
    """Used by the thread that owns the stream alone."""

    def __init__(self, server: ServerSocket) -> None:
        self._server = server
        self._writable = select.poll()
        self._writable.register(server.sock, select.POLLOUT)
        self._unsent: deque[tuple[str, str]] = deque()
        self._closed = False

    def receive(self, wait: Milliseconds) -> str | bytes | None:
        """The next message, waiting at most `wait`; None: there is none. Raises LineClosed when the stream is gone."""
        self.drain()
        try:
            return self._server.receive(timeout=wait / 1_000)
        except ConnectionClosed as gone:
            raise LineClosed(self._why(gone)) from None

    def send(self, text: str, name: str = "") -> None:
        """Queue a message behind those that wait, and send what can be sent at once. Raises LineClosed.

        name: given back by `drop` if the message never left.
        """
        self._unsent.append((text, name))
        self.drain()
        if len(self._unsent) > LONGEST_QUEUE:
            self.close(BROKEN, "not read")
            raise LineClosed("the carrier does not read what it is sent")

    def drain(self) -> None:
        """Send what waits while the system takes it without waiting. Raises LineClosed."""
        while self._unsent and self._has_space():
            text, _ = self._unsent[0]
            try:
                self._server.send(text)
            except (ConnectionClosed, OSError, LocalProtocolError) as gone:
                raise LineClosed(f"the stream broke while it was written ({type(gone).__name__})") from None
            self._unsent.popleft()

    def drop(self) -> list[str]:
        """Throw away what has not left; returns the names among it, in order."""
        names = [name for _, name in self._unsent if name]
        self._unsent.clear()
        return names

    def close(self, code: int, why: str) -> None:
        """End the stream. Idempotent, never waits and never raises."""
        if self._closed:
            return
        self._closed = True
        # Where there is no space the close frame would wait behind what the carrier does not read.
        how = socket.SHUT_WR if self._has_space() else socket.SHUT_RDWR
        with suppress(ConnectionClosed, OSError, LocalProtocolError):  # closed already
            if how == socket.SHUT_WR:
                self._server.close(code, why)
        with suppress(OSError):  # gone already
            # Nothing of ours follows the close frame; without this, both sides may wait for the other to hang up.
            self._server.sock.shutdown(how)

    def finish(self) -> None:
        """Wait for the other side's close, CLOSE_WITHIN_S or little more, so that no thread outlives its stream."""
        self.close(NORMAL, "")
        self._server.thread.join(CLOSE_WITHIN_S)
        with suppress(OSError):  # gone already
            # Wakes a reader whose peer never answered; it would sleep until its next ping.
            self._server.sock.shutdown(socket.SHUT_RDWR)
        # Until it has seen the end: a descriptor that the server closes first would take the news with it.
        self._server.thread.join(CLOSE_WITHIN_S)

    def _has_space(self) -> bool:
        """True when a message of 2 kB goes into the system's buffer without waiting.

        Linux reports a TCP socket writable only while a third of its buffer (at least 16 kB) is free.
        """
        try:
            return bool(self._writable.poll(0))
        except ValueError:
            return True  # the descriptor is closed: let the write say so

    def _why(self, gone: Exception) -> str:
        if self._server.incoming_message_len > LARGEST_FRAME:
            return f"a message of more than {LARGEST_FRAME} bytes"
        return f"closed by the other side ({int(getattr(gone, 'reason', 0) or 0)})"
