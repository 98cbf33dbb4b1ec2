"""The demo agency's routes for reports of income or of a change, and for complaints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request

from ivr.records import Complaint, Report
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency.requests import Check, idempotency_key, is_day, is_reference_text, like, read
from ivr.vocabulary import PersonRef

MOST_CENTS = 100_000_000
_is_month = like(r"\d{4}-(?:0[1-9]|1[0-2])")


def _or_null(fits: Check) -> Check:
    return lambda value: value is None or fits(value)


def _is_amount(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST_CENTS


REPORT: Mapping[str, Check] = {
    "reference": is_reference_text,
    "kind": like("income|work|family"),
    "when": lambda value: _is_month(value) or is_day(value),
    "amount": _is_amount,
}
COMPLAINT: Mapping[str, Check] = {
    "reference": is_reference_text,
    "about": like("delay|decision|service|fraud_posed_as_us|fraud_other_person"),
    "words": like(r"(?s:.{0,1000})"),
    "day": _or_null(is_day),
    "person": _or_null(like(r"[A-Za-z0-9_-]{8,64}")),
    "phone_number": _or_null(like(r"\+?\d{3,20}")),
}


def add_routes(routes: Blueprint, agency: InventedAgency) -> None:
    """POST /people/<person>/reports and /complaints."""

    @routes.post("/people/<person>/reports")
    def report(person: str) -> tuple[Response, int]:
        body = read(request.get_json(silent=True), REPORT)
        taken = agency.report(PersonRef(person), Report(**body), idempotency_key())
        days = {"received": _text(taken.received), "next_payment": _text(taken.next_payment)}
        return jsonify(reference=taken.reference, effect=taken.effect, **days), 201

    @routes.post("/complaints")
    def complaint() -> tuple[Response, int]:
        body = read(request.get_json(silent=True), COMPLAINT)
        day = date.fromisoformat(body["day"]) if body["day"] else None
        given = {**body, "day": day, "person": body["person"] or "", "phone_number": body["phone_number"] or ""}
        taken = agency.complain(Complaint(**given), idempotency_key())
        days = {name: _text(getattr(taken, name)) for name in ("received", "answer_by", "deadline")}
        return jsonify(reference=taken.reference, **days), 201


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
