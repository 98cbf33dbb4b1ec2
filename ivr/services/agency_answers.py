"""Reading the agency's answers: what is not as docs/agency-api.yaml describes it is AgencyFailed, never guessed at.

The texts of the errors name fields and hold no value.
"""

from __future__ import annotations

import re
from typing import Any

from ivr.records import Claim, ComplaintTaken, Deduction, Overpayment, Payment, Payments, Receipt, ReportTaken
from ivr.services.reading import amount as amount_of
from ivr.services.reading import day, day_or_none, field, like, newest_first, nonsense, reference, rows, word
from ivr.vocabulary import PersonRef

BENEFITS = frozenset({"old_age_pension", "unemployment", "child", "disability"})
REASONS = frozenset({"", "bank_holiday", "bank_details_check", "returned_by_bank", "review_open", "papers_missing"})
NEXT_STEPS = frozenset({"", "paid_again_on", "wait_for_letter", "person_needed"})
DEDUCTIONS = frozenset({"health_insurance", "income_tax", "repayment", "court_order"})
CHANGES = frozenset({"", "income_counted", "child_grown_up", "extra_ended", "tax_changed", "repayment_began"})
OVERPAID = frozenset({"work_not_told", "paid_twice", "moved_away", "benefit_ended"})
CHANNELS = frozenset({"bank", "post_office"})
CLAIM_STATES = frozenset({"received", "in_process", "waiting_for_papers", "decided_granted", "decided_refused"})
CLAIM_STATUSES = frozenset({"received", "in_process", "waiting_for_papers", "decided"})
PAPERS = frozenset(
    {"birth_certificate", "identity_card", "proof_of_income", "medical_report", "employer_letter", "school_certificate"}
)
EFFECTS = frozenset({"unchanged", "review"})
PAYMENT_STATES = {
    "upcoming": frozenset({"scheduled"}),
    "past": frozenset({"paid"}),
    "problems": frozenset({"late", "returned", "suspended"}),
}
"""Which states each list may hold."""
_REF = re.compile(r"[A-Za-z0-9_-]{8,64}")
_PAYMENT_ID = re.compile(r"[a-z0-9-]{1,64}")


def verification(body: Any) -> PersonRef | None:
    """The person, or None where number and PIN do not belong together."""
    person = field(body, "person")
    return None if person is None else PersonRef(like(person, _REF, "person"))


def payments(body: Any, person: PersonRef) -> Payments:
    """The three lists, newest first."""
    upcoming, past, problems = (_payment_list(body, name, person) for name in PAYMENT_STATES)
    return Payments(
        upcoming, past, problems, tuple(_overpayment(row, person) for row in rows(field(body, "overpaid"), "overpaid"))
    )


def claims(body: Any, person: PersonRef) -> tuple[Claim, ...]:
    """The claims, newest first."""
    return tuple(newest_first(field(body, "claims"), lambda row: _claim(row, person), lambda claim: claim.received))


def claim_status(body: Any) -> str | None:
    """The status word; None: no such case."""
    status = field(body, "status")
    return None if status is None else word(status, CLAIM_STATUSES, "status")


def receipt(body: Any) -> Receipt:
    """What was taken in."""
    return Receipt(reference(field(body, "reference")), day(field(body, "received"), "received"))


def report_taken(body: Any, path: str) -> ReportTaken:
    """What a report leads to."""
    number = reference(field(body, "reference"))
    return ReportTaken(
        number,
        day(field(body, "received"), "received"),
        word(field(body, "effect"), EFFECTS, "effect"),
        day_or_none(field(body, "next_payment"), "next_payment"),
        source=f"agency:/v1{path}#{number}",
    )


def complaint_taken(body: Any) -> ComplaintTaken:
    """The date stamp and what follows."""
    number = reference(field(body, "reference"))
    return ComplaintTaken(
        number,
        day(field(body, "received"), "received"),
        day(field(body, "answer_by"), "answer_by"),
        day_or_none(field(body, "deadline"), "deadline"),
        source=f"agency:/v1/complaints#{number}",
    )


def _payment_list(body: Any, name: str, person: PersonRef) -> tuple[Payment, ...]:
    states = PAYMENT_STATES[name]
    return tuple(
        newest_first(field(body, name), lambda row: _payment(row, person, states), lambda payment: payment.due)
    )


def _payment(row: Any, person: PersonRef, states: frozenset[str]) -> Payment:
    name = like(field(row, "id"), _PAYMENT_ID, "id")
    amount, expected = field(row, "amount"), field(row, "expected")
    if type(amount) is not int or amount < 0:  # True is an int too
        raise nonsense("amount")
    return Payment(
        benefit=word(field(row, "benefit"), BENEFITS, "benefit"),
        amount=amount,
        due=day(field(row, "due"), "due"),
        state=word(field(row, "state"), states, "state"),
        reason=word(field(row, "reason"), REASONS, "reason"),
        next_step=word(field(row, "next_step"), NEXT_STEPS, "next_step"),
        expected=None if expected is None else day(expected, "expected"),
        channel=word(field(row, "channel"), CHANNELS, "channel"),
        source=f"agency:/v1/people/{person}/payments#{name}",
        deductions=_deductions(row, amount),
        change=word(field(row, "change"), CHANGES, "change"),
    )


def _deductions(row: Any, net: int) -> tuple[Deduction, ...]:
    """What is taken off; together with what is paid it must be the whole."""
    found = tuple(
        Deduction(
            word(field(taken, "reason"), DEDUCTIONS, "deductions"), amount_of(field(taken, "amount"), "deductions")
        )
        for taken in rows(field(row, "deductions"), "deductions")
    )
    if field(row, "gross") != net + sum(taken.amount for taken in found):
        raise nonsense("gross")
    return found


def _overpayment(row: Any, person: PersonRef) -> Overpayment:
    return Overpayment(
        benefit=word(field(row, "benefit"), BENEFITS, "benefit"),
        amount=amount_of(field(row, "amount"), "overpaid"),
        reason=word(field(row, "reason"), OVERPAID, "overpaid"),
        source=f"agency:/v1/people/{person}/payments#overpaid",
    )


def _claim(row: Any, person: PersonRef) -> Claim:
    number, missing, expected = (
        reference(field(row, "case_number")),
        field(row, "missing"),
        field(row, "expected"),
    )
    if not isinstance(missing, list):
        raise nonsense("missing")
    return Claim(
        case_number=number,
        benefit=word(field(row, "benefit"), BENEFITS, "benefit"),
        state=word(field(row, "state"), CLAIM_STATES, "state"),
        received=day(field(row, "received"), "received"),
        missing=tuple(word(paper, PAPERS, "missing") for paper in missing),
        expected=None if expected is None else day(expected, "expected"),
        source=f"agency:/v1/people/{person}/claims#{number}",
    )
