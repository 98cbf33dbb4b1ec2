"""Offices."""

from __future__ import annotations

from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.services.offices import AgencyOffices
from ivr.vocabulary import CallId


def places(services: Services, call_id: CallId, asked: Request) -> object:
    """The towns of a name."""
    return AgencyOffices(services.client).places(asked.get("town"))


def near(services: Services, call_id: CallId, asked: Request) -> object:
    """The offices near a postcode."""
    return AgencyOffices(services.client).near(asked.get("postcode"), asked.get("service"))


REQUESTS = {"office.places": places, "office.near": near}
