"""The line by keys alone, in the carrier's own documents: works when recognizer, dialogue and voice are all away."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.telephony import call_back, message, person, twiml
from ivr.telephony.carrier_request import CarrierRequest
from ivr.telephony.ports import Phrase, WebhookPorts
from ivr.telephony.script import Script

PERSON, MESSAGE, CALL_BACK, OFFICE_HOURS = "0", "1", "2", "3"
"""4 and star, like any other key, say the menu again."""
ROUNDS = 3
"""Silence is met by the menu twice more, slower; then a person."""


def open_with(script: Script, before: Sequence[Phrase] = ()) -> str:
    """The menu, said for the first time."""
    return _ask(script, before)


def menu(ports: WebhookPorts, request: CarrierRequest) -> str:
    """A key of the menu, silence, or a first visit."""
    script = Script(ports, request)
    key = request.keys[-1:]
    if key == PERSON:
        return person.connect(script)
    if key == MESSAGE:
        return message.take(script)
    if key == CALL_BACK:
        return call_back.open_with(script, "keys")
    if key == OFFICE_HOURS:
        return _ask(script, [script.phrase("keypad_office_hours")])
    if key or not request.count("quiet"):
        return _ask(script)
    return _silence(script)


def _silence(script: Script) -> str:
    """Nobody pressed a key: again with more time, then a person (or, when nobody is there, a call-back)."""
    quiet = script.request.count("quiet")
    if quiet >= ROUNDS:
        return person.connect(script)
    return _ask(script, quiet=quiet + 1)


def _ask(script: Script, before: Sequence[Phrase] = (), quiet: int = 1) -> str:
    question = twiml.Question(
        [script.phrase("keypad_menu" if quiet == 1 else "keypad_menu_again")],
        script.next("/voice/menu", quiet=quiet),
        wait_seconds=8 if quiet == 1 else 15,
    )
    return twiml.ask(question, before)
