"""An agency in memory: the port on the invented people's records, for tests, typing and the demo agency itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date

from ivr.errors import AgencyFailed
from ivr.records import Claim, Complaint, ComplaintTaken, Payments, Receipt, Report, ReportTaken
from ivr.services.demo_agency import contact_rules, record, report_rules
from ivr.services.demo_agency.intake import Intake, KeyTaken
from ivr.services.demo_agency.people import HASHER, Person, invented_people, pin_fits
from ivr.vocabulary import PersonRef, Secret


class InventedAgency:
    """The port `Agency`; shared by all threads. What is handed in goes into `intake`."""

    def __init__(self, intake: Intake, today: Callable[[], date]) -> None:
        self.intake = intake
        self.today = today
        self._by_number = {person.customer_number: person for person in invented_people()}
        self._by_ref = {person.ref: person for person in invented_people()}
        self._nobody = HASHER.hash("nobody has this one")

    def verify(self, customer_number: str, pin: Secret) -> PersonRef | None:
        """See the port. An unknown number takes as long as a wrong PIN."""
        person = self._by_number.get(customer_number)
        fits = pin_fits(pin, self._nobody if person is None else person.pin_hash)
        return person.ref if person is not None and fits else None

    def payments(self, person: PersonRef) -> Payments:
        """See the port."""
        return record.payments(self.person(person), self.today())

    def claims(self, person: PersonRef) -> tuple[Claim, ...]:
        """See the port."""
        return record.claims(self.person(person), self.today())

    def claim_status(self, customer_number: str, case_number: str, birth_date: date) -> str | None:
        """See the port."""
        person = self._by_number.get(customer_number)
        if person is None or person.birth_date != birth_date:
            return None
        states = {claim.case_number: claim.state for claim in record.claims(person, self.today())}
        state = states.get(case_number)
        return "decided" if state in ("decided_granted", "decided_refused") else state

    def request_pin_letter(self, customer_number: str, birth_date: date, key: str) -> None:
        """See the port."""
        person = self._by_number.get(customer_number)
        if person is None or person.birth_date != birth_date:
            return
        if not contact_rules.address_pending(self.intake, person.ref, self.today()):
            self.intake.post_letter(key, customer_number, self.today())

    def submit_application(self, reference: str, benefit: str, answers: Mapping[str, str], key: str) -> Receipt:
        """See the port."""
        body = {"reference": reference, "benefit": benefit, "answers": dict(answers)}
        return self._take_in("application", key, reference, body)

    def request_call_back(self, reference: str, phone_number: str, window: str, reason: str, key: str) -> Receipt:
        """See the port."""
        body = {"reference": reference, "phone_number": phone_number, "window": window, "reason": reason}
        return self._take_in("call_back", key, reference, body)

    def report(self, person: PersonRef, report: Report, key: str) -> ReportTaken:
        """See the port."""
        body = {**asdict(report), "person": self.person(person).ref}
        receipt = self._take_in("report", key, report.reference, body)
        effect, next_payment = report_rules.effect(report, self.payments(person))
        return ReportTaken(receipt.reference, receipt.received, effect, next_payment)

    def complain(self, complaint: Complaint, key: str) -> ComplaintTaken:
        """See the port."""
        day = complaint.day.isoformat() if complaint.day else ""
        receipt = self._take_in("complaint", key, complaint.reference, {**asdict(complaint), "day": day})
        answer_by, deadline = report_rules.terms(complaint, receipt.received)
        return ComplaintTaken(receipt.reference, receipt.received, answer_by, deadline)

    def _take_in(self, kind: str, key: str, reference: str, body: Mapping[str, object]) -> Receipt:
        try:
            return self.intake.take_in(kind, key, reference, body, self.today())
        except KeyTaken:
            raise AgencyFailed(f"the agency has another {kind} under the same key") from None

    def person(self, ref: PersonRef) -> Person:
        """Raises AgencyFailed for an unknown one."""
        if ref not in self._by_ref:
            raise AgencyFailed("the agency knows no such person")
        return self._by_ref[ref]
