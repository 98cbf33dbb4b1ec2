"""Reading the agency's answers: what is not as docs/agency-api.yaml describes it is AgencyFailed, never guessed at.

The texts of the errors name fields and hold no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from ivr.errors import AgencyFailed
from ivr.records import Claim, Payment, Payments, Receipt
from ivr.references import is_reference
from ivr.vocabulary import PersonRef

BENEFITS = frozenset({"old_age_pension", "unemployment", "child", "disability"})
REASONS = frozenset({"", "bank_holiday", "bank_details_check", "returned_by_bank", "review_open", "papers_missing"})
NEXT_STEPS = frozenset({"", "paid_again_on", "wait_for_letter", "person_needed"})
CHANNELS = frozenset({"bank", "post_office"})
CLAIM_STATES = frozenset({"received", "in_process", "waiting_for_papers", "decided_granted", "decided_refused"})
CLAIM_STATUSES = frozenset({"received", "in_process", "waiting_for_papers", "decided"})
PAPERS = frozenset(
    {"birth_certificate", "identity_card", "proof_of_income", "medical_report", "employer_letter", "school_certificate"}
)
PAYMENT_STATES = {
    "upcoming": frozenset({"scheduled"}),
    "past": frozenset({"paid"}),
    "problems": frozenset({"late", "returned", "suspended"}),
}
"""Which states each list may hold."""
_REF = re.compile(r"[A-Za-z0-9_-]{8,64}")
_PAYMENT_ID = re.compile(r"[a-z0-9-]{1,64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
T = TypeVar("T")


def verification(body: Any) -> PersonRef | None:
    """The person, or None where number and PIN do not belong together."""
    person = _field(body, "person")
    return None if person is None else PersonRef(_like(person, _REF, "person"))


def payments(body: Any, person: PersonRef) -> Payments:
    """The three lists, newest first."""
    upcoming, past, problems = (_payment_list(body, name, person) for name in PAYMENT_STATES)
    return Payments(upcoming, past, problems)


def claims(body: Any, person: PersonRef) -> tuple[Claim, ...]:
    """The claims, newest first."""
    return tuple(_sorted(_field(body, "claims"), lambda row: _claim(row, person), lambda claim: claim.received))


def claim_status(body: Any) -> str | None:
    """The status word; None: no such case."""
    status = _field(body, "status")
    return None if status is None else _word(status, CLAIM_STATUSES, "status")


def receipt(body: Any) -> Receipt:
    """What was taken in."""
    return Receipt(_reference(_field(body, "reference")), _day(_field(body, "received"), "received"))


def _payment_list(body: Any, name: str, person: PersonRef) -> tuple[Payment, ...]:
    states = PAYMENT_STATES[name]
    return tuple(_sorted(_field(body, name), lambda row: _payment(row, person, states), lambda payment: payment.due))


def _payment(row: Any, person: PersonRef, states: frozenset[str]) -> Payment:
    name = _like(_field(row, "id"), _PAYMENT_ID, "id")
    amount, expected = _field(row, "amount"), _field(row, "expected")
    if type(amount) is not int or amount < 0:  # True is an int too
        raise _nonsense("amount")
    return Payment(
        benefit=_word(_field(row, "benefit"), BENEFITS, "benefit"),
        amount=amount,
        due=_day(_field(row, "due"), "due"),
        state=_word(_field(row, "state"), states, "state"),
        reason=_word(_field(row, "reason"), REASONS, "reason"),
        next_step=_word(_field(row, "next_step"), NEXT_STEPS, "next_step"),
        expected=None if expected is None else _day(expected, "expected"),
        channel=_word(_field(row, "channel"), CHANNELS, "channel"),
        source=f"agency:/v1/people/{person}/payments#{name}",
    )


def _claim(row: Any, person: PersonRef) -> Claim:
    number, missing, expected = _reference(_field(row, "case_number")), _field(row, "missing"), _field(row, "expected")
    if not isinstance(missing, list):
        raise _nonsense("missing")
    return Claim(
        case_number=number,
        benefit=_word(_field(row, "benefit"), BENEFITS, "benefit"),
        state=_word(_field(row, "state"), CLAIM_STATES, "state"),
        received=_day(_field(row, "received"), "received"),
        missing=tuple(_word(paper, PAPERS, "missing") for paper in missing),
        expected=None if expected is None else _day(expected, "expected"),
        source=f"agency:/v1/people/{person}/claims#{number}",
    )


def _sorted(rows: Any, read: Callable[[Any], T], day: Callable[[T], date]) -> list[T]:
    if not isinstance(rows, list):
        raise _nonsense("a list")
    return sorted(map(read, rows), key=day, reverse=True)


def _field(body: Any, name: str) -> Any:
    if not isinstance(body, dict) or name not in body:
        raise _nonsense(name)
    return body[name]


def _word(value: Any, words: frozenset[str], name: str) -> str:
    if not isinstance(value, str) or value not in words:
        raise _nonsense(name)
    return value


def _like(value: Any, pattern: re.Pattern[str], name: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _nonsense(name)
    return value


def _reference(value: Any) -> str:
    if not isinstance(value, str) or not is_reference(value):
        raise _nonsense("reference")
    return value


def _day(value: Any, name: str) -> date:
    try:
        return date.fromisoformat(_like(value, _DAY, name))
    except ValueError:
        raise _nonsense(name) from None


def _nonsense(name: str) -> AgencyFailed:
    return AgencyFailed(f"the agency's answer is not as agreed: {name}")
