"""Calls that the line asks for through REST: queued at one a second, rung, answered by script, then led by TwiML."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from ivr.simulator.air import Redirected
from ivr.simulator.call import CallPlan, SimulatedCall
from ivr.simulator.carrier import RunningCall, SimulatedCarrier
from ivr.simulator.documents import Document, HangUp, Request
from ivr.simulator.interpreter import run
from ivr.simulator.silent_leg import SilentLeg
from ivr.simulator.world import Party, World

RING_EXTRA_S = 5
"""The carrier lets it ring up to that much longer than asked."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What POST Calls.json asked for."""

    plan: CallPlan
    first: Request | Document
    ring_s: int = 60
    detects_machines: bool = False


class Dialer:
    """Starts outbound calls no faster than the account may. Any thread."""

    def __init__(self, carrier: SimulatedCarrier) -> None:
        self._carrier = carrier
        self._lock = threading.Lock()
        self._next_slot = 0.0

    def start(self, wish: Wish) -> SimulatedCall:
        """Queue a call; returns at once, the call is `queued`."""
        world = self._carrier.world
        party = world.party(wish.plan.to_number)
        call = SimulatedCall(wish.plan, party.leg() if party.leg else SilentLeg(party.talk_s), world)
        slot = self._slot(world)
        running = RunningCall(call, lambda: _live(call, party, wish, slot))
        self._carrier.calls[call.sid] = running
        running.start()
        return call

    def _slot(self, world: World) -> float:
        with self._lock:
            slot = max(world.clock.now(), self._next_slot)
            self._next_slot = slot + 1 / world.options.calls_per_second
        return slot


def _live(call: SimulatedCall, party: Party, wish: Wish, slot: float) -> None:
    """The whole life of an outbound call, in its thread."""
    first = wish.first
    try:
        call.log.write("queued", seconds=round(max(0.0, slot - call.world.clock.now()), 3))
        call.air.idle(slot - call.world.clock.now())
        call.change_status("queued", "initiated")
        call.change_status("ringing", "ringing")
        status = _rung(call, party, wish.ring_s)
        if status != "answered":
            call.change_status(status, "completed")
            call.leg.ended("line")
            return
    except Redirected:
        call.change_status("canceled", "completed")
        call.leg.ended("line")
        return
    call.answer()
    if wish.detects_machines:
        call.extra_fields["AnsweredBy"] = party.answered_by or "human"
    run(call, first)


def _rung(call: SimulatedCall, party: Party, ring_s: int) -> str:
    longest = ring_s + RING_EXTRA_S
    answers = party.outcome == "answer" and party.after_s <= longest
    call.air.idle(party.after_s if answers or party.outcome in ("busy", "failed") else longest)
    if answers:
        return "answered"
    return "no-answer" if party.outcome == "answer" else party.outcome


def interrupted(call: SimulatedCall, step: Request | Document | HangUp) -> bool:
    """Give a running call something else to do; False where it is over."""
    if call.is_over:
        return False
    call.update(step)
    return True
