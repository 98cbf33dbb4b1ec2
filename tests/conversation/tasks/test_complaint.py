"""Complaints, appeals and reports of fraud: a person first, else taken down with date and reference."""

from __future__ import annotations

from datetime import date

import pytest

from ivr.conversation import decisions as decided
from ivr.records import ComplaintTaken
from tests.conversation.conftest import Driven
from tests.conversation.tasks.driving import Drive, asked_for, brought, command, keyed, pressed, spoke, wanted

TODAY = date(2026, 11, 24)
TAKEN = ComplaintTaken("7000003", TODAY, date(2026, 12, 14), source="agency:complaints#7000003")
HAND_IN = "complaint.hand_in"


def complaining(drive: Drive, **started: object) -> Driven:
    driven = asked_for(drive, command("complaint"), **started)
    assert driven.said() == ["ask_complaint_way"], "no identity, and a person before all else"
    return driven


def test_a_person_is_offered_first(drive: Drive) -> None:
    driven = pressed(complaining(drive), "1")
    assert isinstance(driven.work(), decided.FindStaff)
    assert driven.state.reason == "complaint"


def test_a_complaint_by_keys_needs_no_word(drive: Drive) -> None:
    driven = pressed(complaining(drive), "2", "3", "1")
    assert driven.said() == ["ask_reply_call"]
    request = wanted(pressed(driven, "1"))
    assert dict(request.arguments) == {"about": "service", "day": "", "words": "", "call_back": "yes"}
    brought(driven, HAND_IN, TAKEN)
    assert driven.said() == ["complaint_taken", "complaint_next", "anything_else"]
    assert "Tuesday the twenty-fourth of November" in driven.text()


def test_the_callers_own_words_are_taken_piece_by_piece(drive: Drive) -> None:
    driven = pressed(complaining(drive), "2")
    driven.on(spoke("it takes too long", "delay"))
    driven.on(spoke("i wrote in march"))
    assert driven.said() == ["ask_complaint_more"]
    driven.on(spoke("yes", "yes"), spoke("and nobody answered"), spoke("no", "no"))
    driven.on(spoke("no", "no"))
    request = wanted(driven)
    assert (request.get("words"), request.get("call_back")) == ("i wrote in march and nobody answered", "no")
    brought(driven, HAND_IN, TAKEN)
    assert driven.said() == ["complaint_taken", "complaint_no_reply", "anything_else"]


def test_endless_words_end_after_four_pieces_and_a_thousand_signs(drive: Drive) -> None:
    driven = pressed(complaining(drive, phone_number_known=False), "2", "1")
    for _ in range(3):
        driven.on(spoke("and another thing " * 30), spoke("yes", "yes"))
    driven.on(spoke("and the last thing " * 30))
    assert len(wanted(driven).get("words")) == 1_000


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (date(2026, 12, 20), ["complaint_taken", "appeal_deadline", "anything_else"]),
        (date(2026, 11, 27), ["complaint_taken", "appeal_near", "offer_person"]),
        (TODAY, ["complaint_taken", "appeal_near", "offer_person"]),
        (date(2026, 11, 23), ["complaint_taken", "appeal_late", "offer_person"]),
    ],
)
def test_an_appeal_is_dated_before_its_deadline_is_looked_at(drive: Drive, deadline: date, said: list[str]) -> None:
    driven = asked_for(drive, command("complaint", kind="appeal"), "appeal")
    keyed(pressed(driven, "2"), "20112026")
    pressed(driven, "1", "2")
    assert (wanted(driven).get("about"), wanted(driven).get("day")) == ("decision", "2026-11-20")
    brought(driven, HAND_IN, ComplaintTaken("7000003", TODAY, date(2026, 12, 14), deadline, "agency:complaints#1"))
    assert driven.said() == said
    facts = [fact for one in driven.decisions if isinstance(one, decided.Say) for fact in one.facts]
    assert ("appeal_deadline", deadline.isoformat(), "appeal_days") in {(f.name, f.value, f.rule) for f in facts}


def test_back_from_the_words_leads_to_the_day_or_the_kind(drive: Drive) -> None:
    driven = pressed(complaining(drive), "2", "3", "9")
    assert driven.said() == ["ask_complaint_about"]
    keyed(pressed(driven, "2"), "20112026")
    pressed(driven, "9")
    assert driven.said() == ["ask_decision_day"]


def test_who_goes_back_to_the_day_may_say_as_much_as_before(drive: Drive) -> None:
    driven = keyed(pressed(complaining(drive), "2", "2"), "20112026")
    for _ in range(3):
        driven.on(spoke("i wrote in march"), spoke("yes", "yes"))
    keyed(pressed(driven, "9"), "21112026")
    driven.on(spoke("i wrote in may"))
    assert driven.said() == ["ask_complaint_more"]
    driven.on(spoke("no", "no"), spoke("no", "no"))
    assert wanted(driven).get("words") == "i wrote in may"


def test_money_that_is_being_misused_goes_to_a_person_at_once(drive: Drive) -> None:
    driven = asked_for(drive, command("complaint", kind="fraud"), "fraud_report")
    assert driven.said() == ["ask_fraud_kind"]
    pressed(driven, "2")
    assert driven.said() == ["reason_fraud_misuse"]
    assert isinstance(driven.work(), decided.FindStaff)
    assert "fraud_misuse" in driven.state.flags, "staff see it before they say hello"


def test_fraud_of_somebody_else_may_be_told_without_a_name(drive: Drive) -> None:
    driven = asked_for(drive, command("complaint", kind="fraud"), "fraud_report")
    keyed(pressed(driven, "3"), "01112026")
    pressed(driven, "1", "2")
    request = wanted(driven)
    assert (request.get("about"), request.get("day"), request.person) == ("fraud_other_person", "2026-11-01", "")
    brought(driven, HAND_IN, TAKEN)
    assert driven.said() == ["complaint_taken", "fraud_next", "anything_else"]


def test_where_the_agency_is_away_it_is_kept_with_its_reference(drive: Drive) -> None:
    driven = pressed(complaining(drive), "2", "3", "1", "2")
    brought(driven, HAND_IN, ComplaintTaken("7000003", None))
    assert driven.said() == ["report_kept", "anything_else"]
