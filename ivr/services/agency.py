"""The port to the agency's own system: the only place that compares a PIN, the only source of facts.

Every method raises AgencyFailed where the agency is away, late (3 s) or answers nonsense.
What it returns is described in ivr/records.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from ivr.records import Claim, Complaint, ComplaintTaken, Payments, Receipt, Report, ReportTaken
from ivr.vocabulary import PersonRef, Secret


class Agency(Protocol):
    """The agency's system, shared by all threads."""

    def verify(self, customer_number: str, pin: Secret) -> PersonRef | None:
        """None: number and PIN do not belong together, with no hint which is wrong."""
        ...

    def payments(self, person: PersonRef) -> Payments:
        """All payments of the last 12 months and those that are planned."""
        ...

    def claims(self, person: PersonRef) -> tuple[Claim, ...]:
        """The person's applications, newest first."""
        ...

    def claim_status(self, customer_number: str, case_number: str, birth_date: date) -> str | None:
        """Status words only (level 1): received, in_process, waiting_for_papers, decided. None: no such case."""
        ...

    def request_pin_letter(self, customer_number: str, birth_date: date, key: str) -> None:
        """Ask for a letter with a new PIN; the same whether or not the two match. `key` makes repeats harmless."""
        ...

    def submit_application(self, reference: str, benefit: str, answers: Mapping[str, str], key: str) -> Receipt:
        """Hand in a finished application. `key` makes repeats harmless: the same receipt comes back."""
        ...

    def request_call_back(self, reference: str, phone_number: str, window: str, reason: str, key: str) -> Receipt:
        """Tell the agency of a call-back that was promised."""
        ...

    def report(self, person: PersonRef, report: Report, key: str) -> ReportTaken:
        """Hand in a report of income or of a change. `key` makes repeats harmless."""
        ...

    def complain(self, complaint: Complaint, key: str) -> ComplaintTaken:
        """Hand in a complaint, an appeal or a report of fraud. `key` makes repeats harmless."""
        ...
