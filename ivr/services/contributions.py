"""The record of what was paid in."""

from __future__ import annotations

from typing import Any

from ivr.services import reading
from ivr.services.agency_client import AgencyClient
from ivr.task_records import ContributionDue, Contributions, Gap
from ivr.vocabulary import PersonRef

GAP_REASONS = frozenset({"employer_missing", "not_paid", "abroad", "two_numbers", "not_known"})


class ContributionRecords:
    """Shared by all threads. Raises AgencyFailed."""

    def __init__(self, agency: AgencyClient) -> None:
        self._agency = agency

    def of(self, person: PersonRef) -> Contributions:
        """Totals, gaps newest first, and what is due."""
        body = self._agency.ask("contributions", "GET", f"/people/{person}/contributions")
        last, due = reading.field(body, "last_month_ends"), reading.field(body, "due")
        return Contributions(
            months=reading.amount(reading.field(body, "months"), "months"),
            last_month_ends=None if last is None else reading.day(last, "last_month_ends"),
            months_last_year=reading.amount(reading.field(body, "months_last_year"), "months_last_year"),
            gaps=tuple(reading.newest_first(reading.field(body, "gaps"), _gap, lambda gap: gap.since)),
            due=None if due is None else _due(due),
            source=f"agency:/v1/people/{person}/contributions",
        )


def _gap(row: Any) -> Gap:
    since, until = (reading.day(reading.field(row, name), name) for name in ("since", "until"))
    return Gap(since, until, reading.word(reading.field(row, "reason"), GAP_REASONS, "reason"))


def _due(row: Any) -> ContributionDue:
    return ContributionDue(
        reading.amount(reading.field(row, "amount"), "amount"), reading.day(reading.field(row, "due"), "due")
    )
