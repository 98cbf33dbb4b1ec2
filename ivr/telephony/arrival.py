"""A call arrives, and what follows a stream: the documents of /voice and /voice/resume."""

from __future__ import annotations

from ivr.telephony import call_back, keypad_menu, message, missed_call, person, stream_document, twiml
from ivr.telephony.carrier_request import CarrierRequest
from ivr.telephony.ports import NextStep, WebhookPorts
from ivr.telephony.script import Script


def arrive(ports: WebhookPorts, request: CarrierRequest) -> str:
    """The first document: a stream; keys where a stream would be silence; a call-back where there is no room."""
    script = Script(ports, request)
    ports.register.arrive(request.call_id, request.caller, request.called)
    if request.called in ports.missed_call_numbers and not request.is_ours:
        return missed_call.decline(script)
    if not ports.readiness.has_room():
        script.note("line_full")
        return call_back.open_with(script, "line_full", [script.phrase("line_full")])
    if not ports.readiness.is_ready():
        script.note("keypad_line_opened")
        return keypad_menu.open_with(script, [script.phrase("keypad_opening")])
    return stream_document.stream(script)


def resume(ports: WebhookPorts, request: CarrierRequest) -> str:
    """After a stream: what was stored; and where nothing was, our side died and the caller is taken up again."""
    script = Script(ports, request)
    step = ports.register.next_step(request.call_id)
    if step == NextStep.BYE:
        return twiml.say_and_hang_up()
    if step == NextStep.STAFF:
        return person.connect(script)
    if step == NextStep.CALL_BACK:
        return call_back.open_with(script, "keys")
    if step == NextStep.RECORD:
        return message.take(script)
    if step == NextStep.MENU:
        return keypad_menu.open_with(script)
    return _after_death(script)


def _after_death(script: Script) -> str:
    deaths = script.ports.register.note_death(script.call_id, script.request.step)
    script.note("stream_died", deaths=str(deaths))
    apology = script.phrase("line_apology")
    if deaths > 1 or not script.ports.readiness.is_ready():
        return keypad_menu.open_with(script, [apology])
    return stream_document.stream(script, apology=True)
