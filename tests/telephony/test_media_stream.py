"""The WebSocket over a real server: who is let in, what ends a stream, and that it always ends."""

from __future__ import annotations

import base64
import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from flask import Flask
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from werkzeug.serving import make_server

from ivr.calls.line import Audio, Ended, Heard, KeyPressed, Line, Played, Started
from ivr.telephony.in_memory import Notes, RememberedTokens
from ivr.telephony.media_stream import StreamPorts, media_blueprint, serve_stream
from ivr.telephony.signature import SignatureCheck, sign
from ivr.telephony.stream_socket import StreamSocket
from ivr.vocabulary import CallId, Milliseconds
from tests.telephony.line_under_test import ACCOUNT, CALL, TOKEN, Time
from tests.telephony.scripted_socket import STREAM, ScriptedSocket, event, key, mark, media

PATIENCE_S = 10
"""How long a test waits for another thread before it fails."""
PUBLIC = "https://ivr.example.org"
SIGNED = sign(TOKEN, "wss://ivr.example.org/media")


def start(token: str, call: str = CALL, account: str = ACCOUNT, encoding: str = "audio/x-mulaw") -> str:
    body = {
        "accountSid": account,
        "streamSid": STREAM,
        "callSid": call,
        "tracks": ["inbound"],
        "mediaFormat": {"encoding": encoding, "sampleRate": 8000, "channels": 1},
        "customParameters": {"t": token},
    }
    return json.dumps({"event": "start", "sequenceNumber": "1", "streamSid": STREAM, "start": body})


CONNECTED = json.dumps({"event": "connected", "protocol": "Call", "version": "1.0.0"})


class Call:
    """The call on the line's side: collects what it hears until the end; `act` lets it use its line."""

    def __init__(self) -> None:
        self.heard: queue.Queue[Heard] = queue.Queue()
        self.started: list[Started] = []
        self.act: Callable[[Line, Heard], None] = lambda line, heard: None
        self.over = threading.Event()

    def serve(self, line: Line, started: Started) -> None:
        """The port's Serve."""
        self.started.append(started)
        try:
            while True:
                for heard in line.hear(Milliseconds(20)):
                    self.heard.put(heard)
                    if isinstance(heard, Ended):
                        return
                    self.act(line, heard)
        finally:
            self.over.set()

    def next(self) -> Heard:
        """What was heard next."""
        return self.heard.get(timeout=PATIENCE_S)


class Server:
    """The stream's route under a threaded server on a free port."""

    def __init__(self) -> None:
        self.notes, self.call, self.time = Notes(), Call(), Time()
        self.tokens = RememberedTokens(self.time)
        self.refusals: list[str] = []
        self.noted = threading.Condition()
        app = Flask(__name__)
        check = SignatureCheck((TOKEN,), PUBLIC, self.refusals.append)
        self.ports = StreamPorts(check, self.tokens, ACCOUNT, self, self.call.serve, self.time)
        app.register_blueprint(media_blueprint(self.ports))
        self.app = app
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def note(self, call_id: CallId, event: str, **fields: str) -> None:
        """A journal that can be waited for."""
        with self.noted:
            self.notes.note(call_id, event, **fields)
            self.noted.notify_all()

    def wait_for(self, event: str) -> dict[str, str]:
        """The fields of a note, once it was written."""
        with self.noted:
            assert self.noted.wait_for(lambda: event in self.notes.events(), PATIENCE_S), self.notes.notes
        return next(fields for _, name, fields in self.notes.notes if name == event)

    def open(self, signature: str | None = SIGNED, path: str = "/media") -> ClientConnection:
        """A WebSocket as the carrier opens it."""
        headers = {} if signature is None else {"X-Twilio-Signature": signature}
        return connect(
            f"ws://127.0.0.1:{self.server.port}{path}", additional_headers=headers, max_size=None, close_timeout=5
        )

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


