"""The demo agency's letters: they go to the address on file, and not while a change of it is pending."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flask import Blueprint, Response, jsonify, request

from ivr.references import with_check_digit
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency.record import working_day
from ivr.services.demo_agency.requests import Check, idempotency_key, like, read
from ivr.vocabulary import PersonRef

KINDS = ("benefit_letter", "tax_certificate", "income_certificate", "contribution_statement")
LETTER: Mapping[str, Check] = {"kind": like("|".join(KINDS))}
POST_TAKES = timedelta(days=5)


def add_routes(routes: Blueprint, agency: InventedAgency) -> None:
    """POST /people/<person>/letters."""

    @routes.post("/people/<person>/letters")
    def order_letter(person: str) -> tuple[Response, int]:
        body, key = read(request.get_json(silent=True), LETTER), idempotency_key()
        who = agency.person(PersonRef(person))
        number = with_check_digit(len(agency.intake.taken_in("letter")) + 700_000)
        receipt = agency.intake.take_in(
            "letter", key, number, {"person": who.ref, "kind": body["kind"]}, agency.today()
        )
        return jsonify(reference=receipt.reference, arrives=_arrives(receipt.received), blocked=False), 201


def _arrives(ordered: date) -> str:
    return working_day(ordered + POST_TAKES).isoformat()
