"""The demo agency's letters: they go to the address on file, and not while a change of it is pending."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, request

from ivr.references import with_check_digit
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency.contact_rules import LETTER, address_pending, letter_arrives
from ivr.services.demo_agency.requests import Check, idempotency_key, like, read
from ivr.vocabulary import PersonRef

KINDS = ("benefit_letter", "tax_certificate", "income_certificate", "contribution_statement")
LETTER_REQUEST: Mapping[str, Check] = {"kind": like("|".join(KINDS))}
FIRST_NUMBER = 700_000
"""References of letters are counted from here."""


def add_routes(routes: Blueprint, agency: InventedAgency) -> None:
    """POST /people/<person>/letters."""

    @routes.post("/people/<person>/letters")
    def order_letter(person: str) -> tuple[Response, int]:
        body, key = read(request.get_json(silent=True), LETTER_REQUEST), idempotency_key()
        who, ordered = agency.person(PersonRef(person)), agency.intake.rows(LETTER)
        is_new = all(row.key != key for row in ordered)
        if is_new and address_pending(agency.intake, who.ref, agency.today()):
            return jsonify(reference=None, arrives=None, blocked=True), 201
        number = with_check_digit(FIRST_NUMBER + len(ordered))
        receipt = agency.intake.take_in(LETTER, key, number, {"person": who.ref, "kind": body["kind"]}, agency.today())
        return jsonify(
            reference=receipt.reference, arrives=letter_arrives(receipt.received).isoformat(), blocked=False
        ), 201