def closed(client: ClientConnection) -> tuple[int, str]:
    """Read to the end; the close code and reason."""
    try:
        while True:
            client.recv(timeout=PATIENCE_S)
    except ConnectionClosed as gone:
        assert gone.rcvd is not None, "the connection broke instead of being closed"  # noqa: PT017 - read until it ends
        return gone.rcvd.code, gone.rcvd.reason


@pytest.mark.parametrize("signature", [None, "", "Zm9yZ2Vk", sign("other", "wss://ivr.example.org/media")])
def test_an_upgrade_that_is_not_signed_never_becomes_a_socket(server: Server, signature: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        server.open(signature)
    assert refused.value.response.status_code == 403
    assert server.refusals == ["forged" if signature else "missing"]
    assert server.call.started == []


@pytest.mark.parametrize("path", ["/media", "/media/"])
def test_a_signed_stream_with_its_token_is_a_call(server: Server, path: str) -> None:
    with server.open(path=path) as client:
        client.send(CONNECTED)
        client.send(start(server.tokens.issue(CALL)))
        client.send(media(2, 80))
        client.send(key(3, "5"))
        assert isinstance(server.call.next(), Audio)
        assert server.call.next() == KeyPressed("5")
        client.send(event("stop", 4, callSid=CALL))
        assert server.call.next() == Ended("caller")
        assert closed(client)[0] == 1000
    assert server.call.started == [Started(CALL, STREAM)]
    assert server.wait_for("stream_closed") == {"stream": STREAM, "dropped": ""}


def test_sound_marks_and_clear_go_out_and_the_mark_comes_back(server: Server) -> None:
    def answer(line: Line, heard: Heard) -> None:
        if isinstance(heard, Audio):
            line.play(heard.samples)
            line.mark("echo")
        if isinstance(heard, Played):
            line.flush()
            line.leave()

    server.call.act = answer
    with server.open() as client:
        client.send(start(server.tokens.issue(CALL)))
        client.send(media(2, 80, bytes(range(128, 228)) + b"\xff" * 60))
        sound, asked = json.loads(client.recv(PATIENCE_S)), json.loads(client.recv(PATIENCE_S))
        assert base64.b64decode(sound["media"]["payload"]) == bytes(range(128, 228)) + b"\xff" * 60
        client.send(mark(3, asked["mark"]["name"]))
        assert json.loads(client.recv(PATIENCE_S)) == {"event": "clear", "streamSid": STREAM}
        assert closed(client) == (1000, "")
    assert [type(server.call.next()) for _ in range(3)] == [Audio, Played, Ended]


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (start("guessed"), "used, foreign or late token"),
        (start(""), "used, foreign or late token"),
        (start("t", account="AC" + "f" * 32), "foreign account"),
        (start("t", encoding="audio/opus"), "unknown media format"),
        (media(2, 80), "sound before the start"),
        (key(2, "1"), "sound before the start"),
        ("nonsense", "bad message before the start: a message that is not JSON"),
    ],
)
def test_a_stream_that_does_not_begin_as_the_carriers_is_closed_as_refused(
    server: Server, message: str, why: str
) -> None:
    with server.open() as client:
        client.send(CONNECTED)
        client.send(message)
        assert closed(client) == (1008, why)
    assert server.wait_for("stream_refused") == {"why": why}
    assert server.call.started == []


def test_a_token_opens_one_stream(server: Server) -> None:
    token = server.tokens.issue(CALL)
    with server.open() as first, server.open() as second:
        first.send(start(token))
        first.send(key(2, "1"))
        assert server.call.next() == KeyPressed("1")
        second.send(start(token))
        assert closed(second)[0] == 1008
    assert len(server.call.started) == 1


def test_a_token_opens_no_other_call_and_none_after_a_minute(server: Server) -> None:
    token = server.tokens.issue(CALL)
    with server.open() as client:
        client.send(start(token, call="CA" + "d" * 32))
        assert closed(client)[0] == 1008
    server.time.now += 61
    with server.open() as client:
        client.send(start(token))
        assert closed(client)[0] == 1008
    assert server.call.started == []


