"""What can stand in a record: plans, from which record.py makes payments and claims for a given day."""

from __future__ import annotations

from dataclasses import dataclass

PENSION, UNEMPLOYMENT, CHILD, DISABILITY = "old_age_pension", "unemployment", "child", "disability"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a payment."""

    state: str
    """late, returned: the last one that was due; suspended: the next one."""
    reason: str
    next_step: str
    expected_in: int | None = None
    """Days from today; None: no date yet."""


@dataclass(frozen=True, slots=True)
class Fall:
    """The last payments are lower than those before."""

    reason: str
    """Empty: the record does not say why."""
    lower_by: int
    """Cents."""
    payments: int = 1
    """How many of the last ones are lower."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A benefit that is paid every month."""

    benefit: str
    trouble: Trouble | None = None
    channel: str = "bank"
    months_paid: int = 12
    """0: the first payment is still to come."""
    months_planned: int = 2
    """0: it has ended."""
    deductions: tuple[tuple[str, int], ...] = ()
    """Reason and cents of each month."""
    fall: Fall | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """A claim."""

    benefit: str
    state: str
    received_ago: int
    """Days before today."""
    missing: tuple[str, ...] = ()
    expected_in: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A whole record."""

    plans: tuple[Plan, ...] = ()
    claims: tuple[Application, ...] = ()
    overpaid: tuple[tuple[str, int, str], ...] = ()
    """Benefit, cents and reason."""


_HOLIDAY = Trouble("late", "bank_holiday", "paid_again_on", 3)
_BANK_CHECK = Trouble("late", "bank_details_check", "person_needed")
_PAPERS_LATE = Trouble("late", "papers_missing", "wait_for_letter")
_RETURNED = Trouble("returned", "returned_by_bank", "paid_again_on", 7)
_RETURNED_LOST = Trouble("returned", "returned_by_bank", "person_needed")
_REVIEW = Trouble("suspended", "review_open", "wait_for_letter")
_PAPERS = Trouble("suspended", "papers_missing", "person_needed")

_INSURED = (("health_insurance", 4_110), ("income_tax", 2_375))
_REPAYS = (("repayment", 2_500),)

STORIES: dict[str, Story] = {
    "pension": Story((Plan(PENSION, deductions=_INSURED),)),
    "pension_post_office": Story((Plan(PENSION, channel="post_office", fall=Fall("extra_ended", 3_000)),)),
    "pension_first": Story((Plan(PENSION, months_paid=0),), (Application(PENSION, "decided_granted", 48),)),
    "pension_late_holiday": Story((Plan(PENSION, _HOLIDAY),)),
    "pension_late_bank_check": Story((Plan(PENSION, _BANK_CHECK),)),
    "pension_returned": Story((Plan(PENSION, _RETURNED),)),
    "pension_review": Story((Plan(PENSION, _REVIEW),)),
    "pension_and_disability": Story((Plan(PENSION, deductions=_INSURED), Plan(DISABILITY, deductions=_INSURED[:1]))),
    "pension_asked": Story((), (Application(PENSION, "received", 6),)),
    "pension_in_process": Story((), (Application(PENSION, "in_process", 34, expected_in=26),)),
    "pension_papers": Story(
        (), (Application(PENSION, "waiting_for_papers", 41, ("birth_certificate",), expected_in=30),)
    ),
    "pension_granted": Story((Plan(PENSION, months_paid=1),), (Application(PENSION, "decided_granted", 75),)),
    "pension_refused": Story((), (Application(PENSION, "decided_refused", 90),)),
    "unemployment": Story((Plan(UNEMPLOYMENT, months_paid=4, fall=Fall("income_counted", 11_250)),)),
    "unemployment_late_papers": Story((Plan(UNEMPLOYMENT, _PAPERS_LATE, months_paid=3),)),
    "unemployment_late_holiday": Story((Plan(UNEMPLOYMENT, _HOLIDAY, months_paid=5),)),
    "unemployment_suspended": Story((Plan(UNEMPLOYMENT, _PAPERS, months_paid=6),)),
    "unemployment_ended": Story(
        (Plan(UNEMPLOYMENT, months_paid=7, months_planned=0),), overpaid=((UNEMPLOYMENT, 43_210, "work_not_told"),)
    ),
    "unemployment_in_process": Story((), (Application(UNEMPLOYMENT, "in_process", 12),)),
    "unemployment_papers": Story(
        (), (Application(UNEMPLOYMENT, "waiting_for_papers", 20, ("employer_letter", "identity_card")),)
    ),
    "unemployment_refused_again": Story(
        (), (Application(UNEMPLOYMENT, "received", 2), Application(UNEMPLOYMENT, "decided_refused", 160))
    ),
    "child": Story((Plan(CHILD),)),
    "child_returned": Story((Plan(CHILD, _RETURNED_LOST),)),
    "child_and_unemployment": Story(
        (Plan(CHILD, fall=Fall("child_grown_up", 7_500, 2)), Plan(UNEMPLOYMENT, months_paid=2))
    ),
    "child_paid_unemployment_asked": Story(
        (Plan(CHILD),), (Application(UNEMPLOYMENT, "in_process", 15, expected_in=20),)
    ),
    "child_papers": Story((), (Application(CHILD, "waiting_for_papers", 25, ("birth_certificate",)),)),
    "child_school": Story(
        (Plan(CHILD, _PAPERS),), (Application(CHILD, "waiting_for_papers", 60, ("school_certificate",)),)
    ),
    "child_asked": Story((), (Application(CHILD, "received", 1),)),
    "child_granted": Story(
        (Plan(CHILD, months_paid=2, fall=Fall("", 1_000)),), (Application(CHILD, "decided_granted", 80),)
    ),
    "disability": Story(
        (Plan(DISABILITY, deductions=_REPAYS, fall=Fall("repayment_began", 2_500)),),
        overpaid=((DISABILITY, 27_500, "paid_twice"),),
    ),
    "disability_late_bank_check": Story((Plan(DISABILITY, _BANK_CHECK, channel="post_office"),)),
    "disability_review": Story((Plan(DISABILITY, _REVIEW),)),
    "disability_papers": Story(
        (), (Application(DISABILITY, "waiting_for_papers", 50, ("medical_report", "proof_of_income"), expected_in=45),)
    ),
    "disability_in_process": Story((), (Application(DISABILITY, "in_process", 70, expected_in=14),)),
    "disability_refused": Story((), (Application(DISABILITY, "decided_refused", 33),)),
    "three_benefits": Story((Plan(CHILD), Plan(DISABILITY), Plan(UNEMPLOYMENT, _HOLIDAY, months_paid=3))),
    "three_claims": Story(
        (),
        (
            Application(DISABILITY, "in_process", 18, expected_in=40),
            Application(CHILD, "waiting_for_papers", 44, ("birth_certificate",)),
            Application(UNEMPLOYMENT, "decided_granted", 120),
        ),
    ),
    "nothing": Story(),
}
