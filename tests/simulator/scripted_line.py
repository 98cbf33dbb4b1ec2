"""A line of fixed documents, asked in memory on a virtual clock: a minute of call takes a millisecond."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx
from twilio.request_validator import RequestValidator

from ivr.simulator.carrier import LineNumber, RunningCall, SimulatedCarrier
from ivr.simulator.clock import VirtualClock
from ivr.simulator.leg import CallerLeg
from ivr.simulator.silent_leg import SilentLeg
from ivr.simulator.world import CarrierOptions, Party

TOKEN = "0123456789abcdef0123456789abcdef"
ORIGIN = "https://line.example.org"
Answer = str | httpx.Response | Callable[[httpx.Request, VirtualClock], httpx.Response]


def twiml(verbs: str) -> httpx.Response:
    return httpx.Response(200, text=f"<Response>{verbs}</Response>", headers={"Content-Type": "text/xml"})


@dataclass
class ScriptedLine:
    """Answers each path with its document, the last one again and again, and keeps what was asked."""

    documents: Mapping[str, Answer | list[Answer]]
    clock: VirtualClock = field(default_factory=VirtualClock)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        form = dict(parse_qsl(request.content.decode(), keep_blank_values=True))
        self.asked.append((request.url.path, form))
        self.requests.append(request)
        signature = request.headers["X-Twilio-Signature"]
        if not RequestValidator(TOKEN).validate(str(request.url), form, signature):
            self.unsigned.append(str(request.url))
        answer = self.documents.get(request.url.path, "")
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer):
            return answer(request, self.clock)
        return twiml(answer) if isinstance(answer, str) else answer

    def forms(self, path: str) -> list[dict[str, str]]:
        return [form for at, form in self.asked if at == path]


def call(
    documents: Mapping[str, Answer | list[Answer]],
    leg: CallerLeg | None = None,
    options: CarrierOptions | None = None,
    voice: str = "/voice",
    parties: Mapping[str, Party] | None = None,
    **line: str,
) -> tuple[RunningCall, ScriptedLine]:
    """One whole call, from the first request to the last callback."""
    scripted = ScriptedLine(documents)
    transport = httpx.MockTransport(scripted)
    with SimulatedCarrier(TOKEN, options or CarrierOptions(sid_seed=1), scripted.clock, transport) as carrier:
        carrier.world.parties.update(parties or {})
        number = LineNumber(ORIGIN + voice, **{name: ORIGIN + path for name, path in line.items()})
        running = carrier.start_call(leg or SilentLeg(), number)
        assert running.wait(30)
    assert scripted.unsigned == []
    return running, scripted


def said(running: RunningCall) -> list[str]:
    """What the carrier's own voice said."""
    return [entry.details["text"] for entry in running.call.log.of("heard_say")]


class KeyingLeg(SilentLeg):
    """Presses keys at given frames of 20 ms, says a sound between two others, hangs up at a third."""

    def __init__(self, keys: Mapping[int, str], speaks: range = range(0), hangs_up_at: int = 0) -> None:
        super().__init__(hangs_up_at / 50)
        self._script, self._speaks = dict(keys), speaks

    def frame(self) -> bytes:
        silence = super().frame()
        return b"\x20" * len(silence) if self._frames in self._speaks else silence

    def keys(self) -> str:
        return self._script.get(self._frames, "")
