"""What the agency's record says of a person: payments, claims, receipts. Facts as they reach the conversation.

Amounts are minor units of the line's currency; dates are dates of the agency's time zone.
Words ("late", "in_process") are those of the OpenAPI document in docs/agency-api.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ivr.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class Deduction:
    """What is taken off a payment before it goes out."""

    reason: str
    """health_insurance, income_tax, repayment, court_order."""
    amount: int


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
    """Of a problem: bank_holiday, bank_details_check, returned_by_bank, review_open, papers_missing."""
    next_step: str = ""
    """What happens next: paid_again_on, wait_for_letter, person_needed."""
    expected: date | None = None
    """Where late or returned: the day on which it is now expected."""
    channel: str = "bank"
    """bank or post_office."""
    source: str = ""
    """The record it comes from: agency:/v1/people/…/payments#3 (opaque reference, no customer number)."""
    deductions: tuple[Deduction, ...] = ()
    change: str = ""
    """Why it is lower than before: income_counted, child_grown_up, extra_ended, tax_changed, repayment_began."""

    @property
    def gross(self) -> int:
        """Before anything is taken off; the agency's own sum, which was compared when it was read."""
        return self.amount + sum(taken.amount for taken in self.deductions)


@dataclass(frozen=True, slots=True)
class Overpayment:
    """What was paid too much."""

    benefit: str
    amount: int
    """What is still to be paid back."""
    reason: str
    """work_not_told, paid_twice, moved_away, benefit_ended."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Payments:
    """What a person was and will be paid; each list newest first, possibly empty."""

    upcoming: tuple[Payment, ...]
    past: tuple[Payment, ...]
    problems: tuple[Payment, ...]
    """Those that are late, returned or suspended."""
    overpaid: tuple[Overpayment, ...] = ()


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
class LetterOrdered:
    """A letter that is on its way to the address on file, or cannot be sent."""

    kind: str
    """benefit_letter, tax_certificate, income_certificate, contribution_statement."""
    reference: str
    arrives: date | None
    """By this day, at the latest; None where it is blocked."""
    blocked: bool = False
    """An address change is pending: nothing is sent until it holds."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a citizen reports of income or of a change."""

    reference: str
    """Ours; the caller has it in any case."""
    kind: str
    """income, work, family."""
    when: str
    """Of income the month, "2026-10"; of a change its day, "2026-10-31"."""
    amount: int = 0
    """Of income."""


@dataclass(frozen=True, slots=True)
class ReportTaken:
    """A report of income or of a change."""

    reference: str
    received: date | None
    """None: the agency is away; the report is kept and handed in later."""
    effect: str = ""
    """unchanged: the next payment stays as it is; review: a person looks at it."""
    next_payment: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ContactOnFile:
    """What stands in the way of a new address or telephone number, and when the record was used last."""

    last_access: date | None
    hindrance: str = ""
    """contact_pending: a change waits already; letter_pending: a letter is on its way to the old address;
    old_contact_dead: nobody can be told of a change. Empty: nothing."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Streets:
    """The streets of one postcode, by their names; none: there is no such postcode."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactChangeTaken:
    """A request for a new address or telephone number."""

    reference: str
    holds_from: date | None
    """Not in force before this day; None where it was not taken."""
    hindrance: str = ""
    """As above, or street_unknown."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint, an appeal or a report of fraud, as the caller gave it."""

    reference: str
    about: str
    """delay, decision (an appeal), service, fraud_posed_as_us, fraud_other_person."""
    words: str = ""
    """The caller's own; at most 1 000 characters."""
    day: date | None = None
    """Of the decision letter, or of the fraud."""
    person: str = ""
    """Empty: nobody's identity was asked for."""
    phone_number: str = ""
    """Where the caller agreed to be called."""


@dataclass(frozen=True, slots=True)
class ComplaintTaken:
    """A complaint, an appeal or a report of fraud."""

    reference: str
    received: date | None
    """The date stamp. None: the agency is away; it is kept and handed in later."""
    answer_by: date | None = None
    deadline: date | None = None
    """Of an appeal: the last day, by the agency's rules."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The agency took something in."""

    reference: str
    received: date


@dataclass(frozen=True, slots=True)
class RightAsked:
    """A wish about the caller's own data or telephone was kept."""

    reference: str
    """Seven digits; empty where none is needed."""
    done: bool = True
    """False: it could not be done, since the calling number is withheld."""


@dataclass(frozen=True, slots=True)
class CheckStep:
    """What comes next in a pre-check of a benefit; never a decision."""

    what: str
    """ask, or the end: likely, unlikely, cannot_say, ended (the benefit no longer exists)."""
    prompt: str = ""
    """The question, or the sentence that gives the rule's reason; empty: there is none to give."""
    fact: str = ""
    """Our name for what is asked, or for the answer that decided."""
    value: str = ""
    """The number that the prompt names; empty: none."""
    stamp: str = ""
    """Of the rules as they hold now; handed back with the answers."""
    anew: bool = False
    """The rules have changed since the last question: earlier answers no longer count."""
    facts: tuple[Fact, ...] = ()
    """Of a result: rule and numbers with the days from which they hold."""
