"""The WebSocket of one stream, driven by one thread: websockets' protocol without threads of its own.

The frames of a call leave on a 20 ms grid; with a reading thread for each socket, two processors could not keep
the grid of 20 calls, and not reading (back-pressure) could not be simulated.
"""

from __future__ import annotations

import socket
import ssl
import struct
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.datastructures import Headers
from websockets.exceptions import InvalidHandshake, InvalidURI
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

SEND_LIMIT = 5.0
"""Seconds the line may refuse to take our bytes before the stream counts as broken."""


class StreamFailed(Exception):
    """The stream could not be opened (319xx) or broke off. `code` is Twilio's."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code


class StreamSocket:
    """An open WebSocket; one thread."""

    def __init__(self, sock: socket.socket, protocol: ClientProtocol) -> None:
        self._socket, self._protocol = sock, protocol
        self._partial: tuple[Opcode, bytearray] | None = None

    @property
    def is_open(self) -> bool:
        """False once either side closed or broke it."""
        return self._protocol.state is State.OPEN

    @property
    def close_code(self) -> int:
        """What the line closed with, 1000 and the like; 1006 where the connection just ended."""
        received = self._protocol.close_rcvd
        return received.code if received else 1006

    def send(self, text: str) -> None:
        """Send a text frame. Raises StreamFailed 31903 where the connection is gone."""
        self._protocol.send_text(text.encode())
        self._flush()

    def receive(self, wait: float) -> list[str | bytes]:
        """Messages that came within `wait` real seconds; returns as soon as there is one. May be empty."""
        self._socket.settimeout(max(wait, 0.0005))
        try:
            received = self._socket.recv(65_536)
        except (TimeoutError, ssl.SSLWantReadError, BlockingIOError):
            return []
        except OSError:
            received = b""
        if received:
            self._protocol.receive_data(received)
        else:
            self._protocol.receive_eof()
        messages = list(self._messages())
        self._flush_politely()
        return messages

    def _messages(self) -> list[str | bytes]:
        complete: list[str | bytes] = []
        for event in self._protocol.events_received():
            if not isinstance(event, Frame) or event.opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                continue  # pings are answered and closes echoed by the protocol itself
            if event.opcode is not Opcode.CONT:
                self._partial = (event.opcode, bytearray())
            if self._partial is None:
                continue
            opcode, gathered = self._partial
            gathered += event.data
            if event.fin:
                self._partial = None
                complete.append(gathered.decode("utf-8", "replace") if opcode is Opcode.TEXT else bytes(gathered))
        return complete

    def close(self) -> None:
        """Say goodbye with 1000, wait a moment for the answer, let go."""
        if self.is_open:
            self._protocol.send_close(1000)
            self._flush_politely()
            end = time.monotonic() + 1.0
            while self._protocol.state is not State.CLOSED and time.monotonic() < end:
                self.receive(0.1)
        self._socket.close()

    def reset(self) -> None:
        """Break the TCP connection off, as a network failure does: the line sees 1006."""
        plain = struct.pack("ii", 1, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, plain)
        self._socket.close()
        self._protocol.receive_eof()

    def _flush(self) -> None:
        pieces = self._protocol.data_to_send()
        self._socket.settimeout(SEND_LIMIT)
        try:
            for piece in pieces:
                if piece:
                    self._socket.sendall(piece)
        except OSError as error:
            self._protocol.receive_eof()
            raise StreamFailed(31903, f"the connection broke: {error}") from error

    def _flush_politely(self) -> None:
        try:
            self._flush()
        except StreamFailed:
            return  # the state says so already; the reader asks is_open


def open_socket(url: str, sign: Callable[[str], str], wait: float, trailing_slash: bool = False) -> StreamSocket:
    """Connect and upgrade within `wait` real seconds.

    url: as in TwiML; its query is dropped. sign: makes the signature of an address. Raises StreamFailed:
    31923 malformed, 31902 refused, 31901 no answer, 31910 TLS, 31920 an answer other than 101.
    """
    try:
        parts = urlsplit(url)._replace(query="", fragment="")
        if trailing_slash and not parts.path.endswith("/"):
            parts = parts._replace(path=parts.path + "/")
        uri = parse_uri(parts.geturl())
    except (InvalidURI, ValueError) as error:
        raise StreamFailed(31923, f"{url} is malformed") from error
    end = time.monotonic() + wait
    sock = _connect(uri.host, uri.port, uri.secure, end)
    protocol = ClientProtocol(uri, max_size=2**24)
    try:
        _shake_hands(sock, protocol, sign(parts.geturl()), end)
    except StreamFailed:
        sock.close()
        raise
    return StreamSocket(sock, protocol)


def _connect(host: str, port: int, secure: bool, end: float) -> socket.socket:
    try:
        sock = socket.create_connection((host, port), timeout=max(0.01, end - time.monotonic()))
    except TimeoutError as error:
        raise StreamFailed(31901, f"{host}:{port} does not answer") from error
    except OSError as error:
        raise StreamFailed(31902, f"{host}:{port} refuses: {error}") from error
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if not secure:
        return sock
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except (ssl.SSLError, OSError) as error:
        sock.close()
        raise StreamFailed(31910, f"TLS with {host}:{port} failed: {error}") from error


def _shake_hands(sock: socket.socket, protocol: ClientProtocol, signature: str, end: float) -> None:
    request = protocol.connect()
    request.headers.update(Headers({"X-Twilio-Signature": signature, "User-Agent": "Twilio.TmeWs/1.0"}))
    protocol.send_request(request)
    try:
        for piece in protocol.data_to_send():
            sock.sendall(piece)
        while protocol.state is State.CONNECTING and protocol.handshake_exc is None:
            sock.settimeout(max(0.01, end - time.monotonic()))
            received = sock.recv(65_536)
            if not received:
                raise StreamFailed(31921, "the line closed during the handshake")
            protocol.receive_data(received)
    except TimeoutError as error:
        raise StreamFailed(31901, "no answer to the upgrade") from error
    except OSError as error:
        raise StreamFailed(31902, f"the connection broke: {error}") from error
    if isinstance(protocol.handshake_exc, InvalidHandshake | EOFError):
        raise StreamFailed(31920, f"the upgrade was answered otherwise: {protocol.handshake_exc}")
