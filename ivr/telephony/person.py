"""A person: dial, and what follows when nobody answers."""

from __future__ import annotations

from ivr.telephony import call_back, stream_document, twiml
from ivr.telephony.carrier_request import CarrierRequest
from ivr.telephony.ports import WebhookPorts
from ivr.telephony.script import Script

REACHED = frozenset({"completed", "answered"})
"""DialCallStatus after which the two have spoken; busy, no-answer, failed and canceled lead to a call-back."""


def connect(script: Script) -> str:
    """Dial whoever is there; nobody: a call-back."""
    staff = script.ports.staff.reach(script.call_id)
    if staff is None:
        return call_back.open_with(script, "nobody_there", [script.phrase("keypad_nobody_there")])
    script.note("person_dialed")
    return twiml.dial(staff, script.next("/voice/after-dial"), [script.phrase("keypad_person")])


def person(ports: WebhookPorts, request: CarrierRequest) -> str:
    """Asked for by key from another dialogue."""
    return connect(Script(ports, request))


def after_dial(ports: WebhookPorts, request: CarrierRequest) -> str:
    """The caller is back from the dialed person, or never got through."""
    script = Script(ports, request)
    status = request.form.get("DialCallStatus", "")
    script.note("person_reached" if status in REACHED else "person_not_reached", status=status[:20])
    if status in REACHED:
        return twiml.say_and_hang_up()
    if ports.readiness.is_ready():
        return stream_document.stream(script)  # the conversation says what happened and takes a call-back by voice
    return call_back.open_with(script, "staff_not_reached", [script.phrase("keypad_not_reached")])
