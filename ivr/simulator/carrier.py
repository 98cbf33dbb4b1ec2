"""A telephone carrier made of software: starts calls against a line and keeps what they share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from ivr.simulator.air import Air
from ivr.simulator.call import CallPlan, SimulatedCall
from ivr.simulator.clock import Clock, RealClock
from ivr.simulator.identifiers import Identifiers
from ivr.simulator.interpreter import run
from ivr.simulator.leg import CallerLeg
from ivr.simulator.texts import SimulatedTexts
from ivr.simulator.twiml_checker import Violation
from ivr.simulator.world import CarrierOptions, World

ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
"""Invented."""


@dataclass(frozen=True, slots=True)
class LineNumber:
    """A telephone number as it is set up at the carrier: where its calls go."""

    voice_url: str
    fallback_url: str = ""
    status_callback: str = ""
    number: str = "+351210000000"


class RunningCall:
    """A call on its way, in a thread of its own."""

    def __init__(self, call: SimulatedCall, live: Callable[[], None]) -> None:
        """live: the call's whole life, run in its thread."""
        self.call, self._live = call, live
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=f"call-{call.sid[:8]}", daemon=True)

    def _run(self) -> None:
        try:
            self._live()
        except BaseException as error:  # handed to whoever waits for the call
            self._failure = error

    def start(self) -> None:
        """Let it ring."""
        self._thread.start()

    @property
    def call_sid(self) -> str:
        """The carrier's name of the call."""
        return self.call.sid

    @property
    def air(self) -> Air:
        """What was said and heard."""
        return self.call.air

    @property
    def violations(self) -> list[Violation]:
        """What the line did that it must not."""
        return self.call.violations

    def is_over(self) -> bool:
        """True once the thread has ended."""
        return not self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, real seconds; False where it goes on. Raises what broke the simulator itself."""
        self._thread.join(seconds)
        if self._failure is not None:
            raise self._failure
        return self.is_over()


class SimulatedCarrier:
    """Twilio's side. Usable from any thread; a context manager that closes its connections."""

    def __init__(
        self,
        auth_token: str,
        options: CarrierOptions | None = None,
        clock: Clock | None = None,
        transport: httpx.BaseTransport | None = None,
        account_sid: str = ACCOUNT_SID,
    ) -> None:
        """transport: how webhooks reach the line; by default over the network, certificates checked."""
        options = options or CarrierOptions()
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
        self.world = World(
            account_sid=account_sid,
            auth_token=auth_token,
            clock=clock or RealClock(),
            transport=transport or httpx.HTTPTransport(limits=limits),
            options=options,
            identifiers=Identifiers(options.sid_seed),
        )
        self.texts = SimulatedTexts(self.world)
        self.calls: dict[str, RunningCall] = {}
        self.violations: list[Violation] = []
        """Of TwiML given through REST for calls that were not yet there."""

    def __enter__(self) -> SimulatedCarrier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Wait for late callbacks, close connections. Calls must have ended."""
        self.world.clock.settle()
        self.world.transport.close()

    def start_call(self, leg: CallerLeg, line: LineNumber, from_number: str = "+351910000001") -> RunningCall:
        """Let somebody call the line. from_number: E.164, "anonymous" or a SIP address."""
        plan = CallPlan(
            from_number,
            line.number,
            line.voice_url,
            fallback_url=line.fallback_url,
            status_callback=line.status_callback,
        )
        return self._run(SimulatedCall(plan, leg, self.world))

    def _run(self, call: SimulatedCall) -> RunningCall:
        running = RunningCall(call, lambda: run(call))
        self.calls[call.sid] = running
        running.start()
        return running
