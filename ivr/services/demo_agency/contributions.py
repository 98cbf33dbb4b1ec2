"""The demo agency's contribution records: made from the person and the day, the same on every call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from flask import Blueprint, Response, jsonify

from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency.people import Person
from ivr.services.demo_agency.record import SEED, working_day
from ivr.vocabulary import PersonRef

FIRST_WORK_AGE = 19
RETIRED_AGE = 66
GAPS: Mapping[str, tuple[tuple[float, int, str], ...]] = {
    "ruth": ((0.3, 6, "employer_missing"),),
    "walter": ((0.2, 5, "abroad"), (0.4, 3, "not_known"), (0.6, 8, "employer_missing"), (0.8, 2, "two_numbers")),
    "bernard": ((0.5, 4, "employer_missing"), (0.8, 3, "not_paid")),
    "clara": ((0.6, 12, "not_known"),),
    "sofia": ((0.4, 24, "abroad"),),
}
"""First name -> how far into the working life, months, reason."""
PAYS_ALONE: Mapping[str, tuple[int, int]] = {"bernard": (21_450, 12), "ramon": (18_900, -9)}
"""First name -> cents, and days from today until they are due (below zero: overdue)."""
NEVER_PAID_IN = frozenset({"mateo"})


def add_routes(routes: Blueprint, agency: InventedAgency) -> None:
    """GET /people/<person>/contributions."""

    @routes.get("/people/<person>/contributions")
    def contributions(person: str) -> Response:
        return jsonify(record_of(agency.person(PersonRef(person)), agency.today()))


def record_of(person: Person, today: date) -> dict[str, Any]:
    """Months from the first work to the last whole month, or to the pension, less the gaps."""
    first, last = working_life(person, today)
    if person.key in NEVER_PAID_IN or last <= first:
        return {"months": 0, "last_month_ends": None, "months_last_year": 0, "gaps": [], "due": None}
    gaps = [(first + int((last - first) * share), months, reason) for share, months, reason in GAPS.get(person.key, ())]
    missing = {month for begin, months, _ in gaps for month in range(begin, begin + months)}
    covered = [month for month in range(first, last) if month not in missing]
    last_year = range((today.year - 1) * 12, today.year * 12)
    return {
        "months": len(covered),
        "last_month_ends": _end_of(covered[-1]).isoformat(),
        "months_last_year": sum(month in last_year for month in covered),
        "gaps": [
            {"since": _start_of(begin).isoformat(), "until": _end_of(begin + months - 1).isoformat(), "reason": reason}
            for begin, months, reason in sorted(gaps, reverse=True)
        ],
        "due": _due(person, today),
    }


def working_life(person: Person, today: date) -> tuple[int, int]:
    """First month and the month behind the last one, counted from the year 0."""
    years = FIRST_WORK_AGE + Random(f"{SEED} {person.customer_number} work").randrange(6)
    first = (person.birth_date.year + years) * 12 + person.birth_date.month - 1
    retired = (person.birth_date.year + RETIRED_AGE) * 12 + person.birth_date.month - 1
    return first, min(today.year * 12 + today.month - 1, retired)


def _due(person: Person, today: date) -> dict[str, Any] | None:
    if person.key not in PAYS_ALONE:
        return None
    amount, days = PAYS_ALONE[person.key]
    return {"amount": amount, "due": working_day(today + timedelta(days=days)).isoformat()}


def _start_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _end_of(month: int) -> date:
    return _start_of(month + 1) - timedelta(days=1)
