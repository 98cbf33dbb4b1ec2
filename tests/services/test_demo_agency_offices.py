"""Tests of the demo agency's offices and contributions, and of the adapters that read them over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from ivr.errors import AgencyFailed
from ivr.services.agency_client import AgencyAddress, AgencyClient
from ivr.services.contributions import ContributionRecords
from ivr.services.demo_agency import offices as arland
from ivr.services.demo_agency.app import PREFIX, create_demo_agency
from ivr.services.demo_agency.contributions import working_life
from ivr.services.demo_agency.people import invented_people
from ivr.services.offices import AgencyOffices
from tests.services.agencies import TODAY, TOKEN, served
from tests.services.test_demo_agency import BEARER, check

REF = {person.key: person.ref for person in invented_people()}
SERVICES = ("old_age_pension", "unemployment", "child", "disability")


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: TODAY).test_client()


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[AgencyClient]:
    with served(create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: TODAY)) as url:
        made = AgencyClient(AgencyAddress(url + PREFIX, TOKEN))
        yield made
        made.close()


@pytest.mark.parametrize("person", invented_people(), ids=lambda person: person.key)
def test_every_contribution_record_is_as_the_document_says_and_its_sums_fit(client: FlaskClient, person: Any) -> None:
    path = "/people/{person}/contributions"
    body = check(path, "get", client.get(PREFIX + path.format(person=person.ref), headers=BEARER))
    missing = sum(
        (date.fromisoformat(gap["until"]).year - date.fromisoformat(gap["since"]).year) * 12
        + date.fromisoformat(gap["until"]).month - date.fromisoformat(gap["since"]).month + 1
        for gap in body["gaps"]
    )  # fmt: skip
    assert body["months_last_year"] <= min(12, body["months"])
    if body["months"]:
        first, behind = working_life(person, TODAY)
        assert body["months"] + missing == behind - first


@pytest.mark.parametrize("office", [one["id"] for one in arland.arland()["offices"]])
def test_every_office_and_its_times_are_as_the_document_says(client: FlaskClient, office: str) -> None:
    for service in SERVICES:
        found = check(
            "/offices/{office}", "get", client.get(f"{PREFIX}/offices/{office}?service={service}", headers=BEARER)
        )
        query = f"service={service}&since=2026-11-25"
        body = check(
            "/offices/{office}/times", "get", client.get(f"{PREFIX}/offices/{office}/times?{query}", headers=BEARER)
        )
        assert bool(body["times"]) == (service in found["does"])


@pytest.mark.parametrize(
    "address",
    ["/offices?postcode=1&service=child", "/offices?postcode=10110&service=x", "/places", "/offices/a_b/times",
     "/offices/fernley/times?service=child&since=2026-02-30", "/offices/fernley?service="],
)  # fmt: skip
def test_a_question_that_is_not_as_described_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(PREFIX + address, headers=BEARER).status_code == 400


def test_a_name_that_two_towns_have_brings_both(agency: AgencyClient) -> None:
    offices = AgencyOffices(agency)
    assert {place.district for place in offices.places("newbridge").found} == {"North Vale", "South Coast"}
    assert [place.postcode for place in offices.places("I live in Kingsmere").found] == ["40110"]
    assert [place.postcode for place in offices.places("kings mere").found] == ["40110"]
    assert offices.places("atlantis").found == offices.places("").found == offices.places("x" * 65).found == ()


def test_the_nearest_office_comes_first_even_where_another_one_does_the_service(agency: AgencyClient) -> None:
    offices = AgencyOffices(agency)
    near = offices.near("10245", "old_age_pension").found
    assert [office.id for office in near[:2]] == ["fernley", "alderbrook"]
    assert "old_age_pension" not in near[0].does
    assert not near[0].step_free
    assert offices.near("99999", "child").found == ()


def test_a_holiday_has_no_hours(agency: AgencyClient) -> None:
    office = AgencyOffices(agency).office("alderbrook", "child")
    assert office.papers == ("identity_card", "birth_certificate")
    assert (office.open[0].day, office.open[0].opens, office.open[0].closes) == (TODAY, time(8, 30), time(16, 30))
    assert arland.hours(arland.office_of("alderbrook"), date(2026, 12, 8)) == []


def test_times_are_half_hours_within_the_hours_and_none_today(agency: AgencyClient) -> None:
    offices = AgencyOffices(agency)
    times = offices.times("fernley", "child", date(2026, 11, 25))
    assert times[:2] == ("2026-11-26T09:00", "2026-11-26T09:30"), "closed on Wednesdays"
    assert offices.times("fernley", "disability", date(2026, 11, 25)) == ()
    assert offices.times("fernley", "child", TODAY) == ()
    with pytest.raises(AgencyFailed):
        offices.times("nowhere", "child", TODAY)


def test_a_contribution_record_arrives_whole(agency: AgencyClient) -> None:
    records = ContributionRecords(agency)
    walter = records.of(REF["walter"])
    assert len(walter.gaps) == 4
    assert [gap.since for gap in walter.gaps] == sorted((gap.since for gap in walter.gaps), reverse=True)
    bernard = records.of(REF["bernard"])
    assert bernard.due is not None
    assert (bernard.due.amount, bernard.months_last_year) == (21_450, 12)
    assert records.of(REF["mateo"]).last_month_ends is None
