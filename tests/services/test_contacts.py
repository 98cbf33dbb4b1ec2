"""Changes of contact at the demo agency over HTTP: the hold, the notice, the stop, and what they block."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from ivr.errors import AgencyFailed
from ivr.records import ContactChangeTaken, Streets
from ivr.services.agency_client import AgencyAddress, AgencyClient
from ivr.services.contacts import Contacts
from ivr.services.demo_agency import contact_rules
from ivr.services.demo_agency.app import PREFIX, create_demo_agency
from ivr.services.demo_agency.intake import Intake
from ivr.services.demo_agency.people import invented_people
from ivr.services.letters import Letters
from ivr.vocabulary import PersonRef
from tests.services.agencies import TODAY, TOKEN, served

PEOPLE = {person.key: person for person in invented_people()}
RUTH, THOMAS, WALTER = (PEOPLE[key].ref for key in ("ruth", "thomas", "walter"))
PHONE = {"phone": "912345678"}
ADDRESS = {"postcode": "10010", "street": "Mill Lane", "house": "12"}
HOLD = contact_rules.HOLD


class Calendar:
    """The agency's day."""

    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def client(tmp_path: Path, calendar: Calendar) -> Iterator[AgencyClient]:
    with served(create_demo_agency(TOKEN, tmp_path / "agency.db", calendar)) as url:
        client = AgencyClient(AgencyAddress(url + PREFIX, TOKEN))
        yield client
        client.close()


@pytest.fixture
def contacts(client: AgencyClient) -> Contacts:
    return Contacts(client)


@pytest.fixture
def intake(tmp_path: Path, client: AgencyClient) -> Intake:
    """What the agency keeps, seen from behind."""
    return Intake(tmp_path / "agency.db")


def stop(client: AgencyClient, reference: str) -> bool:
    answer = client.ask("stop", "POST", "/contact-changes/stop", {"reference": reference}, f"stop {reference}")
    return bool(answer["stopped"])


def test_a_change_is_never_live_before_its_hold_is_over(contacts: Contacts, intake: Intake, calendar: Calendar) -> None:
    taken = contacts.change(RUTH, PHONE, "k1")
    assert taken.holds_from is not None
    assert taken.holds_from >= TODAY + HOLD
    for days in range((taken.holds_from - TODAY).days):
        assert contact_rules.in_force(intake, RUTH, TODAY + timedelta(days)) == {}
    assert contact_rules.in_force(intake, RUTH, taken.holds_from) == PHONE
    assert contact_rules.in_force(intake, THOMAS, taken.holds_from) == {}


def test_the_old_contact_is_told_at_once_and_can_stop_it(
    contacts: Contacts, client: AgencyClient, intake: Intake
) -> None:
    taken = contacts.change(RUTH, ADDRESS, "k1")
    assert [(row.reference, row.body["to"]) for row in intake.rows("contact_notice")] == [
        (taken.reference, "old contact")
    ]
    assert stop(client, taken.reference)
    assert contact_rules.in_force(intake, RUTH, TODAY + 2 * HOLD) == {}
    assert contacts.on_file(RUTH).hindrance == ""


def test_a_reference_of_nothing_stops_nothing(contacts: Contacts, client: AgencyClient, calendar: Calendar) -> None:
    taken = contacts.change(RUTH, ADDRESS, "k1")
    assert not stop(client, "0005724")
    calendar.today = TODAY + 2 * HOLD
    assert not stop(client, taken.reference), "it is in force: a new change is needed"


def test_a_repeat_of_the_same_request_changes_nothing(contacts: Contacts, intake: Intake) -> None:
    assert contacts.change(RUTH, PHONE, "k1") == contacts.change(RUTH, PHONE, "k1")
    assert len(intake.rows("contact_change")) == len(intake.rows("contact_notice")) == 1


def test_a_second_change_within_the_hold_is_for_a_person(
    contacts: Contacts, intake: Intake, calendar: Calendar
) -> None:
    contacts.change(RUTH, PHONE, "k1")
    assert contacts.on_file(RUTH).hindrance == "contact_pending"
    assert contacts.change(RUTH, ADDRESS, "k2") == ContactChangeTaken("", None, "contact_pending")
    assert contacts.change(THOMAS, PHONE, "k3").hindrance == "", "somebody else's is not concerned"
    calendar.today = TODAY + 2 * HOLD
    assert contacts.change(RUTH, ADDRESS, "k4").hindrance == ""


