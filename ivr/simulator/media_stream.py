"""One bidirectional media stream, from the carrier's side: 20 ms frames both ways on absolute deadlines."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ivr.simulator.air import CallerGone, Redirected
from ivr.simulator.call import SimulatedCall
from ivr.simulator.g711 import FRAME, SILENCE
from ivr.simulator.playout import PlayOut
from ivr.simulator.stream_messages import Clear, Mark, Sound, Writer, read
from ivr.simulator.stream_socket import StreamFailed, StreamSocket, open_socket
from ivr.simulator.verbs_sound import KEY_TONES
from ivr.simulator.webhooks import signature

OPEN_LIMIT = 5.0
"""Seconds for connection and upgrade (the carrier's own limit is not documented)."""


@dataclass(slots=True)
class Outgoing:
    """Messages on their way to the line, each due at a moment of the clock, in order."""

    queue: deque[tuple[float, str]] = field(default_factory=deque)

    def add(self, due: float, text: str) -> None:
        """Queue behind what is queued, never earlier than that."""
        self.queue.append((max(due, self.queue[-1][0]) if self.queue else due, text))

    def due(self, now: float) -> list[str]:
        """Take out what is due."""
        ready = []
        while self.queue and self.queue[0][0] <= now:
            ready.append(self.queue.popleft()[1])
        return ready

    def next_due(self, limit: float) -> float:
        """The moment of the next one, `limit` at the latest."""
        return min(limit, self.queue[0][0]) if self.queue else limit


class MediaStream:
    """Lives from the upgrade to the close. Runs in the call's thread."""

    def __init__(
        self, call: SimulatedCall, url: str, parameters: Mapping[str, str], opened: Callable[[], None]
    ) -> None:
        """opened: called once the upgrade is done."""
        self.sid = call.world.identifiers.new("MZ")
        self._call, self._url, self._parameters, self._opened = call, url, parameters, opened
        self._options = call.world.options.stream
        self._random = call.world.random(call.world.next_name("stream"))
        self._playout = PlayOut()
        self._played_marks: list[str] = []
        self._outgoing = Outgoing()
        self._complained: set[int] = set()
        self._began = 0.0
        self._tone = b""
        self._dry_since = 0
        first = 60 + self._random.randrange(51)
        self._writer = Writer(call.world.account_sid, call.sid, self.sid, first)

    def run(self) -> None:
        """Open, talk until either side ends it, close. Raises StreamFailed, CallerGone, Redirected."""
        socket = self._open()
        clock = self._call.world.clock
        self._began = clock.now()
        self._call.streams += 1
        self._opened()
        # A caller is on the air all the time; the grid goes on where it was, so frames due by now leave at once.
        try:
            socket.send(Writer.connected())
            socket.send(self._writer.start(self._parameters))
            while self._receive_until(socket, self._call.air.next_deadline):
                self._exchange(socket)
        except (CallerGone, Redirected):
            self._say_goodbye(socket)
            raise
        finally:
            self._call.log.write(
                "stream_closed", stream=self.sid, code=socket.close_code, dropped=self._playout.waiting
            )
            socket.close()
        if socket.close_code == 1006:
            raise StreamFailed(31903, "the connection broke while active")

    def _open(self) -> StreamSocket:
        scheme = self._url.partition("://")[0]
        if scheme not in ("wss", "ws") or (scheme == "ws" and not self._options.allow_plain):
            raise StreamFailed(31922, f"{self._url} is not wss")
        world = self._call.world
        limit = world.clock.real_seconds(OPEN_LIMIT)
        return world.clock.run(
            lambda: open_socket(
                self._url, lambda url: signature(world.auth_token, url, {}), limit, self._options.trailing_slash
            ),
            self._call.air.wait_quietly,
        )

    def _receive_until(self, socket: StreamSocket, deadline: float) -> bool:
        """Take in what comes until the frame is due, and send what is due; False once the socket is closed."""
        clock = self._call.world.clock
        while socket.is_open:
            now = clock.now()
            for text in self._outgoing.due(now):
                self._send(socket, text)
            if now >= deadline:
                return socket.is_open
            until = self._outgoing.next_due(deadline)
            if self._is_deaf(now):
                clock.sleep_until(until)
                continue
            for message in socket.receive(clock.real_seconds(until - now)):
                self._obey(message)
        return False

    def _is_deaf(self, now: float) -> bool:
        since = now - self._began - self._options.deaf_from_s
        return 0 <= since < self._options.deaf_for_s

    def _exchange(self, socket: StreamSocket) -> None:
        """One frame both ways. A mark comes back when its last byte has been played, not when it begins to."""
        now = self._call.air.next_deadline
        for name in self._played_marks:
            self._return_mark(name, "mark_played", now)
        frame, self._played_marks = self._playout.take()
        if self._playout.waiting or frame != SILENCE:
            self._dry_since = self._call.air.frames + 1
        said = self._call.air.exchange(frame)
        for key in said.keys:
            self._outgoing.add(now, self._writer.dtmf(key))
            self._tone += KEY_TONES.get(key, b"") if self._options.key_tones else b""
        outgoing, self._tone = (self._tone[:FRAME] or said.frame), self._tone[FRAME:]
        self._send_frame(outgoing, now)
        if 0 < self._options.reset_after_s < now - self._began and self._call.streams == 1:
            self._call.log.write("stream_reset", stream=self.sid)
            socket.reset()

    def _send_frame(self, frame: bytes, now: float) -> None:
        options = self._options
        if options.loss and self._random.random() < options.loss:
            self._writer.skip()
            return
        late = self._random.random() * options.jitter_ms / 1000
        position = self._call.air.frames % 50
        if position < options.burst_frames:
            late += (options.burst_frames - position) * 0.02
        self._outgoing.add(now + late, self._writer.media(frame))

    def _obey(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            self._complain(31950, "sent a binary frame")
            return
        said = read(message, self.sid)
        now = self._call.air.next_deadline
        match said:
            case Sound(payload):
                self._note_gap()
                self._playout.push(payload)
            case Mark(name):
                for returned in self._playout.mark(name):
                    self._return_mark(returned, "mark_played", now)
            case Clear():
                self._clear(now)
            case str():
                self._complain(31951, said)

    def _note_gap(self) -> None:
        """Sound that comes after the queue ran dry in mid-sentence came late: the caller heard a hole."""
        if self._playout.waiting == 0 and not self._playout.ends_with_mark:
            self._call.log.write("starved", ms=(self._call.air.frames - self._dry_since) * 20)

    def _clear(self, now: float) -> None:
        for name in self._played_marks:
            self._return_mark(name, "mark_played", now)
        self._played_marks = []
        self._call.log.write("cleared", dropped=self._playout.waiting)
        for name in self._playout.clear():
            self._return_mark(name, "mark_flushed", now)

    def _return_mark(self, name: str, kind: str, now: float) -> None:
        self._call.log.write(kind, mark=name)
        self._outgoing.add(now, self._writer.mark(name))

    def _complain(self, code: int, what: str) -> None:
        """Once per code and stream; the message is ignored and the socket says nothing."""
        if code not in self._complained:
            self._complained.add(code)
            self._call.violated(code, "stream", what)

    def _send(self, socket: StreamSocket, text: str) -> None:
        if not socket.is_open:
            return
        try:
            socket.send(text)
        except StreamFailed:
            return  # the socket is closed now; the loop sees it

    def _say_goodbye(self, socket: StreamSocket) -> None:
        for text in self._outgoing.due(float("inf")):
            self._send(socket, text)
        self._send(socket, self._writer.stop())


def stream_event(call: SimulatedCall, verb: Mapping[str, str], sid: str, event: str, error: str = "") -> None:
    """Post a stream's status callback; `verb` holds the attributes of <Stream>, addresses absolute."""
    call.log.write(event.replace("-", "_"), stream=sid, error=error)
    callback = verb.get("statusCallback", "")
    if not callback:
        return
    fields = {
        "AccountSid": call.world.account_sid,
        "CallSid": call.sid,
        "StreamSid": sid,
        "StreamName": verb.get("name", sid),
        "StreamEvent": event,
        "Timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if error:
        fields["StreamError"] = error
    call.tell(callback, verb.get("statusCallbackMethod", "POST"), fields)
