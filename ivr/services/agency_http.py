"""The port `Agency` on the agency's system over HTTP (docs/agency-api.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

import httpx

from ivr.records import Claim, Complaint, ComplaintTaken, Payments, Receipt, Report, ReportTaken
from ivr.services import agency_answers
from ivr.services.agency_client import AgencyAddress, AgencyClient
from ivr.vocabulary import PersonRef, Secret


class HttpAgency:
    """The port `Agency`; shared by all threads. close() when the process ends."""

    def __init__(self, address: AgencyAddress, transport: httpx.BaseTransport | None = None) -> None:
        self.client = AgencyClient(address, transport)
        """For the adapters of single services (letters, appointments …)."""

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def is_well(self) -> bool:
        """Does it answer at all? For /readyz and `openline check`."""
        return self.client.is_well()

    def verify(self, customer_number: str, pin: Secret) -> PersonRef | None:
        """See the port."""
        body = {"customer_number": customer_number, "pin": pin.reveal()}
        return agency_answers.verification(self.client.ask("verify", "POST", "/verify", body))

    def payments(self, person: PersonRef) -> Payments:
        """See the port."""
        return agency_answers.payments(self.client.ask("payments", "GET", f"/people/{person}/payments"), person)

    def claims(self, person: PersonRef) -> tuple[Claim, ...]:
        """See the port."""
        return agency_answers.claims(self.client.ask("claims", "GET", f"/people/{person}/claims"), person)

    def claim_status(self, customer_number: str, case_number: str, birth_date: date) -> str | None:
        """See the port."""
        body = {
            "customer_number": customer_number,
            "case_number": case_number,
            "birth_date": birth_date.isoformat(),
        }
        return agency_answers.claim_status(self.client.ask("claim_status", "POST", "/claim-status", body))

    def request_pin_letter(self, customer_number: str, birth_date: date, key: str) -> None:
        """See the port."""
        body = {"customer_number": customer_number, "birth_date": birth_date.isoformat()}
        self.client.ask("pin_letter", "POST", "/pin-letters", body, key)

    def submit_application(self, reference: str, benefit: str, answers: Mapping[str, str], key: str) -> Receipt:
        """See the port."""
        body = {"reference": reference, "benefit": benefit, "answers": dict(answers)}
        return agency_answers.receipt(self.client.ask("application", "POST", "/applications", body, key))

    def request_call_back(self, reference: str, phone_number: str, window: str, reason: str, key: str) -> Receipt:
        """See the port."""
        body = {"reference": reference, "phone_number": phone_number, "window": window, "reason": reason}
        return agency_answers.receipt(self.client.ask("call_back", "POST", "/call-backs", body, key))

    def report(self, person: PersonRef, report: Report, key: str) -> ReportTaken:
        """See the port."""
        path = f"/people/{person}/reports"
        return agency_answers.report_taken(self.client.ask("report", "POST", path, asdict(report), key), path)

    def complain(self, complaint: Complaint, key: str) -> ComplaintTaken:
        """See the port."""
        body = {
            **asdict(complaint),
            "day": complaint.day and complaint.day.isoformat(),
            "person": complaint.person or None,
            "phone_number": complaint.phone_number or None,
        }
        return agency_answers.complaint_taken(self.client.ask("complaint", "POST", "/complaints", body, key))
