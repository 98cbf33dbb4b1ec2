"""The record of an invented person on a given day: the same person, the same day, the same record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ivr.records import Claim, Deduction, Overpayment, Payment, Payments
from ivr.references import with_check_digit
from ivr.services.demo_agency.people import Person
from ivr.services.demo_agency.stories import (
    CHILD,
    DISABILITY,
    PENSION,
    STORIES,
    UNEMPLOYMENT,
    Application,
    Plan,
    Trouble,
)

SEED = "arland"
PAY_DAY = {PENSION: 3, UNEMPLOYMENT: 10, CHILD: 15, DISABILITY: 25}
"""The day of the month; where it falls on a weekend, the Monday after it."""
MONTHLY = {
    PENSION: (48_000, 172_000),
    UNEMPLOYMENT: (52_000, 140_000),
    CHILD: (9_500, 38_000),
    DISABILITY: (41_000, 118_000),
}
"""The least and the most that is paid, in cents."""
ONE_YEAR = timedelta(days=365)
LATE_FOR = timedelta(days=4)
SHORTEST_MONTH = 28
SATURDAY = 5


def payments(person: Person, today: date) -> Payments:
    """What was and will be paid; each list newest first. What is scheduled lies behind today."""
    made = [payment for plan in STORIES[person.story].plans for payment in _payments_of(person, plan, today)]
    made.sort(key=lambda payment: payment.due, reverse=True)
    return Payments(
        upcoming=tuple(payment for payment in made if payment.state == "scheduled"),
        past=tuple(payment for payment in made if payment.state == "paid"),
        problems=tuple(payment for payment in made if payment.state not in ("scheduled", "paid")),
        overpaid=tuple(
            Overpayment(benefit, amount, reason, f"agency:/v1/people/{person.ref}/payments#overpaid")
            for benefit, amount, reason in STORIES[person.story].overpaid
        ),
    )


def claims(person: Person, today: date) -> tuple[Claim, ...]:
    """The person's applications, newest first."""
    made = [_claim(person, place, claim, today) for place, claim in enumerate(STORIES[person.story].claims)]
    return tuple(sorted(made, key=lambda claim: claim.received, reverse=True))


def case_number(person: Person, place: int) -> str:
    """Of the person's claim at this place of the story; the same on every day."""
    return with_check_digit(_random(person, f"case {place}").randrange(100_000, 1_000_000))


def _payments_of(person: Person, plan: Plan, today: date) -> Iterator[Payment]:
    amount = 5 * _random(person, plan.benefit).randrange(*(cents // 5 for cents in MONTHLY[plan.benefit]))
    pay_day = _pay_day(plan, today)
    due_days = [_due(pay_day, today, month) for month in range(-13, plan.months_planned + 2)]
    past = [day for day in due_days if today - ONE_YEAR < day <= today]
    past = past[len(past) - plan.months_paid :] if plan.months_paid < len(past) else past
    ahead = [day for day in due_days if day > today][: plan.months_planned]
    for place, day in enumerate(past, start=1):
        is_stuck = plan.trouble is not None and plan.trouble.state != "suspended" and day == past[-1]
        made = _payment(person, plan, amount, day, "paid", plan.trouble if is_stuck else None, today)
        yield _as_it_was(plan, made, len(past) - place)
    if plan.trouble is not None and plan.trouble.state == "suspended":
        yield _payment(person, plan, amount, ahead[0], "suspended", plan.trouble, today)
        return  # nothing is scheduled behind a suspended payment
    for day in ahead:
        yield _payment(person, plan, amount, day, "scheduled", None, today)


def _payment(
    person: Person, plan: Plan, amount: int, due: date, state: str, trouble: Trouble | None, today: date
) -> Payment:
    source = f"agency:/v1/people/{person.ref}/payments#{payment_id(plan.benefit, due)}"
    if trouble is None:
        taken = tuple(Deduction(reason, cents) for reason, cents in plan.deductions)
        return Payment(plan.benefit, amount, due, state, channel=plan.channel, source=source, deductions=taken)
    expected = None if trouble.expected_in is None else working_day(today + timedelta(days=trouble.expected_in))
    why, then = trouble.reason, trouble.next_step
    return Payment(plan.benefit, amount, due, trouble.state, why, then, expected, plan.channel, source)


def _as_it_was(plan: Plan, payment: Payment, later: int) -> Payment:
    """A payment made, with `later` ones behind it: before a fall it was higher, at the fall it has its reason."""
    if plan.fall is None or later < plan.fall.payments - 1:
        return payment
    if later == plan.fall.payments - 1:
        return replace(payment, change=plan.fall.reason)
    without = () if plan.fall.reason == "repayment_began" else payment.deductions
    return replace(payment, amount=payment.amount + plan.fall.lower_by, deductions=without)


def _claim(person: Person, place: int, claim: Application, today: date) -> Claim:
    expected = None if claim.expected_in is None else working_day(today + timedelta(days=claim.expected_in))
    number = case_number(person, place)
    source = f"agency:/v1/people/{person.ref}/claims#{number}"
    received = today - timedelta(days=claim.received_ago)
    return Claim(number, claim.benefit, claim.state, received, claim.missing, expected, source)


def payment_id(benefit: str, due: date) -> str:
    """One payment's name within a person's record."""
    return f"{benefit.replace('_', '-')}-{due:%Y-%m}"


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def _pay_day(plan: Plan, today: date) -> int:
    """The benefit's pay day; where a payment is late, some days ago, since nobody waits for weeks before they call."""
    if plan.trouble is None or plan.trouble.state == "suspended":
        return PAY_DAY[plan.benefit]
    return min((today - LATE_FOR).day, SHORTEST_MONTH)


def _due(pay_day: int, today: date, months_ahead: int) -> date:
    months = today.year * 12 + today.month - 1 + months_ahead
    return working_day(date(months // 12, months % 12 + 1, pay_day))


def _random(person: Person, what: str) -> Random:
    return Random(f"{SEED} {person.customer_number} {what}")
