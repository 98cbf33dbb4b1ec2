"""The record -> an outcome: one word for Rasa, values for a prompt, facts for the journal.

Pure functions: every value said comes from the record handed in; nothing is computed but the choice of what to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ivr.conversation import payment_results
from ivr.conversation.outcome import Outcome
from ivr.records import Claim, Payment, Payments
from ivr.vocabulary import Fact

AT_ONCE = 4
"""So many payments or claims are said in one go: one for each benefit there is."""


def payments_next(payments: Payments) -> Outcome:
    """When the next money comes; a payment that should have come already is told first."""
    if payments.problems and payments.problems[0].state in ("late", "suspended"):
        problem = payments.problems[0]
        return _problem("next_late" if problem.state == "late" else "next_suspended", problem)
    if not payments.upcoming:
        return Outcome("next_none")
    upcoming = tuple(sorted(payments.upcoming, key=lambda payment: payment.due))
    first_of_each = tuple({payment.benefit: payment for payment in reversed(upcoming)}.values())
    if len(first_of_each) == 1:
        return Outcome("next_scheduled", _payment_values(upcoming[0]), _payment_facts(upcoming[0]))
    soonest = tuple(sorted(first_of_each, key=lambda payment: payment.due))[:AT_ONCE]
    items = {"each": "next_item", "of": [_payment_values(payment) for payment in soonest]}
    facts = tuple(fact for payment in soonest for fact in _payment_facts(payment))
    return Outcome("next_several", {"items": items}, facts)


def payments_last(payments: Payments) -> Outcome:
    """What was paid last, of each benefit."""
    paid = [payment for payment in payments.past if payment.state == "paid"]
    if not paid:
        return Outcome("last_none")
    last_of_each = list({payment.benefit: payment for payment in sorted(paid, key=lambda one: one.due)}.values())
    if len(last_of_each) > 1:
        newest = sorted(last_of_each, key=lambda payment: payment.due, reverse=True)[:AT_ONCE]
        items = {"each": "last_item", "of": [_payment_values(payment) for payment in newest]}
        return Outcome("last_several", {"items": items}, tuple(fact for one in newest for fact in _payment_facts(one)))
    last = last_of_each[0]
    return Outcome("last_paid", _payment_values(last), _payment_facts(last))


def payments_late(payments: Payments) -> Outcome:
    """My money has not come: late, returned or suspended with its reason; else what the record says was paid."""
    if payments.problems:
        problem = payments.problems[0]
        return _problem(f"late_{problem.state}", problem)
    paid = [payment for payment in payments.past if payment.state == "paid"]
    if not paid:
        return Outcome("late_none")
    last = max(paid, key=lambda payment: payment.due)
    return Outcome("late_paid", _payment_values(last), _payment_facts(last))


def claims(found: tuple[Claim, ...]) -> Outcome:
    """What has happened to an application; several by date received."""
    if not found:
        return Outcome("claim_none")
    newest_first = sorted(found, key=lambda claim: claim.received, reverse=True)
    if len(newest_first) > 1:
        items = [_claim_values(claim) for claim in newest_first[:AT_ONCE]]
        facts = tuple(fact for claim in newest_first[:AT_ONCE] for fact in _claim_facts(claim))
        return Outcome("claim_several", {"items": {"each": "claim_item", "of": items}}, facts)
    claim = newest_first[0]
    words = {"decided_granted": "claim_granted", "decided_refused": "claim_refused"}
    return Outcome(words.get(claim.state, f"claim_{claim.state}"), _claim_values(claim), _claim_facts(claim))


def _problem(word: str, problem: Payment) -> Outcome:
    values = {
        **_payment_values(problem),
        "reason": f"label:reason:{problem.reason or 'not_known'}",
        "next_step": _next_step(problem),
    }
    return Outcome(word, values, _payment_facts(problem))


def _next_step(problem: Payment) -> Any:
    """The next step with its day, where the record has one."""
    if problem.expected is None:
        return f"label:next_step:{problem.next_step or 'person_needed'}"
    return {"each": "next_step_on", "of": [{"date": f"date:{problem.expected.isoformat()}"}]}


def _payment_values(payment: Payment) -> dict[str, Any]:
    return {
        "benefit": f"label:benefit:{payment.benefit}",
        "amount": f"money:{payment.amount}",
        "date": f"date:{payment.due.isoformat()}",
        "channel": f"label:channel:{payment.channel}",
    }


def _payment_facts(payment: Payment) -> tuple[Fact, ...]:
    facts = [
        Fact("payment_amount", str(payment.amount), payment.source, "amount_as_recorded", payment.reason),
        Fact("payment_date", payment.due.isoformat(), payment.source, "due_as_recorded", payment.reason),
        Fact("payment_state", payment.state, payment.source, "state_as_recorded", payment.reason),
    ]
    if payment.expected is not None:
        expected = payment.expected.isoformat()
        facts.append(Fact("payment_expected", expected, payment.source, "expected_as_recorded", payment.reason))
    return tuple(facts)


def _claim_values(claim: Claim) -> dict[str, Any]:
    papers = {"each": "paper_item", "of": [{"paper": f"label:paper:{paper}"} for paper in claim.missing]}
    expected: Any = {"each": "claim_no_date", "of": [{}]}
    if claim.expected is not None:
        expected = {"each": "claim_expected", "of": [{"date": f"date:{claim.expected.isoformat()}"}]}
    return {
        "benefit": f"label:benefit:{claim.benefit}",
        "received": f"date:{claim.received.isoformat()}",
        "status": f"label:status:{claim.state}",
        "papers": papers,
        "expected": expected,
    }


def _claim_facts(claim: Claim) -> tuple[Fact, ...]:
    facts = [
        Fact("claim_state", claim.state, claim.source, "state_as_recorded"),
        Fact("claim_received", claim.received.isoformat(), claim.source, "received_as_recorded"),
    ]
    facts += [Fact("claim_missing", paper, claim.source, "papers_as_recorded") for paper in claim.missing]
    if claim.expected is not None:
        facts.append(Fact("claim_expected", claim.expected.isoformat(), claim.source, "expected_as_recorded"))
    return tuple(facts)


OUTCOMES: dict[str, Callable[[Payments], Outcome]] = {
    "payments_next": payments_next,
    "payments_last": payments_last,
    "payments_late": payments_late,
    "payments_deductions": payment_results.deductions,
    "payments_lower": payment_results.lower,
    "payments_overpaid": payment_results.overpaid,
}
"""What is fetched -> how its record is told."""
