"""Paid-in months."""

from __future__ import annotations

from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.services.contributions import ContributionRecords
from ivr.vocabulary import CallId


def _record(services: Services, call_id: CallId, asked: Request) -> object:
    return ContributionRecords(services.client).of(asked.person)


REQUESTS = {"contributions.record": _record}
