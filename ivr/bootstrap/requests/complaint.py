"""Complaints, appeals, reports of fraud: into the outbox first, and at once to the agency where it is there."""

from __future__ import annotations

from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.records import ComplaintTaken
from ivr.services.deliveries import Kind, complaint_of
from ivr.vocabulary import CallId


def _hand_in(services: Services, call_id: CallId, asked: Request) -> object:
    """A repeat of the same turn finds the same reference and hands in nothing new."""
    reference = services.stores.drafts.open("complaint", "", f"{call_id}.{asked.key}").reference
    payload = {
        "reference": reference,
        "about": asked.get("about"),
        "words": asked.get("words"),
        "day": asked.get("day"),
        "person": asked.person,
        "phone_number": services.stores.calls.number_of(call_id) if asked.get("call_back") == "yes" else "",
    }
    receipt = services.follow_ups.hand_in(Kind.COMPLAINT, payload)
    return ComplaintTaken(reference, None) if receipt is None else complaint_of(receipt)


REQUESTS = {"complaint.hand_in": _hand_in}
