"""Appointments as they are carried out: the demo agency over real HTTP, a real store, many calls at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from ivr.bootstrap.reminders import by_text, words_of
from ivr.bootstrap.requests.all_requests import REQUESTS
from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.conversation.prompt_files import load_prompts
from ivr.errors import CarrierFailed
from ivr.jobs.reminders import NoTexts
from ivr.services.agency_client import AgencyAddress, AgencyClient
from ivr.services.demo_agency.app import PREFIX, create_demo_agency
from ivr.store.appointments import Appointments
from ivr.store.call_log import CallLog
from ivr.store.database import Database, utc_now
from ivr.store.reminders import Reminders
from ivr.task_records import Appointment, Cancelled, FreeTimes, Held, OwnAppointments, ReminderKept
from ivr.telephony.carrier import TwilioCarrier
from ivr.telephony.rest import Refused
from ivr.vocabulary import CallId, PersonRef
from tests.services.agencies import TOKEN, served
from tests.store.conftest import clock, database, key, store_url

__all__ = ["clock", "database", "key", "store_url"]
ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Europe/Lisbon")
RUTH = PersonRef("p-ruth0001")
PLACE = {"office": "alderbrook", "service": "child"}


@dataclass(frozen=True)
class Parts:
    """Of `Services`, what appointments use."""

    client: AgencyClient
    stores: Any
    zone: ZoneInfo
    texts_out: bool = True
    region: str = "PT"


@dataclass(frozen=True)
class Stores:
    appointments: Appointments
    reminders: Reminders
    calls: CallLog


@pytest.fixture
def services(tmp_path: Path, database: Database) -> Iterator[Services]:
    stores = Stores(Appointments(database, utc_now), Reminders(database, utc_now), CallLog(database, utc_now))
    app = create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: datetime.now(ZONE).date())
    with served(app) as url:
        client = AgencyClient(AgencyAddress(url + PREFIX, TOKEN))
        yield cast(Services, Parts(client, stores, ZONE))
        client.close()


def ask(
    services: Services, what: str, call: str = "CA1", person: str = RUTH, turn: str = "1.1", **arguments: str
) -> Any:
    asked = Request(f"appointment.{what}", tuple(arguments.items()), PersonRef(person), turn)
    return REQUESTS[asked.what](services, CallId(call), asked)


def booked(services: Services, call: str = "CA1", **more: str) -> Appointment:
    at = ask(services, "free", **PLACE).times[0]
    assert ask(services, "hold", call, at=at, **PLACE) == Held(at)
    made = ask(services, "book", call, at=at, **PLACE, **more)
    assert isinstance(made, Appointment)
    return made


def test_from_the_free_times_to_an_appointment_that_is_found_moved_and_cancelled(services: Services) -> None:
    free = ask(services, "free", **PLACE)
    assert len(free.times) == 3
    assert date.fromisoformat(free.times[0][:10]) > datetime.now(ZONE).date()
    first = booked(services)
    assert (first.at, first.town, first.street) == (free.times[0], "Alderbrook", "Market Square")
    assert first.papers == ("identity_card", "birth_certificate")
    assert ask(services, "mine") == OwnAppointments((first,))
    assert free.times[0] not in ask(services, "free", **PLACE).times
    moved = booked(services, "CA2", turn="1.9", moves=first.reference)
    assert ask(services, "mine") == OwnAppointments((moved,))
    assert free.times[0] in ask(services, "free", **PLACE).times
    assert ask(services, "cancel", reference=moved.reference) == Cancelled(True)
    assert ask(services, "mine") == OwnAppointments(())


def test_later_means_behind_the_last_time_that_was_offered(services: Services) -> None:
    first = ask(services, "free", **PLACE).times
    later = ask(services, "free", **PLACE, after=first[-1]).times
    assert later[0] > first[-1]


def test_of_many_calls_that_choose_one_time_one_gets_it_and_the_others_hear_the_next(services: Services) -> None:
    at = ask(services, "free", **PLACE).times[0]

    def call(number: int) -> object:
        mine = f"CA{number}"
        held = ask(services, "hold", mine, at=at, **PLACE)
        return ask(services, "book", mine, f"p-{number:08}", at=at, **PLACE) if isinstance(held, Held) else held

    with ThreadPoolExecutor(12) as pool:
        brought = list(pool.map(call, range(24)))
    assert sum(isinstance(one, Appointment) for one in brought) == 1
    others = [one for one in brought if isinstance(one, FreeTimes)]
    assert len(others) == 23
    assert all(one.taken and at not in one.times for one in others)


def test_nobody_cancels_or_is_reminded_of_what_belongs_to_somebody_else(services: Services) -> None:
    made = booked(services)
    services.stores.calls.arrive(CallId("CA9"), "+351910000009", "")
    assert ask(services, "cancel", person="p-somebody", reference=made.reference) == Cancelled(False)
    stranger = ask(services, "remind", "CA9", "p-somebody", reference=made.reference, language="en")
    assert stranger == ReminderKept(False)


def test_a_reminder_goes_to_the_calling_number_and_says_nothing_private(services: Services, database: Database) -> None:
    services.stores.calls.arrive(CallId("CA1"), "+351910000001", "")
    made = booked(services)
    assert ask(services, "remind", reference=made.reference, language="en") == ReminderKept(True)
    an_hour_before = services.stores.appointments.of(RUTH)[0].slot.at - timedelta(hours=1)
    later = Reminders(database, lambda: an_hour_before)
    (due,) = later.take(timedelta(minutes=1))
    assert due.number == "+351910000001"
    text = words_of(load_prompts(ROOT / "dialogues/prompts", {"agency": "the Office of Arland"}), "EUR")(due)
    assert "at the office in Alderbrook, Market Square" in text
    assert "child" not in text
    assert made.reference not in text


def test_a_reminder_is_offered_only_where_it_can_be_sent(services: Services) -> None:
    services.stores.calls.arrive(CallId("CA1"), "+351910000001", "")
    services.stores.calls.arrive(CallId("CA2"), "anonymous", "")
    assert booked(services, "CA1").can_remind
    assert not booked(services, "CA2").can_remind
    silent = cast(Services, Parts(services.client, services.stores, ZONE, texts_out=False))
    assert not booked(silent, "CA1", turn="1.8").can_remind


@pytest.mark.parametrize("caller", ["anonymous", "+266696687", "+351760000001", "+34910000001"])
def test_a_withheld_costly_or_foreign_number_gets_no_reminder(services: Services, caller: str) -> None:
    services.stores.calls.arrive(CallId("CA1"), caller, "")
    made = booked(services)
    assert ask(services, "remind", reference=made.reference, language="en") == ReminderKept(False)


@pytest.mark.parametrize(("code", "kind"), [(21614, NoTexts), (30001, Refused)])
def test_a_refusal_of_the_carrier_is_for_good_or_not(code: int, kind: type[CarrierFailed]) -> None:
    class Refusing:
        def send_text(self, number: str, body: str) -> str:
            raise Refused(code, "the carrier refused")

    with pytest.raises(kind):
        by_text(cast(TwilioCarrier, Refusing()))("+351910000001", "x")
