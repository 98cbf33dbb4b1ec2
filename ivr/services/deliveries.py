"""Handing one parcel of the outbox to the agency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from ivr.errors import AgencyFailed
from ivr.records import Receipt
from ivr.services.agency import Agency

Delivered: TypeAlias = Mapping[str, str]
"""The agency's receipt as the outbox keeps it; empty where there is none (PIN letters)."""


class Kind(StrEnum):
    """What can lie in the outbox."""

    APPLICATION = "application"
    CALL_BACK = "call_back"
    PIN_LETTER = "pin_letter"


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
    raise AgencyFailed(f"nobody knows how to deliver {kind!r}")


def receipt_of(kept: Delivered) -> Receipt:
    """The receipt that the outbox kept."""
    return Receipt(kept["reference"], date.fromisoformat(kept["received"]))


def _kept(receipt: Receipt) -> Delivered:
    return {"reference": receipt.reference, "received": receipt.received.isoformat()}
