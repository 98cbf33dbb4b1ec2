"""The demo agency's towns and offices: which is near, when it is open, and which times the line may give away."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Blueprint, Response, jsonify, request
from rapidfuzz import fuzz

from ivr.errors import AgencyFailed
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency.requests import Unreadable, is_day, like
from ivr.services.demo_agency.stories import CHILD, DISABILITY, PENSION, UNEMPLOYMENT

DAYS_SHOWN = 14
DAYS_BOOKED_AHEAD = 28
NEAREST = 5
"""Offices in one answer."""
NEARLY = 80.0
"""rapidfuzz ratio of a name that was misheard: one wrong letter in five."""
SLOT = timedelta(minutes=30)
IS_POSTCODE, IS_TOWN, IS_OFFICE = like(r"\d{5}"), like(r".{1,64}"), like(r"[a-z-]{1,32}")
IS_SERVICE = like("|".join((PENSION, UNEMPLOYMENT, CHILD, DISABILITY)))


@cache
def arland() -> dict[str, Any]:
    """The whole file."""
    content: dict[str, Any] = json.loads(files(__package__).joinpath("offices.json").read_text("utf-8"))
    return content


def places(town: str) -> list[dict[str, Any]]:
    """The towns that these words name ("i live in Newbridge"), or nearly spell; of one name there may be two."""
    said, every = " ".join(town.lower().replace("-", " ").split()), arland()["places"]
    named = [place for place in every if f" {place['town'].lower()} " in f" {said} "]
    return named or [place for place in every if fuzz.ratio(said, place["town"].lower()) >= NEARLY]


def nearest(postcode: str) -> list[dict[str, Any]]:
    """The offices with a door, nearest first; none for a postcode of no town.

    A postcode belongs to the town whose first three digits it shares.
    """
    here = next((place for place in arland()["places"] if place["postcode"][:3] == postcode[:3]), None)
    if here is None:
        return []
    with_door = [office for office in arland()["offices"] if office["place"]]
    return sorted(with_door, key=lambda office: math.dist(here["at"], _place(office)["at"]))[:NEAREST]


def office_of(office_id: str) -> dict[str, Any]:
    """Raises AgencyFailed for an unknown one."""
    found = next((office for office in arland()["offices"] if office["id"] == office_id), None)
    if found is None:
        raise AgencyFailed("the agency has no such office")
    return dict(found)


def hours(office: dict[str, Any], day: date) -> list[tuple[time, time]]:
    """Of one day; none on a holiday."""
    if f"{day:%m-%d}" in arland()["holidays"]:
        return []
    spans = arland()["weeks"][office["week"]].get(str(day.weekday()), [])
    return [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans]


def times(office: dict[str, Any], since: date) -> Iterator[datetime]:
    """What the line may give away: every half hour that the office is open, for four weeks."""
    for day in (since + timedelta(days=days) for days in range(DAYS_BOOKED_AHEAD)):
        for opens, closes in hours(office, day):
            moment = datetime.combine(day, opens)
            while moment + SLOT <= datetime.combine(day, closes):
                yield moment
                moment += SLOT


def add_routes(routes: Blueprint, agency: InventedAgency) -> None:
    """GET /places, /offices, /offices/<office> and /offices/<office>/times."""

    @routes.get("/places")
    def find_places() -> Response:
        town = _argument("town", IS_TOWN)
        return jsonify(
            places=[{name: each[name] for name in ("town", "district", "postcode")} for each in places(town)]
        )

    @routes.get("/offices")
    def find_offices() -> Response:
        found, service = nearest(_argument("postcode", IS_POSTCODE)), _argument("service", IS_SERVICE)
        return jsonify(offices=[_shown(office, service, agency.today()) for office in found])

    @routes.get("/offices/<office>")
    def one_office(office: str) -> Response:
        return jsonify(_shown(office_of(office), _argument("service", IS_SERVICE), agency.today()))

    @routes.get("/offices/<office>/times")
    def free_times(office: str) -> Response:
        since, service = date.fromisoformat(_argument("since", is_day)), _argument("service", IS_SERVICE)
        found = office_of(office)
        can = service in found["does"] and since > agency.today()
        return jsonify(times=[f"{moment:%Y-%m-%dT%H:%M}" for moment in times(found, since)] if can else [])


def _argument(name: str, fits: Any) -> str:
    value = request.args.get(name, "")
    if not fits(value):
        raise Unreadable(f"{name} is not as described")
    return value


def _place(office: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in arland()["places"] if each["postcode"] == office["place"])
    return found


def _shown(office: dict[str, Any], service: str, today: date) -> dict[str, Any]:
    days = [today + timedelta(days=days) for days in range(DAYS_SHOWN)]
    return {
        "id": office["id"],
        "town": _place(office)["town"] if office["place"] else "",
        "street": office["street"],
        "step_free": office["step_free"],
        "does": office["does"],
        "open": [
            {"day": day.isoformat(), "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
            for day in days
            for opens, closes in hours(office, day)
        ],
        "papers": arland()["papers"][service],
    }
