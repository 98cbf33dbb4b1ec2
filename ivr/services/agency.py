"""The port to the agency's own system: the only place that compares a PIN, the only source of facts.

Every method raises AgencyFailed where the agency is away, late (3 s) or answers nonsense.
Amounts are minor units of the line's currency; dates are dates of the agency's time zone.
Words ("late", "in_process") are those of the OpenAPI document in docs/agency-api.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ivr.vocabulary import PersonRef, Secret


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of one benefit."""

    benefit: str
    """old_age_pension, unemployment, child, disability."""
    amount: int
    due: date
    """The day on which it reaches, or should have reached, the person."""
    state: str
    """scheduled, paid, late, returned, suspended."""
    reason: str = ""
    """Where late, returned, suspended: bank_holiday, bank_details_check, returned_by_bank, review_open, papers_missing."""
    next_step: str = ""
    """What happens next: paid_again_on, wait_for_letter, person_needed."""
    expected: date | None = None
    """Where late or returned: the day on which it is now expected."""
    channel: str = "bank"
    """bank or post_office."""
    source: str = ""
    """The record it comes from: agency:/v1/people/…/payments#3 (opaque reference, no customer number)."""


@dataclass(frozen=True, slots=True)
class Payments:
    """What a person was and will be paid; each list newest first, possibly empty."""

    upcoming: tuple[Payment, ...]
    past: tuple[Payment, ...]
    problems: tuple[Payment, ...]
    """Those that are late, returned or suspended."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One application as the agency sees it."""

    case_number: str
    benefit: str
    state: str
    """received, in_process, waiting_for_papers, decided_granted, decided_refused."""
    received: date
    missing: tuple[str, ...] = ()
    """birth_certificate, identity_card, proof_of_income, medical_report, employer_letter, school_certificate."""
    expected: date | None = None
    """When a decision is expected; None: no date yet."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The agency took something in."""

    reference: str
    received: date


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
        """Ask for a letter with a new PIN; the same answer whether or not the two match. `key` makes repeats harmless."""
        ...

    def submit_application(self, reference: str, benefit: str, answers: Mapping[str, str], key: str) -> Receipt:
        """Hand in a finished application. `key` makes repeats harmless: the same receipt comes back."""
        ...

    def request_call_back(self, reference: str, phone_number: str, window: str, reason: str, key: str) -> Receipt:
        """Tell the agency of a call-back that was promised."""
        ...
