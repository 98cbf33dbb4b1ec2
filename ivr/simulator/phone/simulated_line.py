"""Calls from the web phone through the simulated carrier: signed webhooks and a media stream, as any call's."""

from __future__ import annotations

import secrets

import structlog

from ivr.simulator.carrier import LineNumber, RunningCall, SimulatedCarrier
from ivr.simulator.leg import CallerLeg
from ivr.simulator.world import CarrierOptions, StreamOptions

log = structlog.get_logger()

FROM = "+351910000077"
"""An invented number, the same for each call: the line may remember its caller, as it does for a real telephone."""


class BrowserCall:
    """A call of the web phone, as PlacedCall."""

    def __init__(self, carrier: SimulatedCarrier, running: RunningCall) -> None:
        self._carrier = carrier
        self._running = running

    @property
    def call_id(self) -> str:
        """The CallSid."""
        return self._running.call_sid

    @property
    def is_answered(self) -> bool:
        """True while a verb of the line's keeps the call."""
        return self._running.call.status == "in-progress"

    @property
    def trouble(self) -> str:
        """What kept the carrier from following the line; empty where nothing did."""
        failures = self._running.call.log.of("webhook_failed", "stream_failed")
        return str(failures[-1].details.get("why", "the line failed")) if failures else ""

    def run(self) -> None:
        """Wait for its end; then the carrier forgets it and the sound it recorded."""
        try:
            self._running.wait()
        finally:
            for violation in self._running.violations:
                log.warning("phone_line_broke_a_rule", call_id=self.call_id, rule=str(violation))
            self._carrier.calls.pop(self.call_id, None)


class BrowserCarrier:
    """Places calls on one line. Any thread; lives as long as the process."""

    def __init__(self, voice_url: str, auth_token: str) -> None:
        # The seed is drawn: the same CallSids after a restart would look to the line like the calls of before.
        options = CarrierOptions(seed=secrets.randbits(32), stream=StreamOptions(allow_plain=True))
        self._carrier = SimulatedCarrier(auth_token, options)
        self._line = LineNumber(voice_url)

    def place_call(self, leg: CallerLeg, language: str) -> BrowserCall:
        """As PlaceCall. The language is the line's own choice as long as it has one number for all of them."""
        return BrowserCall(self._carrier, self._carrier.start_call(leg, self._line, FROM))