def test_of_many_requests_at_once_one_is_taken(contacts: Contacts, intake: Intake) -> None:
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda at: contacts.change(RUTH, PHONE, f"k{at}"), range(8)))
    assert sorted(change.hindrance for change in taken) == ["", *7 * ["contact_pending"]]
    assert len(intake.rows("contact_change")) == 1


def test_a_street_that_the_postcode_does_not_have_is_for_a_person(contacts: Contacts, intake: Intake) -> None:
    assert contacts.change(RUTH, {**ADDRESS, "street": "River Street"}, "k1").hindrance == "street_unknown"
    assert intake.rows("contact_change") == ()


def test_where_nobody_can_be_told_a_person_takes_it(contacts: Contacts) -> None:
    assert contacts.on_file(WALTER).hindrance == "old_contact_dead"
    assert contacts.change(WALTER, PHONE, "k1").hindrance == "old_contact_dead"


def test_the_streets_of_a_postcode_are_listed(contacts: Contacts) -> None:
    assert contacts.streets("20010") == Streets(("Forest Road", "River Street"))
    assert contacts.streets("99999") == Streets(())


@pytest.mark.parametrize("new", [{}, {"phone": "12345"}, {**ADDRESS, "house": "twelve"}, {**PHONE, "iban": "x"}])
def test_what_is_no_address_or_number_is_refused(contacts: Contacts, intake: Intake, new: dict[str, str]) -> None:
    with pytest.raises(AgencyFailed):
        contacts.change(RUTH, new, "k1")
    assert intake.rows("contact_change") == ()


# --- letters


def test_a_letter_is_ordered_once_a_key_and_comes_within_days(client: AgencyClient, intake: Intake) -> None:
    letters = Letters(client)
    ordered = letters.order(RUTH, "tax_certificate", "k1")
    assert letters.order(RUTH, "tax_certificate", "k1") == ordered
    assert ordered.arrives == date(2026, 11, 30), "five days, then the Monday"
    assert len(intake.rows("letter")) == 1


def test_no_letter_goes_out_while_an_address_change_waits(
    client: AgencyClient, contacts: Contacts, intake: Intake, calendar: Calendar
) -> None:
    letters, taken = Letters(client), contacts.change(RUTH, ADDRESS, "k1")
    assert letters.order(RUTH, "tax_certificate", "k2").blocked
    assert intake.rows("letter") == ()
    assert not letters.order(THOMAS, "tax_certificate", "k3").blocked
    assert taken.holds_from is not None
    calendar.today = taken.holds_from
    assert not letters.order(RUTH, "tax_certificate", "k4").blocked


def test_no_letter_with_a_pin_goes_out_while_an_address_change_waits(
    client: AgencyClient, contacts: Contacts, intake: Intake
) -> None:
    contacts.change(RUTH, ADDRESS, "k1")
    person = PEOPLE["ruth"]
    body = {"customer_number": person.customer_number, "birth_date": person.birth_date.isoformat()}
    assert client.ask("pin_letter", "POST", "/pin-letters", body, "k2") == {"accepted": True}, "and nobody hears it"
    assert intake.letters() == 0


def test_a_new_phone_number_does_not_stop_letters(client: AgencyClient, contacts: Contacts) -> None:
    contacts.change(RUTH, PHONE, "k1")
    assert not Letters(client).order(RUTH, "tax_certificate", "k2").blocked


def test_a_letter_on_its_way_hinders_a_change(client: AgencyClient, contacts: Contacts, calendar: Calendar) -> None:
    Letters(client).order(RUTH, "tax_certificate", "k1")
    assert contacts.on_file(RUTH).hindrance == "letter_pending"
    calendar.today = TODAY + timedelta(days=8)
    assert contacts.on_file(RUTH).hindrance == ""


def test_a_letter_with_a_pin_on_its_way_hinders_a_change_too(client: AgencyClient, contacts: Contacts) -> None:
    person = PEOPLE["ruth"]
    body = {"customer_number": person.customer_number, "birth_date": person.birth_date.isoformat()}
    client.ask("pin_letter", "POST", "/pin-letters", body, "k1")
    assert contacts.change(RUTH, ADDRESS, "k2").hindrance == "letter_pending"


def test_an_unknown_person_is_a_failure(contacts: Contacts, client: AgencyClient) -> None:
    nobody = PersonRef("p-00000000000000000000")
    for ask in (lambda: contacts.on_file(nobody), lambda: Letters(client).order(nobody, "tax_certificate", "k")):
        with pytest.raises(AgencyFailed):
            ask()
