"""Why a payment is what it is: what is taken off, why it is lower than before, what was paid too much. Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ivr.conversation.outcome import Outcome
from ivr.records import Payment, Payments
from ivr.vocabulary import Fact


def deductions(payments: Payments) -> Outcome:
    """What is taken off, benefit by benefit; where nothing is, why the last payment was lower, if it was."""
    newest = [payment for payment in _newest_of_each(payments) if payment.deductions]
    if not newest:
        less = lower(payments)
        return less if less.word in ("lower_told", "lower_not_known") else Outcome("deductions_none")
    facts = tuple(fact for payment in newest for fact in _deduction_facts(payment))
    if len(newest) == 1:
        return Outcome("deductions_told", _deduction_values(newest[0]), facts)
    items = {"each": "deductions_item", "of": [_deduction_values(payment) for payment in newest]}
    return Outcome("deductions_several", {"items": items}, facts)


def lower(payments: Payments) -> Outcome:
    """The newest payment that is lower than the one of the same benefit before it, and the reason of the record."""
    if not payments.past:
        return Outcome("lower_nothing_paid")
    for now, before in _pairs(payments):
        if now.amount < before.amount:
            values = {
                "benefit": f"label:benefit:{now.benefit}",
                "before": f"money:{before.amount}",
                "amount": f"money:{now.amount}",
                "reason": f"label:change:{now.change or 'not_known'}",
            }
            facts = (
                Fact("payment_amount", str(now.amount), now.source, "amount_as_recorded", now.change),
                Fact("payment_before", str(before.amount), before.source, "amount_as_recorded"),
            )
            return Outcome("lower_told" if now.change else "lower_not_known", values, facts)
    last = max(payments.past, key=lambda payment: payment.due)
    fact = Fact("payment_amount", str(last.amount), last.source, "amount_as_recorded")
    return Outcome("lower_none", {"amount": f"money:{last.amount}"}, (fact,))


def overpaid(payments: Payments) -> Outcome:
    """What was paid too much, and why; a person follows in any case."""
    if not payments.overpaid:
        return Outcome("overpaid_none")
    newest = payments.overpaid[0]
    values = {"amount": f"money:{newest.amount}", "reason": f"label:overpaid:{newest.reason}"}
    fact = Fact("overpaid_amount", str(newest.amount), newest.source, "overpayment_as_recorded", newest.reason)
    return Outcome("overpaid_told", values, (fact,))


def _newest_of_each(payments: Payments) -> list[Payment]:
    """The next payment of each benefit that is paid, else its last one; as the benefits come."""
    soonest_first = sorted(payments.upcoming, key=lambda payment: payment.due)
    found: dict[str, Payment] = {}
    for payment in (*soonest_first, *payments.past):
        found.setdefault(payment.benefit, payment)
    return list(found.values())


def _pairs(payments: Payments) -> list[tuple[Payment, Payment]]:
    """Each benefit's newest payments with the one before: next and last, then the last two; the newest pair first."""
    pairs: list[tuple[Payment, Payment]] = []
    for benefit in dict.fromkeys(payment.benefit for payment in payments.past):
        past = [payment for payment in payments.past if payment.benefit == benefit][:2]
        ahead = [payment for payment in payments.upcoming if payment.benefit == benefit][-1:]
        row = [*ahead, *past]
        pairs += pairwise(row)
    return sorted(pairs, key=lambda pair: pair[0].due, reverse=True)


def _deduction_values(payment: Payment) -> dict[str, Any]:
    each = [
        {"amount": f"money:{taken.amount}", "reason": f"label:deduction:{taken.reason}"} for taken in payment.deductions
    ]
    return {
        "benefit": f"label:benefit:{payment.benefit}",
        "gross": f"money:{payment.gross}",
        "amount": f"money:{payment.amount}",
        "items": {"each": "deduction_item", "of": each},
    }


def _deduction_facts(payment: Payment) -> tuple[Fact, ...]:
    return (
        Fact("payment_gross", str(payment.gross), payment.source, "gross_as_recorded"),
        Fact("payment_amount", str(payment.amount), payment.source, "amount_as_recorded"),
        *(
            Fact("payment_deduction", str(taken.amount), payment.source, "deduction_as_recorded", taken.reason)
            for taken in payment.deductions
        ),
    )
