"""Tests of what is done after the caller has spoken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from ivr.errors import AgencyFailed
from ivr.records import Complaint, ComplaintTaken, Receipt, Report, ReportTaken
from ivr.services.agency_invented import InventedAgency
from ivr.services.deliveries import Kind, complaint_of, deliver, report_of
from ivr.services.demo_agency.intake import Intake
from ivr.services.demo_agency.people import invented_people
from ivr.services.follow_ups import KeptFollowUps
from ivr.store.call_backs import CallBacks
from ivr.store.database import Database
from ivr.store.drafts import Drafts
from ivr.store.outbox import Outbox
from ivr.vocabulary import CallId, PersonRef
from tests.services.agencies import TODAY
from tests.store.clock import SetClock

ANSWERS = {"birth_date": "1961-02-03", "contact_way": "letter"}


class Sometimes(InventedAgency):
    """The agency in memory; takes applications only while it is there."""

    is_away = False

    def submit_application(self, reference: str, benefit: str, answers: Mapping[str, str], key: str) -> Receipt:
        if self.is_away:
            raise AgencyFailed("the agency is away")
        return super().submit_application(reference, benefit, answers, key)

    def report(self, person: PersonRef, report: Report, key: str) -> ReportTaken:
        if self.is_away:
            raise AgencyFailed("the agency is away")
        return super().report(person, report, key)

    def complain(self, complaint: Complaint, key: str) -> ComplaintTaken:
        if self.is_away:
            raise AgencyFailed("the agency is away")
        return super().complain(complaint, key)


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path / "agency.db")


@pytest.fixture
def agency(intake: Intake) -> Sometimes:
    return Sometimes(intake, lambda: TODAY)


@pytest.fixture
def outbox(database: Database, clock: SetClock) -> Outbox:
    return Outbox(database, clock)


@pytest.fixture
def drafts(database: Database, clock: SetClock) -> Drafts:
    return Drafts(database, clock)


@pytest.fixture
def follow_ups(agency: Sometimes, outbox: Outbox, drafts: Drafts, database: Database, clock: SetClock) -> KeptFollowUps:
    return KeptFollowUps(agency, outbox, drafts, CallBacks(database, clock), clock)


def test_an_application_reaches_the_agency_while_the_caller_waits(
    follow_ups: KeptFollowUps, drafts: Drafts, intake: Intake, outbox: Outbox
) -> None:
    reference = drafts.open("child", "hash", "CA1.1").reference
    assert follow_ups.application(reference, "child", ANSWERS) == Receipt(reference, TODAY)
    assert intake.taken_in("application") == ({"reference": reference, "benefit": "child", "answers": ANSWERS},)
    assert drafts.find(reference) is None
    assert outbox.waiting() == 0


def test_an_application_said_twice_is_handed_in_once(follow_ups: KeptFollowUps, intake: Intake) -> None:
    first = follow_ups.application("0005724", "child", ANSWERS)
    assert follow_ups.application("0005724", "child", ANSWERS) == first
    assert len(intake.taken_in("application")) == 1


def test_while_the_agency_is_away_an_application_is_kept_and_goes_later(
    follow_ups: KeptFollowUps, agency: Sometimes, outbox: Outbox, clock: SetClock, intake: Intake
) -> None:
    agency.is_away = True
    assert follow_ups.application("0005724", "child", ANSWERS) is None
    assert follow_ups.application("0005724", "child", ANSWERS) is None
    agency.is_away = False
    clock.pass_by(timedelta(minutes=2))
    (parcel,) = outbox.take(timedelta(minutes=1))
    outbox.delivered(parcel.id, deliver(agency, parcel.kind, parcel.key, parcel.payload))
    assert follow_ups.application("0005724", "child", ANSWERS) == Receipt("0005724", TODAY)
    assert len(intake.taken_in("application")) == 1


RUTH = invented_people()[0].ref
REPORT = {"reference": "0005724", "kind": "income", "when": "2026-10", "amount": 20_000, "person": RUTH}
APPEAL = {
    "reference": "0005735",
    "about": "decision",
    "words": "it is too little",
    "day": "2026-11-20",
    "person": "",
    "phone_number": "",
}


def test_a_report_reaches_the_agency_while_the_caller_waits(follow_ups: KeptFollowUps, outbox: Outbox) -> None:
    receipt = follow_ups.hand_in(Kind.REPORT, REPORT)
    assert receipt is not None
    taken = report_of(receipt)
    assert (taken.reference, taken.received, taken.effect) == ("0005724", TODAY, "unchanged")
    assert taken.next_payment == date(2026, 12, 3)
    assert outbox.waiting() == 0


@pytest.mark.parametrize(("kind", "payload"), [(Kind.REPORT, REPORT), (Kind.COMPLAINT, APPEAL)])
def test_while_the_agency_is_away_a_report_or_a_complaint_is_kept_and_goes_later(
    follow_ups: KeptFollowUps, agency: Sometimes, outbox: Outbox, clock: SetClock, kind: Kind, payload: dict[str, str]
) -> None:
    agency.is_away = True
    assert follow_ups.hand_in(kind, payload) is None
    assert outbox.waiting() == 1
    agency.is_away = False
    clock.pass_by(timedelta(minutes=2))
    (parcel,) = outbox.take(timedelta(minutes=1))
    outbox.delivered(parcel.id, deliver(agency, parcel.kind, parcel.key, parcel.payload))
    assert follow_ups.hand_in(kind, payload) is not None, "a repeat brings the receipt"
    assert outbox.waiting() == 0


def test_an_appeal_brings_its_date_and_deadline(follow_ups: KeptFollowUps) -> None:
    receipt = follow_ups.hand_in(Kind.COMPLAINT, APPEAL)
    assert receipt is not None
    taken = complaint_of(receipt)
    assert (taken.received, taken.answer_by, taken.deadline) == (TODAY, date(2026, 12, 14), date(2026, 12, 20))


def test_a_call_back_is_promised_once_a_call(follow_ups: KeptFollowUps) -> None:
    first = follow_ups.call_back(CallId("CA1"), "+351210000001", "morning", "hardship")
    assert follow_ups.call_back(CallId("CA1"), "+351210000002", "any", "") == first


def test_each_wish_for_a_letter_goes_into_the_outbox(follow_ups: KeptFollowUps, outbox: Outbox) -> None:
    follow_ups.pin_letter("46858160", date(1947, 7, 4))
    (parcel,) = outbox.take(timedelta(minutes=1))
    assert parcel.kind == Kind.PIN_LETTER
    assert parcel.payload == {"customer_number": "46858160", "birth_date": "1947-07-04"}
    assert "46858160" not in parcel.key


def test_a_kind_that_nobody_knows_is_no_delivery(agency: Sometimes) -> None:
    with pytest.raises(AgencyFailed, match="nobody knows"):
        deliver(agency, "poem", "k", {})
