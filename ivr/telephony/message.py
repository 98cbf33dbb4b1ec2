"""A message for the agency, recorded by the carrier."""

from __future__ import annotations

from ivr.telephony import twiml
from ivr.telephony.carrier_request import CarrierRequest
from ivr.telephony.ports import WebhookPorts
from ivr.telephony.script import Script


def take(script: Script) -> str:
    """Record; where nothing is said the carrier goes on to the menu by itself."""
    return twiml.record(
        script.links,
        [script.phrase("keypad_message")],
        done_url=script.next("/voice/record/done"),
        nothing_url=script.next("/voice/menu", quiet=1),
    )


def done(ports: WebhookPorts, request: CarrierRequest) -> str:
    """The message is recorded: say so, then the menu for whoever wants more, else good-bye."""
    script = Script(ports, request)
    if request.word("ask") == "more":
        return twiml.go_on(script.next("/voice/menu")) if request.keys else _goodbye(script)
    ports.voice_messages.left(request.call_id, request.recording_id, request.seconds("RecordingDuration"))
    question = twiml.Question([script.phrase("keypad_message_kept")], script.next("/voice/record/done", ask="more"))
    return twiml.ask(question)


def status(ports: WebhookPorts, request: CarrierRequest) -> None:
    """The carrier has stored the sound (completed), or there was none (absent)."""
    told = request.form.get("RecordingStatus", "")
    if told in ("completed", "absent"):
        ports.voice_messages.ready(request.call_id, request.recording_id, told)


def _goodbye(script: Script) -> str:
    return twiml.say_and_hang_up([script.phrase("keypad_goodbye")])
