"""What the invented agency makes of a report or a complaint: effects, answers, deadlines. Days are calendar days."""

from __future__ import annotations

from datetime import date, timedelta

from ivr.records import Complaint, Payments, Report
from ivr.services.demo_agency.record import working_day

INCOME_ALLOWANCE = 30_000
"""Cents a month that may be earned beside a benefit without any change of it."""
APPEAL_TIME = timedelta(days=30)
"""From the day on the decision letter; the answer faq_appeal says the same."""
ANSWER_TIME = timedelta(days=20)


def effect(report: Report, payments: Payments) -> tuple[str, date | None]:
    """unchanged or review, and the next payment where it stays as it is."""
    if report.kind != "income" or report.amount > INCOME_ALLOWANCE:
        return "review", None
    return "unchanged", min((payment.due for payment in payments.upcoming), default=None)


def terms(complaint: Complaint, received: date) -> tuple[date, date | None]:
    """By when there is an answer, and the last day of an appeal."""
    is_appeal = complaint.about == "decision" and complaint.day is not None
    deadline = complaint.day + APPEAL_TIME if is_appeal and complaint.day is not None else None
    return working_day(received + ANSWER_TIME), deadline
