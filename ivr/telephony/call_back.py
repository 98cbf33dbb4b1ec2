"""A call-back taken by keys: the number, read back and confirmed; the time of day; the reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import phonenumbers

from ivr.telephony import twiml
from ivr.telephony.carrier_request import CarrierRequest
from ivr.telephony.ports import Phrase, WebhookPorts
from ivr.telephony.script import Script

WINDOWS: Mapping[str, str] = MappingProxyType({"1": "morning", "2": "afternoon", "3": "any"})
WITHHELD = frozenset(
    phonenumbers.convert_alpha_characters_in_number(word)
    for word in ("ANONYMOUS", "RESTRICTED", "BLOCKED", "UNKNOWN", "UNAVAILABLE", "PRIVATE")
)
"""Some networks spell these words on the keypad (+266696687) where a caller withholds the number."""
ROUNDS = 3
"""How often one question is asked before the caller is let go kindly, or booked with what is known."""


def open_with(script: Script, reason: str, before: Sequence[Phrase] = ()) -> str:
    """Offer to ring the number the caller rings from; without one, ask for a number."""
    number = readable_number(script.request.caller, script.ports.region)
    if not number:
        return _ask_number(script, reason, before)
    script.ports.call_backs.propose(script.call_id, number)
    return _ask_confirm(script, reason, before)


def call_back(ports: WebhookPorts, request: CarrierRequest) -> str:
    """One answer of the dialogue; `ask` in the address names the question."""
    script = Script(ports, request)
    reason = request.word("why") or "keys"
    answer = _ANSWERS.get(request.word("ask"))
    if answer is None:
        return open_with(script, reason)
    if not request.keys and request.word("ask") != "booked":
        return _silence(script, reason)
    return answer(script, reason)


def readable_number(text: str, region: str) -> str:
    """A telephone number in the form +15551234567; empty where the text is none. region: for numbers without +."""
    if text.removeprefix("+") in WITHHELD:
        return ""
    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _to_person(script: Script) -> str:
    return twiml.go_on(script.next("/voice/person"))


def _number_keyed(script: Script, reason: str) -> str:
    keys = script.request.keys
    if keys.endswith("**"):
        return _to_person(script)
    # A single star starts the number anew: only what follows counts.
    number = readable_number(keys.rpartition("*")[2].rstrip("#"), script.ports.region)
    if not number:
        return _silence(script, reason)
    script.ports.call_backs.propose(script.call_id, number)
    return _ask_confirm(script, reason)


def _confirmed(script: Script, reason: str) -> str:
    key = script.request.keys[-1:]
    if key == "1":
        return _ask_window(script, reason)
    if key == "2":
        return _ask_number(script, reason)
    return _to_person(script) if key == "0" else _ask_confirm(script, reason)


def _window_chosen(script: Script, reason: str) -> str:
    key = script.request.keys[-1:]
    if key == "0":
        return _to_person(script)
    return _book(script, reason, WINDOWS[key]) if key in WINDOWS else _ask_window(script, reason)


def _book(script: Script, reason: str, window: str) -> str:
    reference = script.ports.call_backs.book(script.call_id, window, reason)
    script.note("call_back_booked", window=window, reason=reason)
    return _say_reference(script, reason, reference, window)


def _after_booking(script: Script, reason: str) -> str:
    """Any key says the reference again; silence is the end: all is done."""
    if not script.request.keys:
        return twiml.say_and_hang_up([script.phrase("keypad_goodbye")])
    window = script.request.word("window") or "any"
    reference = script.ports.call_backs.book(script.call_id, window, reason)
    return _say_reference(script, reason, reference, window)


_ANSWERS: Mapping[str, Callable[[Script, str], str]] = {
    "number": _number_keyed,
    "confirm": _confirmed,
    "window": _window_chosen,
    "booked": _after_booking,
}


def _silence(script: Script, reason: str) -> str:
    """No key, or no number: the question again with more time; after the third time, what can still be done."""
    quiet = script.request.count("quiet") + 1
    asked = script.request.word("ask")
    if quiet < ROUNDS:
        return _ASKED[asked](script, reason, (), quiet)
    if asked == "window":
        return _book(script, reason, "any")
    if asked == "confirm":
        # The number the caller rings from is better than none; staff see that nobody confirmed it.
        return _book(script, f"{reason}_unconfirmed", "any")
    script.note("line_silent")
    return twiml.say_and_hang_up([script.phrase("keypad_goodbye")])


def _ask_number(script: Script, reason: str, before: Sequence[Phrase] = (), quiet: int = 0) -> str:
    prompt = "keypad_call_back_number_again" if quiet else "keypad_call_back_number"
    return _ask(script, "number", script.phrase(prompt), _place(reason, quiet), before)


def _ask_confirm(script: Script, reason: str, before: Sequence[Phrase] = (), quiet: int = 0) -> str:
    number = spelled(script.ports.call_backs.proposed(script.call_id))
    return _ask(
        script, "confirm", script.phrase("keypad_call_back_confirm", number=number), _place(reason, quiet), before
    )


def _ask_window(script: Script, reason: str, before: Sequence[Phrase] = (), quiet: int = 0) -> str:
    return _ask(script, "window", script.phrase("keypad_call_back_window"), _place(reason, quiet), before)


_ASKED: Mapping[str, Callable[[Script, str, Sequence[Phrase], int], str]] = {
    "number": _ask_number,
    "confirm": _ask_confirm,
    "window": _ask_window,
}


def _say_reference(script: Script, reason: str, reference: str, window: str) -> str:
    said = script.phrase("keypad_call_back_booked", reference=spelled(reference))
    return _ask(script, "booked", said, {"why": reason, "window": window})


def _place(reason: str, quiet: int) -> dict[str, str | int]:
    return {"why": reason, "quiet": quiet}


def _ask(
    script: Script, asked: str, said: Phrase, place: Mapping[str, str | int], before: Sequence[Phrase] = ()
) -> str:
    """Numbers get 15 s and end with #; everything else is one key."""
    is_number = asked == "number"
    question = twiml.Question(
        [said],
        script.next("/voice/call-back", ask=asked, **place),
        keys=None if is_number else 1,
        wait_seconds=15 if is_number or place.get("quiet") else 8,
    )
    return twiml.ask(question, before)


def spelled(text: str) -> str:
    """Digit by digit, as the carrier's voice needs it: "+1555" -> "+ 1 5 5 5"."""
    return " ".join(text)
