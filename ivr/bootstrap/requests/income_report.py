"""Reports of income or of a change: into the outbox first, and at once to the agency where it is there."""

from __future__ import annotations

from dataclasses import asdict

from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.records import Report, ReportTaken
from ivr.services.deliveries import Kind, report_of
from ivr.vocabulary import CallId


def _hand_in(services: Services, call_id: CallId, asked: Request) -> object:
    """A repeat of the same turn finds the same reference and hands in nothing new."""
    reference = services.stores.drafts.open("report", "", f"{call_id}.{asked.key}").reference
    report = Report(reference, asked.get("kind"), asked.get("when"), int(asked.get("amount")))
    receipt = services.follow_ups.hand_in(Kind.REPORT, {**asdict(report), "person": asked.person})
    return ReportTaken(reference, None) if receipt is None else report_of(receipt)


REQUESTS = {"income_report.hand_in": _hand_in}
