"""Callers whose credit runs out."""

from __future__ import annotations

from ivr.bootstrap.carrier_side import KeptRingBacks
from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.task_records import RingBackAsked
from ivr.telephony.missed_call import number_at_home
from ivr.vocabulary import CallId


def _ask(services: Services, call_id: CallId, asked: Request) -> object:
    record = services.stores.calls.find(call_id)
    number = number_at_home(record.caller, services.region) if record is not None else ""
    if not services.texts_out or not number:
        return RingBackAsked(False)
    outcome = KeptRingBacks(services.stores).ask(call_id, number, "no_credit")
    return RingBackAsked(outcome == "asked")


REQUESTS = {"ring_back.ask": _ask}
