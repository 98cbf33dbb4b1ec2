"""A missed call from end to end: declined, rung back once through the carrier's own client, and served."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from ivr.bootstrap.calls_out import calls_out, ringing
from ivr.bootstrap.carrier_side import RING_AFTER, KeptRingBacks
from ivr.bootstrap.stores import Stores, open_stores
from ivr.jobs.ring_backs import RingBackCalls
from ivr.settings import Settings, load_settings
from ivr.simulator.carrier import LineNumber, SimulatedCarrier
from ivr.simulator.clock import RealClock
from ivr.simulator.rest import RestServer
from ivr.simulator.silent_leg import SilentLeg
from ivr.simulator.world import CarrierOptions, Fault, Party
from ivr.store.ring_backs import Limits, RingBacks
from ivr.store.schema import upgrade
from ivr.telephony.signature import SignatureCheck
from ivr.telephony.webhook import webhook_blueprint
from ivr.vocabulary import CallId
from tests.simulator.servers import serving
from tests.store.clock import SetClock
from tests.telephony.line_under_test import LineUnderTest

ROOT = Path(__file__).parents[2]
TOKEN = "0123456789abcdef0123456789abcdef"
FREE, LINE, CITIZEN = "+351800000001", "+351210000000", "+351910000001"


class Scene:
    """A line with a number for missed calls, a carrier, and a worker."""

    def __init__(
        self, origin: str, app: Flask, carrier: SimulatedCarrier, rest: RestServer, settings: Settings
    ) -> None:
        self.clock = SetClock()
        self.stores = open_stores(settings)
        upgrade(self.stores.database.engine)
        self.ring_backs = RingBacks(self.stores.database, self.clock, Limits())
        self.stores = replace(self.stores, ring_backs=self.ring_backs)
        self.carrier, self.origin = carrier, origin
        self.line = _line(origin, carrier, self.stores)
        app.register_blueprint(webhook_blueprint(self.line.ports))
        settings = replace(
            settings,
            carrier_api=rest.url,
            line_number=LINE,
            public_url=origin,
            secrets=replace(settings.secrets, carrier_account=carrier.world.account_sid, carrier_token=TOKEN),
        )
        way_out = calls_out(settings)
        assert way_out is not None
        self.worker = RingBackCalls(self.ring_backs, ringing(way_out, origin))

    def rings_and_hangs_up(self, caller: str = CITIZEN) -> CallId:
        number = LineNumber(f"{self.origin}/voice", number=FREE)
        running = self.carrier.start_call(SilentLeg(1.0), number, caller)
        assert running.wait(10)
        assert running.call.status == "busy"
        return CallId(running.call_sid)

    def a_moment_later(self) -> int:
        self.clock.pass_by(RING_AFTER)
        return self.worker.ring_due()

    def calls_to_the_citizen(self) -> list[str]:
        return [sid for sid, one in self.carrier.calls.items() if one.call.plan.to_number == CITIZEN]


def _line(origin: str, carrier: SimulatedCarrier, stores: Stores) -> LineUnderTest:
    line = LineUnderTest()
    line.ports = replace(
        line.ports,
        signatures=SignatureCheck((TOKEN,), origin, line.refusals.append),
        public_url=origin,
        account_sid=carrier.world.account_sid,
        region="PT",
        ring_backs=KeptRingBacks(stores),
        missed_call_numbers=frozenset({FREE}),
    )
    line.switches.ready = False  # keys alone: no stream is needed to see that the call is served
    return line


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    settings = load_settings(ROOT, {"OPENLINE_VAR": str(tmp_path)})
    options = CarrierOptions(calls_per_second=20)
    app = Flask(__name__)
    with (
        serving(app) as origin,
        SimulatedCarrier(TOKEN, options, RealClock(speed=4)) as carrier,
        RestServer(carrier) as rest,
    ):
        carrier.world.parties[CITIZEN] = Party("answer", 0.2, talk_s=1.0)
        scene = Scene(origin, app, carrier, rest, settings)
        yield scene
        for running in list(carrier.calls.values()):
            running.wait(20)
        scene.stores.database.close()


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def test_a_missed_call_is_rung_back_once_and_served(scene: Scene) -> None:
    missed = scene.rings_and_hangs_up()
    assert scene.worker.ring_due() == 0, "the handset is not down yet"
    assert scene.a_moment_later() == 1
    (back,) = scene.calls_to_the_citizen()
    assert scene.ring_backs.state(missed) == "rung"
    assert soon(lambda: scene.line.calls.arrived.get(CallId(back)) == CITIZEN)
    assert soon(lambda: "keypad_line_opened" in scene.line.notes.events())
    assert scene.a_moment_later() == 0
    assert scene.carrier.violations == []


def test_ringing_again_and_again_brings_one_call(scene: Scene) -> None:
    for _ in range(3):
        scene.rings_and_hangs_up()
    scene.a_moment_later()
    scene.a_moment_later()
    assert len(scene.calls_to_the_citizen()) == 1


def test_a_withheld_number_brings_none(scene: Scene) -> None:
    scene.rings_and_hangs_up("anonymous")
    assert scene.a_moment_later() == 0


def test_a_carrier_that_fails_is_not_asked_twice(scene: Scene) -> None:
    scene.carrier.world.faults.append(Fault("/Calls.json", "500"))
    missed = scene.rings_and_hangs_up()
    assert scene.a_moment_later() == 0
    assert scene.ring_backs.state(missed) == "failed"
    scene.clock.pass_by(timedelta(minutes=1))
    assert scene.a_moment_later() == 0


def test_within_ten_minutes_whatever_the_worker_does_in_between() -> None:
    """The worker looks each minute; the wait before is a quarter of one."""
    assert RING_AFTER + timedelta(minutes=2) < timedelta(minutes=10)


@pytest.mark.parametrize("changes", [{"line_number": ""}, {"line_number": LINE, "carrier": "simulator"}])
def test_a_line_without_a_way_out_rings_nobody(tmp_path: Path, changes: dict[str, str]) -> None:
    settings = load_settings(ROOT, {"OPENLINE_VAR": str(tmp_path)})
    assert calls_out(replace(settings, carrier_api="", **changes)) is None  # type: ignore[arg-type]
