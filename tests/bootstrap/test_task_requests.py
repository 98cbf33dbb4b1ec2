"""What the tasks ask for, carried out on a real store and the demo agency over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivr.bootstrap.requests.all_requests import REQUESTS
from ivr.bootstrap.serving import Services
from ivr.bootstrap.stores import Stores, open_stores
from ivr.bootstrap.web import services
from ivr.conversation.decisions import Request
from ivr.conversation.tasks.all_tasks import ARRIVED
from ivr.records import ComplaintTaken, ContactChangeTaken, ContactOnFile, LetterOrdered, ReportTaken, Streets
from ivr.services.demo_agency.app import PREFIX, create_demo_agency
from ivr.services.demo_agency.intake import Intake
from ivr.services.demo_agency.people import invented_people
from ivr.settings import load_settings
from ivr.store.schema import upgrade
from ivr.vocabulary import CallId
from tests.services.agencies import TODAY, TOKEN, served

ROOT = Path(__file__).parents[2]
CALL, CALLER = CallId("CA1"), "+351910000001"
RUTH = invented_people()[0].ref
INCOME = {"kind": "income", "when": "2026-10", "amount": "25000"}
COMPLAINT = {"about": "delay", "day": "", "words": "nobody answers", "call_back": "yes"}
Ask = Callable[..., object]


def serving_at(url: str, folder: Path) -> tuple[Services, Stores]:
    """The services of one process, whose agency is at `url`."""
    said = {"OPENLINE_VAR": str(folder), "OPENLINE_AGENCY_URL": url, "OPENLINE_AGENCY_TOKEN": TOKEN}
    settings = load_settings(ROOT, said)
    stores = open_stores(settings)
    upgrade(stores.database.engine)
    stores.calls.arrive(CALL, CALLER, "+351210000000")
    return services(settings, stores), stores


def asking(serving: Services) -> Ask:
    """Carry out one request, as turn 3 of the first dialogue."""

    def ask(what: str, person: str = RUTH, key: str = "0.3", **arguments: str) -> object:
        return REQUESTS[what](serving, CALL, Request(what, tuple(arguments.items()), person, key))  # type: ignore[arg-type]

    return ask


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    with served(create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: TODAY)) as url:
        serving, stores = serving_at(url + PREFIX, tmp_path)
        yield asking(serving)
        serving.client.close()
        stores.database.close()


@pytest.fixture
def intake(tmp_path: Path, ask: Ask) -> Intake:
    return Intake(tmp_path / "agency.db")


def test_every_request_of_a_task_can_be_carried_out_and_the_other_way_round() -> None:
    assert set(REQUESTS) == set(ARRIVED)


def test_the_same_turn_asked_twice_orders_one_letter(ask: Ask, intake: Intake) -> None:
    first = ask("letter.order", kind="tax_certificate")
    assert isinstance(first, LetterOrdered)
    assert ask("letter.order", kind="tax_certificate") == first
    assert len(intake.rows("letter")) == 1


def test_the_same_report_asked_twice_is_one_report_with_one_reference(ask: Ask, intake: Intake) -> None:
    first = ask("income_report.hand_in", **INCOME)
    assert isinstance(first, ReportTaken)
    assert (first.received, first.effect) == (TODAY, "unchanged")
    assert ask("income_report.hand_in", **INCOME) == first
    assert [row.reference for row in intake.rows("report")] == [first.reference]


def test_a_change_of_contact_from_the_look_to_the_request(ask: Ask, intake: Intake) -> None:
    look = ask("contact_change.look")
    assert isinstance(look, ContactOnFile)
    assert look.hindrance == ""
    streets = ask("contact_change.streets", postcode="20010")
    assert streets == Streets(("Forest Road", "River Street"))
    new = {"kind": "address", "postcode": "20010", "street": "River Street", "house": "7"}
    taken = ask("contact_change.hand_in", **new)
    assert isinstance(taken, ContactChangeTaken)
    assert ask("contact_change.hand_in", **new) == taken
    [row] = intake.rows("contact_change")
    assert row.body == {"person": RUTH, "new": {"postcode": "20010", "street": "River Street", "house": "7"}}


def test_a_complaint_carries_the_calling_number_only_where_that_was_agreed(ask: Ask, intake: Intake) -> None:
    ask("complaint.hand_in", person="", key="0.3", **COMPLAINT)
    ask("complaint.hand_in", person="", key="1.3", **{**COMPLAINT, "call_back": "no"})
    assert [row.body["phone_number"] for row in intake.rows("complaint")] == [CALLER, ""]
    assert {row.body["person"] for row in intake.rows("complaint")} == {""}


def test_while_the_agency_is_away_reports_and_complaints_wait_in_the_store(tmp_path: Path) -> None:
    serving, stores = serving_at("http://127.0.0.1:9/agency/v1", tmp_path)
    ask = asking(serving)
    report, complaint = ask("income_report.hand_in", **INCOME), ask("complaint.hand_in", person="", **COMPLAINT)
    assert isinstance(report, ReportTaken)
    assert isinstance(complaint, ComplaintTaken)
    assert report.received is None
    assert complaint.received is None
    assert stores.outbox.waiting() == 2
    serving.client.close()
    stores.database.close()
