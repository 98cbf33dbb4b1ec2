"""An office in the forms that prompts are filled with."""

from __future__ import annotations

from typing import Any

from ivr.task_records import TELEPHONE, Office, Open
from ivr.vocabulary import Fact

PAPERS_AT_ONCE = 3


def named(office: str, town: str, street: str) -> Any:
    """ "at the office in Alderbrook, Market Square", or "by phone"."""
    if office == TELEPHONE:
        return "label:appointment_way:telephone"
    return {"each": "office_named", "of": [{"town": f"words:{town}", "street": f"words:{street}"}]}


def papers(found: tuple[str, ...]) -> dict[str, Any]:
    """A sentence for each, three at most."""
    return {"each": "bring_item", "of": [{"paper": f"label:paper:{paper}"} for paper in found[:PAPERS_AT_ONCE]]}


def opening(office: Office, today: str) -> dict[str, Any]:
    """Today's hours, or when it opens next; nothing where it does not open within two weeks."""
    spans = [span for span in office.open if span.day.isoformat() == today]
    if spans:
        return {"each": "office_open_today", "of": [_span(span) for span in spans]}
    later = [span for span in office.open if span.day.isoformat() > today]
    opens = [{"opens": f"time:{span.day.isoformat()}T{span.opens:%H:%M}"} for span in later[:1]]
    return {"each": "office_closed_today", "of": opens}


def access(office: Office) -> dict[str, Any]:
    """With or without steps."""
    return {"each": "office_step_free" if office.step_free else "office_steps", "of": [{}]}


def facts(office: Office, today: str) -> tuple[Fact, ...]:
    """What is said of it."""
    hours = [
        Fact("office_open", f"{span.day}T{span.opens:%H:%M}-{span.closes:%H:%M}", office.source, "hours_of_today")
        for span in office.open
        if span.day.isoformat() == today
    ]
    return (
        Fact("office", office.id, office.source, "nearest_that_does_it"),
        Fact("office_step_free", str(office.step_free), office.source, "access_as_recorded"),
        *hours,
        *(Fact("paper_to_bring", paper, office.source, "papers_of_service") for paper in office.papers),
    )


def _span(span: Open) -> dict[str, str]:
    return {"date": f"date:{span.day.isoformat()}", "hours": f"hours:{span.opens:%H:%M}-{span.closes:%H:%M}"}
