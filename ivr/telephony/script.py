"""What every document of one request is made from: the ports, the caller's place in the script, the next addresses."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.telephony.carrier_request import CarrierRequest
from ivr.telephony.ports import Phrase, WebhookPorts
from ivr.telephony.twiml import Links
from ivr.vocabulary import CallId


@dataclass(frozen=True, slots=True)
class Script:
    """One request being answered."""

    ports: WebhookPorts
    request: CarrierRequest

    @property
    def call_id(self) -> CallId:
        """The call."""
        return self.request.call_id

    @property
    def links(self) -> Links:
        """Addresses of the line."""
        return Links(self.ports.public_url)

    def next(self, route: str, **query: str | int) -> str:
        """The address of the step behind this one; the rising n keeps steps apart that look alike."""
        return self.links.to(route, n=self.request.number + 1, **query)

    def phrase(self, prompt: str, **values: str) -> Phrase:
        """A prompt's words."""
        return self.ports.wording.phrase(self.call_id, prompt, **values)

    def note(self, event: str, **fields: str) -> None:
        """Leave a trace."""
        self.ports.journal.note(self.call_id, event, **fields)


PROMPTS = (
    "line_apology",
    "line_full",
    "keypad_opening",
    "keypad_menu",
    "keypad_menu_again",
    "keypad_office_hours",
    "keypad_person",
    "keypad_nobody_there",
    "keypad_not_reached",
    "keypad_call_back_confirm",
    "keypad_call_back_number",
    "keypad_call_back_number_again",
    "keypad_call_back_window",
    "keypad_call_back_booked",
    "keypad_message",
    "keypad_message_kept",
    "keypad_goodbye",
    "fallback_apology",
    "fallback_message",
)
"""Every prompt that this folder says; a language is complete when it has them all.
Values: keypad_call_back_confirm {number}, keypad_call_back_booked {reference}, both with blanks between the digits."""
