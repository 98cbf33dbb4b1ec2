"""New addresses and telephone numbers."""

from __future__ import annotations

from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.services.contacts import Contacts
from ivr.vocabulary import CallId

VALUES = {"phone": ("phone",), "address": ("postcode", "street", "house")}
"""Kind of change -> what it holds."""


def _look(services: Services, call_id: CallId, asked: Request) -> object:
    return Contacts(services.client).on_file(asked.person)


def _streets(services: Services, call_id: CallId, asked: Request) -> object:
    return Contacts(services.client).streets(asked.get("postcode"))


def _hand_in(services: Services, call_id: CallId, asked: Request) -> object:
    new = {name: asked.get(name) for name in VALUES[asked.get("kind")]}
    return Contacts(services.client).change(asked.person, new, f"{call_id}.{asked.key}")


REQUESTS = {"contact_change.look": _look, "contact_change.streets": _streets, "contact_change.hand_in": _hand_in}
