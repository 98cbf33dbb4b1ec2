"""Tests of what is done after the caller has spoken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from ivr.errors import AgencyFailed
from ivr.records import Receipt
from ivr.services.agency_invented import InventedAgency
from ivr.services.deliveries import Kind, deliver
from ivr.services.demo_agency.intake import Intake
from ivr.services.follow_ups import KeptFollowUps
from ivr.store.call_backs import CallBacks
from ivr.store.database import Database
from ivr.store.drafts import Drafts
from ivr.store.outbox import Outbox
from ivr.vocabulary import CallId
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
