"""The demo agency's routes for addresses and telephone numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from threading import Lock
from typing import Any

from flask import Blueprint, Response, jsonify, request

from ivr.references import with_check_digit
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency import contact_rules
from ivr.services.demo_agency.contact_rules import CHANGE, NOTICE, STOP
from ivr.services.demo_agency.people import Person
from ivr.services.demo_agency.requests import Check, idempotency_key, is_reference_text, like, read
from ivr.services.demo_agency.streets import STREETS
from ivr.vocabulary import PersonRef

FIRST_NUMBER = 800_000
"""References of changes are counted from here."""
_NEW_PHONE: Mapping[str, Check] = {"phone": like(r"\+?\d{6,15}")}
_NEW_ADDRESS: Mapping[str, Check] = {"postcode": like(r"\d{5}"), "street": like(r".{1,80}"), "house": like(r"\d{1,5}")}
_one_at_a_time = Lock()
"""Two requests for the same person must not both find no pending change."""


def _is_new_contact(value: Any) -> bool:
    for fields in (_NEW_PHONE, _NEW_ADDRESS):
        if isinstance(value, dict) and value.keys() == fields.keys():
            return all(fits(value[name]) for name, fits in fields.items())
    return False


CONTACT_CHANGE: Mapping[str, Check] = {"new": _is_new_contact}
STOP_REQUEST: Mapping[str, Check] = {"reference": is_reference_text}
STREETS_QUESTION: Mapping[str, Check] = {"postcode": like(r"\d{5}")}


def add_routes(routes: Blueprint, agency: InventedAgency) -> None:
    """What stands in the record, the streets of a postcode, a change, and the old contact's stop."""

    @routes.get("/people/<person>/contact")
    def contact(person: str) -> Response:
        who = agency.person(PersonRef(person))
        found = contact_rules.hindrance(agency.intake, who, agency.today())
        return jsonify(last_access=_last_access(who, agency.today()).isoformat(), hindrance=found)

    @routes.post("/streets")
    def streets() -> Response:
        body = read(request.get_json(silent=True), STREETS_QUESTION)
        return jsonify(streets=list(STREETS.get(body["postcode"], ())))

    @routes.post("/people/<person>/contact-changes")
    def change_contact(person: str) -> tuple[Response, int]:
        body, key = read(request.get_json(silent=True), CONTACT_CHANGE), idempotency_key()
        with _one_at_a_time:
            return _change(agency, agency.person(PersonRef(person)), body["new"], key)

    @routes.post("/contact-changes/stop")
    def stop_change() -> Response:
        body, key = read(request.get_json(silent=True), STOP_REQUEST), idempotency_key()
        return jsonify(stopped=_stop(agency, body["reference"], key))


def _change(agency: InventedAgency, who: Person, new: Mapping[str, str], key: str) -> tuple[Response, int]:
    """Take it in unless something hinders; the old contact is told at once."""
    intake, today = agency.intake, agency.today()
    if all(row.key != key for row in intake.rows(CHANGE)):
        hindrance = contact_rules.hindrance(intake, who, today)
        if not hindrance and "street" in new and new["street"] not in STREETS.get(new["postcode"], ()):
            hindrance = "street_unknown"
        if hindrance:
            return jsonify(reference=None, holds_from=None, hindrance=hindrance), 201
    number = with_check_digit(FIRST_NUMBER + len(intake.rows(CHANGE)))
    taken = intake.take_in(CHANGE, key, number, {"person": who.ref, "new": dict(new)}, today)
    intake.take_in(NOTICE, key, taken.reference, {"person": who.ref, "to": "old contact"}, today)
    holds_from = contact_rules.holds_from(taken.received).isoformat()
    return jsonify(reference=taken.reference, holds_from=holds_from, hindrance=""), 201


def _stop(agency: InventedAgency, reference: str, key: str) -> bool:
    """True where a change with this reference was waiting, or is stopped already."""
    intake, today = agency.intake, agency.today()
    waiting = {row.reference for row in intake.rows(CHANGE) if today < contact_rules.holds_from(row.received)}
    if reference in waiting:
        intake.take_in(STOP, key, reference, {"reference": reference}, today)
    return reference in waiting


def _last_access(who: Person, today: date) -> date:
    """Some days ago, always the same number of them for one person."""
    return today - timedelta(days=3 + int(who.customer_number) % 20)
