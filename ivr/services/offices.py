"""Towns, offices and the times that the agency lets the line give away."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any
from urllib.parse import urlencode

from ivr.services import reading
from ivr.services.agency_answers import BENEFITS, PAPERS
from ivr.services.agency_client import AgencyClient
from ivr.task_records import Office, Offices, Open, Place, Places

_ID = re.compile(r"[a-z-]{1,32}")
_POSTCODE = re.compile(r"\d{5}", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
LONGEST_TOWN = 64


class AgencyOffices:
    """Shared by all threads. Raises AgencyFailed."""

    def __init__(self, agency: AgencyClient) -> None:
        self._agency = agency

    def places(self, town: str) -> Places:
        """The towns of that name; what is too long for one has none."""
        named = " ".join(town.split())
        if not named or len(named) > LONGEST_TOWN:
            return Places(())
        body = self._agency.ask("places", "GET", f"/places?{urlencode({'town': named})}")
        return Places(tuple(map(_place, reading.rows(reading.field(body, "places"), "places"))))

    def near(self, postcode: str, service: str) -> Offices:
        """The offices by distance, nearest first; whether they do the service stands in `does`."""
        query = urlencode({"postcode": postcode, "service": service})
        body = self._agency.ask("offices", "GET", f"/offices?{query}")
        return Offices(tuple(map(_office, reading.rows(reading.field(body, "offices"), "offices"))))

    def office(self, office: str, service: str) -> Office:
        """One office."""
        return _office(self._agency.ask("office", "GET", f"/offices/{office}?{urlencode({'service': service})}"))

    def times(self, office: str, service: str, since: date) -> tuple[str, ...]:
        """The times that the line may give away, soonest first, such as 2026-11-26T09:30; none before `since`."""
        query = urlencode({"service": service, "since": since.isoformat()})
        body = self._agency.ask("times", "GET", f"/offices/{office}/times?{query}")
        return tuple(sorted(map(_moment, reading.rows(reading.field(body, "times"), "times"))))


def _place(row: Any) -> Place:
    town, district = (reading.text(reading.field(row, name), name, LONGEST_TOWN) for name in ("town", "district"))
    return Place(town, district, reading.like(reading.field(row, "postcode"), _POSTCODE, "postcode"))


def _office(row: Any) -> Office:
    office_id = reading.like(reading.field(row, "id"), _ID, "id")
    return Office(
        id=office_id,
        town=reading.text(reading.field(row, "town"), "town", LONGEST_TOWN),
        street=reading.text(reading.field(row, "street"), "street"),
        step_free=reading.flag(reading.field(row, "step_free"), "step_free"),
        does=frozenset(
            reading.word(each, BENEFITS, "does") for each in reading.rows(reading.field(row, "does"), "does")
        ),
        open=tuple(
            sorted(map(_open, reading.rows(reading.field(row, "open"), "open")), key=lambda one: (one.day, one.opens))
        ),
        papers=tuple(
            reading.word(each, PAPERS, "papers") for each in reading.rows(reading.field(row, "papers"), "papers")
        ),
        source=f"agency:/v1/offices/{office_id}",
    )


def _open(row: Any) -> Open:
    day = reading.day(reading.field(row, "day"), "day")
    return Open(day, _clock(reading.field(row, "opens")), _clock(reading.field(row, "closes")))


def _clock(value: Any) -> time:
    return time.fromisoformat(reading.like(value, _CLOCK, "a time of day"))


def _moment(value: Any) -> str:
    day, _, clock = reading.text(value, "times", 16).partition("T")
    return f"{reading.day(day, 'times').isoformat()}T{_clock(clock):%H:%M}"
