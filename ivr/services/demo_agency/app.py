"""The demo agency over HTTP, as docs/agency-api.yaml describes it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from ivr.errors import AgencyFailed
from ivr.records import Claim, Payment, Receipt
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency import contacts, contributions, letters, offices, reports, requests
from ivr.services.demo_agency.intake import Intake
from ivr.services.demo_agency.requests import Unreadable, idempotency_key, read
from ivr.vocabulary import PersonRef, Secret

TASK_ROUTES: tuple[Callable[[Blueprint, InventedAgency], None], ...] = (
    letters.add_routes,
    contacts.add_routes,
    reports.add_routes,
    offices.add_routes,
    contributions.add_routes,
)
"""One module a service beyond payments and applications."""
PREFIX = "/agency/v1"
LARGEST_BODY = 64 * 1024
_STATUS_OF_FAILURE = {"GET": 404, "POST": 409}
"""The invented agency fails on an unknown person, or on a key that was used for something else."""


def create_demo_agency(token: str, state: Path, today: Callable[[], date]) -> Flask:
    """The application, for any WSGI server.

    token: what the line shows as its bearer token; state: the SQLite file that keeps what is handed in;
    today: the day in the agency's time zone, on which all records depend.
    """
    app = Flask("openline-demo-agency")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.register_blueprint(_routes(InventedAgency(Intake(state), today), token), url_prefix=PREFIX)
    app.register_error_handler(Unreadable, lambda error: _problem(400, str(error)))
    app.register_error_handler(AgencyFailed, lambda error: _problem(_STATUS_OF_FAILURE[request.method], str(error)))
    app.register_error_handler(HTTPException, lambda error: _problem(error.code or 500, error.name))
    return app


def _routes(agency: InventedAgency, token: str) -> Blueprint:
    routes = Blueprint("agency", __name__)

    @routes.before_request
    def check_token() -> tuple[Response, int] | None:
        shown = request.headers.get("Authorization", "").encode("utf-8", "replace")
        if request.endpoint == "agency.health" or hmac.compare_digest(shown, f"Bearer {token}".encode()):
            return None
        return _problem(401, "the bearer token is missing or wrong")

    @routes.get("/health")
    def health() -> Response:
        return jsonify(status="ok")

    _add_reading(routes, agency)
    _add_taking_in(routes, agency)
    for add in TASK_ROUTES:
        add(routes, agency)
    return routes


def _add_reading(routes: Blueprint, agency: InventedAgency) -> None:
    @routes.post("/verify")
    def verify() -> Response:
        body = read(request.get_json(silent=True), requests.CREDENTIALS)
        return jsonify(person=agency.verify(body["customer_number"], Secret(body["pin"])))

    @routes.get("/people/<person>/payments")
    def payments(person: str) -> Response:
        lists = agency.payments(PersonRef(person))
        named = {"upcoming": lists.upcoming, "past": lists.past, "problems": lists.problems}
        shown = {name: [_payment(payment) for payment in payments] for name, payments in named.items()}
        overpaid = [{"benefit": one.benefit, "amount": one.amount, "reason": one.reason} for one in lists.overpaid]
        return jsonify({**shown, "overpaid": overpaid})

    @routes.get("/people/<person>/claims")
    def claims(person: str) -> Response:
        return jsonify(claims=[_claim(claim) for claim in agency.claims(PersonRef(person))])

    @routes.post("/claim-status")
    def claim_status() -> Response:
        body = read(request.get_json(silent=True), requests.CLAIM_QUESTION)
        birth_date = date.fromisoformat(body["birth_date"])
        return jsonify(status=agency.claim_status(body["customer_number"], body["case_number"], birth_date))


def _add_taking_in(routes: Blueprint, agency: InventedAgency) -> None:
    @routes.post("/pin-letters")
    def pin_letters() -> tuple[Response, int]:
        body = read(request.get_json(silent=True), requests.PIN_LETTER)
        agency.request_pin_letter(body["customer_number"], date.fromisoformat(body["birth_date"]), idempotency_key())
        return jsonify(accepted=True), 202

    @routes.post("/applications")
    def applications() -> tuple[Response, int]:
        body = read(request.get_json(silent=True), requests.APPLICATION)
        return _receipt(
            agency.submit_application(body["reference"], body["benefit"], body["answers"], idempotency_key())
        )

    @routes.post("/call-backs")
    def call_backs() -> tuple[Response, int]:
        body = read(request.get_json(silent=True), requests.CALL_BACK)
        return _receipt(agency.request_call_back(**body, key=idempotency_key()))


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "id": payment.source.rpartition("#")[2],
        "benefit": payment.benefit,
        "amount": payment.amount,
        "due": payment.due.isoformat(),
        "state": payment.state,
        "reason": payment.reason,
        "next_step": payment.next_step,
        "expected": payment.expected and payment.expected.isoformat(),
        "channel": payment.channel,
        "gross": payment.gross,
        "deductions": [{"reason": taken.reason, "amount": taken.amount} for taken in payment.deductions],
        "change": payment.change,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "case_number": claim.case_number,
        "benefit": claim.benefit,
        "state": claim.state,
        "received": claim.received.isoformat(),
        "missing": list(claim.missing),
        "expected": claim.expected and claim.expected.isoformat(),
    }


def _receipt(receipt: Receipt) -> tuple[Response, int]:
    return jsonify(reference=receipt.reference, received=receipt.received.isoformat()), 201


def _problem(status: int, text: str) -> tuple[Response, int]:
    return jsonify(problem=text), status
