"""Name of a request -> how it is done. Runs on the services pool; raises the errors of ivr/errors.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.bootstrap.requests import (
    appointment,
    complaint,
    contact_change,
    contributions,
    income_report,
    letter,
    office,
    pre_check,
    rights,
    ring_back,
)
from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.vocabulary import CallId

Perform = Callable[[Services, CallId, Request], object]
"""Brings a record of ivr/records.py."""

REQUESTS: Mapping[str, Perform] = {
    **appointment.REQUESTS,
    **complaint.REQUESTS,
    **contact_change.REQUESTS,
    **contributions.REQUESTS,
    **income_report.REQUESTS,
    **letter.REQUESTS,
    **office.REQUESTS,
    **pre_check.REQUESTS,
    **rights.REQUESTS,
    **ring_back.REQUESTS,
}
