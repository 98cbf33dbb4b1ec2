"""A carrier that may do what a real one never does: forged requests, and streams that say anything."""

from __future__ import annotations

import base64
import json
import secrets
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Any

import httpx

from ivr.simulator.stream_socket import StreamFailed, StreamSocket, open_socket
from ivr.telephony.signature import HEADER, sign
from tests.faults.fault_line import FaultLine

SILENCE = base64.b64encode(b"\xff" * 160).decode()


def new_call() -> str:
    """A CallSid that nobody has used."""
    return "CA" + secrets.token_hex(16)


@dataclass
class RawCarrier:
    """Posts and streams to a line under any token and account."""

    line: FaultLine
    token: str = ""
    account: str = ""

    def __post_init__(self) -> None:
        own = self.line.opened.settings.secrets
        self.token, self.account = self.token or own.carrier_token, self.account or own.carrier_account

    def post(self, route: str, call_sid: str, signed: bool = True, process: int = 0, **fields: str) -> httpx.Response:
        """Post a step to one web process, signed for the public address as the carrier does."""
        form = {"CallSid": call_sid, "AccountSid": self.account, "From": "+351910000341", "To": "+351210000000"}
        form |= fields
        headers = {HEADER: sign(self.token, self.line.origin + route, form)} if signed else {}
        return httpx.post(self.line.private(process) + route, data=form, headers=headers, trust_env=False, timeout=10)

    def open(self, process: int = 0, signed: bool = True) -> StreamSocket:
        """Open the media socket. Raises StreamFailed where the line refuses the upgrade."""
        public = self.line.origin.replace("http", "ws", 1) + "/media"
        url = self.line.private(process).replace("http", "ws", 1) + "/media"
        opened = open_socket(url, lambda _: sign(self.token, public) if signed else "", 5.0)
        self.line.sockets.append(opened)
        return opened

    def stream(self, call_sid: str, stream_token: str, process: int = 0) -> RawStream:
        """Open the media socket and say whose call it is."""
        stream = RawStream(self.open(process), call_sid, self.account)
        stream.begin(stream_token)
        return stream


def token_in(document: str) -> str:
    """The stream's token in a document."""
    parameter = ET.fromstring(document).find(".//Parameter[@name='t']")  # noqa: S314 - our own line's answer
    assert parameter is not None
    return parameter.get("value", "")


@dataclass
class RawStream:
    """One media stream, message by message; marks are given back at once, as if all sound had been played."""

    socket: StreamSocket
    call_sid: str
    account: str
    stream_sid: str = field(default_factory=lambda: "MZ" + secrets.token_hex(16))
    sequence: int = 0
    timestamp: int = 0
    sound: int = 0
    """Bytes of µ-law the line has sent."""

    def begin(self, token: str) -> None:
        """connected and start."""
        self.say(json.dumps({"event": "connected", "protocol": "Call", "version": "1.0.0"}))
        start = {
            "accountSid": self.account,
            "streamSid": self.stream_sid,
            "callSid": self.call_sid,
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {"t": token},
        }
        self.say(self.message("start", start=start))

    def message(self, event: str, **body: Any) -> str:
        """The next message in order."""
        self.sequence += 1
        head = {"event": event, "sequenceNumber": str(self.sequence), "streamSid": self.stream_sid}
        return json.dumps(head | body)

    def media(self, payload: str = SILENCE, timestamp: int | None = None) -> str:
        """20 ms of the caller's sound."""
        self.timestamp += 20
        stamp = str(self.timestamp if timestamp is None else timestamp)
        return self.message("media", media={"track": "inbound", "chunk": "1", "timestamp": stamp, "payload": payload})

    def say(self, text: str) -> None:
        """Send as it is. Raises StreamFailed where the line has gone."""
        self.socket.send(text)

    def live(self, milliseconds: int) -> None:
        """Be a silent caller for so long, five times as fast as real time; ends early where the line closes."""
        for _ in range(milliseconds // 20):
            if not self.socket.is_open:
                return
            try:
                self.say(self.media())
                for text in self.socket.receive(0.004):
                    self._heard(json.loads(text))
            except StreamFailed:
                return

    def press(self, key: str) -> None:
        """One key."""
        self.say(self.message("dtmf", dtmf={"track": "inbound_track", "digit": key}))

    def until_closed(self, seconds: float = 5.0) -> int:
        """The code that the line closes with; 0 where it stays open."""
        for _ in range(int(seconds * 10)):
            if not self.socket.is_open:
                return self.socket.close_code
            self.socket.receive(0.1)
        return 0

    def _heard(self, message: dict[str, Any]) -> None:
        if message["event"] == "media":
            self.sound += len(base64.b64decode(message["media"]["payload"]))
        elif message["event"] == "mark":
            self.say(self.message("mark", mark=message["mark"]))