def test_a_stream_that_says_nothing_is_closed_when_its_time_is_over(server: Server) -> None:
    scripted = ScriptedSocket()
    scripted.incoming.extend([CONNECTED, None])
    serve_stream(StreamSocket(scripted), server.ports)
    scripted.done()
    assert scripted.waits == [5.0, 5.0]
    assert scripted.closes == [(1008, "no start in time")]


def test_endless_talk_before_the_start_is_closed(server: Server) -> None:
    with server.open() as client:
        with suppress(ConnectionClosed):  # the line may have closed before the last of them is sent
            for _ in range(25):
                client.send(CONNECTED)
        assert closed(client) == (1008, "too many messages before the start")


def test_an_oversized_message_closes_the_stream_as_too_big_and_the_journal_knows(server: Server) -> None:
    with server.open() as client:
        client.send(start(server.tokens.issue(CALL)))
        client.send("x" * 70_000)
        assert closed(client)[0] == 1009
    assert server.call.next() == Ended("error")
    assert "65536 bytes" in server.wait_for("stream_closed")["dropped"]


def test_malformed_messages_are_dropped_counted_and_written_down(server: Server) -> None:
    with server.open() as client:
        client.send(start(server.tokens.issue(CALL)))
        client.send("{")
        client.send(b"\x00\x01")
        client.send("y" * 20_000)
        client.send(key(2, "7"))
        assert server.call.next() == KeyPressed("7")
    assert server.call.next() == Ended("error")
    dropped = server.wait_for("stream_closed")["dropped"]
    assert "a message that is not JSON: 1" in dropped
    assert "a binary frame: 1" in dropped
    assert "20000 characters" in dropped


def test_a_reset_connection_ends_the_call_as_an_error(server: Server) -> None:
    with server.open() as client:
        client.send(start(server.tokens.issue(CALL)))
        client.send(key(2, "1"))
        assert server.call.next() == KeyPressed("1")
        client.socket.shutdown(socket.SHUT_RDWR)
        assert server.call.next() == Ended("error")
    server.wait_for("stream_closed")


def test_a_peer_that_never_answers_our_close_keeps_no_thread_alive(server: Server) -> None:
    upgrade = (
        "GET /media HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"X-Twilio-Signature: {SIGNED}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.server.port), timeout=PATIENCE_S) as peer:
        peer.sendall(upgrade.encode())
        assert peer.recv(4_096).startswith(b"HTTP/1.1 101")
        peer.sendall(b"\x81\x82\x00\x00\x00\x00{}")
        while peer.recv(4_096):
            pass
        for thread in threading.enumerate():
            if "simple_websocket" in thread.name:
                thread.join(PATIENCE_S)
                assert not thread.is_alive()
    assert "stream_refused" in server.notes.events()


def test_a_call_that_fails_closes_its_stream_and_leaves_a_trace(server: Server) -> None:
    def fail(line: Line, heard: Heard) -> None:
        raise RuntimeError("a defect")

    server.call.act = fail
    with server.open() as client:
        client.send(start(server.tokens.issue(CALL)))
        client.send(key(2, "1"))
        assert closed(client)[0] == 1011
    assert server.wait_for("stream_failed") == {"error": "RuntimeError"}
    server.wait_for("stream_closed")


def test_an_ordinary_request_is_no_stream(server: Server) -> None:
    assert server.app.test_client().get("/media", headers={"X-Twilio-Signature": SIGNED}).status_code in (400, 404)


def test_pings_and_a_limit_are_set_unless_the_application_chose_its_own(server: Server) -> None:
    assert server.app.config["SOCK_SERVER_OPTIONS"] == {"ping_interval": 10, "max_message_size": 65_536}
