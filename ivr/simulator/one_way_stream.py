"""<Start><Stream>: the call's sound goes to a socket of the line beside whatever the call does; nothing comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.simulator.call import SimulatedCall
from ivr.simulator.stream_messages import Writer
from ivr.simulator.stream_socket import StreamFailed, open_socket
from ivr.simulator.webhooks import signature

OPEN_LIMIT = 5.0
TRACKS = {
    "inbound_track": ("inbound",),
    "outbound_track": ("outbound",),
    "both_tracks": ("inbound", "outbound"),
}


class OneWayStream:
    """Listens on the call's air until the call ends or the line closes. In the call's thread; sends no keys."""

    def __init__(self, call: SimulatedCall, url: str, track: str, parameters: Mapping[str, str]) -> None:
        """track: inbound_track, outbound_track, both_tracks. Raises StreamFailed."""
        self.sid = call.world.identifiers.new("MZ")
        world = call.world
        scheme = url.partition("://")[0]
        if scheme not in ("wss", "ws") or (scheme == "ws" and not world.options.stream.allow_plain):
            raise StreamFailed(31922, f"{url} is not wss")
        self._tracks = TRACKS[track]
        self._socket = world.clock.run(
            lambda: open_socket(
                url, lambda address: signature(world.auth_token, address, {}), world.clock.real_seconds(OPEN_LIMIT)
            ),
            call.air.wait_quietly,
        )
        first = 60 + world.random(world.next_name("stream")).randrange(51)
        self._writer = Writer(world.account_sid, call.sid, self.sid, first, self._tracks)
        self._send(Writer.connected())
        self._send(self._writer.start(parameters))

    def listen(self, said: bytes, played: bytes) -> None:
        """One frame both ways."""
        if not self._socket.is_open:
            return
        self._socket.receive(0)  # answers pings and sees the close; what it says is ignored
        frames = {"inbound": said, "outbound": played}
        for track in self._tracks:
            self._send(self._writer.media(frames[track], track, is_last=track == self._tracks[-1]))

    def end(self) -> None:
        """The call is over."""
        self._send(self._writer.stop())
        self._socket.close()

    def _send(self, text: str) -> None:
        if not self._socket.is_open:
            return
        try:
            self._socket.send(text)
        except StreamFailed:
            return  # the socket is closed now, and the call goes on


Told = Callable[[str, str, str], None]
"""(stream's SID, event, error): posts the stream's status callback."""


def start_stream(call: SimulatedCall, url: str, track: str, parameters: Mapping[str, str], told: Told) -> None:
    """Open a one-way stream that lives on across documents; a failure is told and the call goes on."""
    try:
        stream = OneWayStream(call, url, track, parameters)
    except StreamFailed as failed:
        told("MZ" + "0" * 32, "stream-error", str(failed))
        return
    told(stream.sid, "stream-started", "")
    call.air.taps.append(stream.listen)

    def end() -> None:
        stream.end()
        told(stream.sid, "stream-stopped", "")

    call.at_end.append(end)
