"""Handing one parcel of the outbox to the agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from ivr.errors import AgencyFailed
from ivr.records import Complaint, ComplaintTaken, Receipt, Report, ReportTaken
from ivr.services.agency import Agency
from ivr.vocabulary import PersonRef

Delivered: TypeAlias = Mapping[str, str]
"""The agency's receipt as the outbox keeps it; empty where there is none (PIN letters)."""


class Kind(StrEnum):
    """What can lie in the outbox."""

    APPLICATION = "application"
    CALL_BACK = "call_back"
    PIN_LETTER = "pin_letter"
    REPORT = "report"
    """Of income or of a change."""
    COMPLAINT = "complaint"
    """Or an appeal, or a report of fraud."""


def deliver(agency: Agency, kind: str, key: str, payload: Mapping[str, Any]) -> Delivered:
    """Hand it in; AgencyFailed where that did not work. May be repeated: the key makes that harmless."""
    if kind == Kind.APPLICATION:
        receipt = agency.submit_application(payload["reference"], payload["benefit"], payload["answers"], key)
        return _kept(receipt)
    if kind == Kind.CALL_BACK:
        fields = (payload["reference"], payload["phone_number"], payload["window"], payload["reason"])
        return _kept(agency.request_call_back(*fields, key=key))
    if kind == Kind.PIN_LETTER:
        agency.request_pin_letter(payload["customer_number"], date.fromisoformat(payload["birth_date"]), key)
        return {}
    if kind == Kind.REPORT:
        person, report = payload["person"], {name: value for name, value in payload.items() if name != "person"}
        return _days_as_text(asdict(agency.report(PersonRef(person), Report(**report), key)))
    if kind == Kind.COMPLAINT:
        day = payload["day"] and date.fromisoformat(payload["day"])
        return _days_as_text(asdict(agency.complain(Complaint(**{**payload, "day": day or None}), key)))
    raise AgencyFailed(f"nobody knows how to deliver {kind!r}")


def receipt_of(kept: Delivered) -> Receipt:
    """The receipt that the outbox kept."""
    return Receipt(kept["reference"], date.fromisoformat(kept["received"]))


def report_of(kept: Delivered) -> ReportTaken:
    """What a report led to, as the outbox kept it."""
    return ReportTaken(**{**kept, **_days(kept, "received", "next_payment")})


def complaint_of(kept: Delivered) -> ComplaintTaken:
    """What a complaint led to, as the outbox kept it."""
    return ComplaintTaken(**{**kept, **_days(kept, "received", "answer_by", "deadline")})


def _days_as_text(record: Mapping[str, Any]) -> Delivered:
    """Days as ISO text; empty where there is none."""
    return {name: value.isoformat() if isinstance(value, date) else str(value or "") for name, value in record.items()}


def _days(kept: Delivered, *names: str) -> dict[str, Any]:
    return {name: date.fromisoformat(kept[name]) if kept[name] else None for name in names}


def _kept(receipt: Receipt) -> Delivered:
    return {"reference": receipt.reference, "received": receipt.received.isoformat()}
