"""What is said of deductions, of payments that are lower than before, and of what was paid too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ivr.conversation import payment_results, results
from ivr.records import Deduction, Overpayment, Payment, Payments

TAKEN = (Deduction("health_insurance", 4_110), Deduction("income_tax", 2_375))
NOV = Payment("old_age_pension", 90_000, date(2026, 11, 3), "paid", source="agency:#11", deductions=TAKEN)
OCT = replace(NOV, due=date(2026, 10, 5), source="agency:#10")
CHILD = Payment("child", 20_000, date(2026, 11, 16), "paid", source="agency:#c")
NEXT = replace(NOV, due=date(2026, 12, 3), state="scheduled", source="agency:#12")


def test_each_deduction_is_told_with_its_reason_and_the_sum_before() -> None:
    told = payment_results.deductions(Payments((NEXT,), (NOV, OCT), ()))
    assert told.word == "deductions_told"
    assert (told.values["gross"], told.values["amount"]) == ("money:96485", "money:90000")
    assert told.values["items"]["of"] == [
        {"amount": "money:4110", "reason": "label:deduction:health_insurance"},
        {"amount": "money:2375", "reason": "label:deduction:income_tax"},
    ]
    assert {fact.source for fact in told.facts} == {"agency:#12"}, "of the next payment, not of an old one"
    assert [fact.reason for fact in told.facts if fact.name == "payment_deduction"] == [
        "health_insurance",
        "income_tax",
    ]


def test_deductions_of_several_benefits_are_told_benefit_by_benefit() -> None:
    told = payment_results.deductions(Payments((), (replace(CHILD, deductions=TAKEN[:1]), NOV), ()))
    assert told.word == "deductions_several"
    assert [one["benefit"] for one in told.values["items"]["of"]] == [
        "label:benefit:child",
        "label:benefit:old_age_pension",
    ]


def test_where_nothing_is_taken_off_a_fall_is_the_answer_and_else_that_all_is_paid() -> None:
    fell = Payments(
        (), (replace(CHILD, amount=15_000, change="child_grown_up"), replace(CHILD, due=date(2026, 10, 15))), ()
    )
    assert payment_results.deductions(fell).word == "lower_told"
    assert payment_results.deductions(Payments((), (CHILD,), ())).word == "deductions_none"


@pytest.mark.parametrize(("change", "word", "label"), [
    ("extra_ended", "lower_told", "label:change:extra_ended"), ("", "lower_not_known", "label:change:not_known"),
])  # fmt: skip
def test_a_lower_payment_has_the_reason_of_the_record_or_none(change: str, word: str, label: str) -> None:
    told = payment_results.lower(Payments((), (replace(NOV, amount=87_000, change=change), OCT, CHILD), ()))
    assert (told.word, told.values["reason"]) == (word, label)
    assert (told.values["before"], told.values["amount"]) == ("money:90000", "money:87000")
    assert [fact.source for fact in told.facts] == ["agency:#11", "agency:#10"]


def test_the_next_payment_can_be_the_lower_one() -> None:
    told = payment_results.lower(Payments((replace(NEXT, amount=80_000, change="tax_changed"),), (NOV, OCT), ()))
    assert told.values["amount"] == "money:80000"


def test_other_benefits_are_not_compared_with_each_other() -> None:
    assert payment_results.lower(Payments((), (CHILD, NOV), ())).word == "lower_none"
    assert payment_results.lower(Payments((), (), ())).word == "lower_nothing_paid"


def test_what_was_paid_too_much_has_its_amount_and_reason() -> None:
    told = payment_results.overpaid(Payments((), (), (), (Overpayment("child", 12_345, "paid_twice", "agency:#o"),)))
    assert (told.word, told.values) == (
        "overpaid_told",
        {"amount": "money:12345", "reason": "label:overpaid:paid_twice"},
    )
    assert payment_results.overpaid(Payments((), (NOV,), ())).word == "overpaid_none"


def test_who_gets_several_benefits_hears_the_last_payment_of_each() -> None:
    told = results.payments_last(Payments((), (CHILD, NOV, OCT), ()))
    assert told.word == "last_several"
    assert [one["amount"] for one in told.values["items"]["of"]] == ["money:20000", "money:90000"]
    assert results.payments_last(Payments((), (NOV, OCT), ())).word == "last_paid"
