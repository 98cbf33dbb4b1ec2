"""A new address or telephone number: what is asked, what is told, and who must take it instead."""

from __future__ import annotations

from datetime import date

import pytest

from ivr.conversation import decisions as decided
from ivr.records import ContactChangeTaken, ContactOnFile, Streets
from tests.conversation.conftest import Driven
from tests.conversation.tasks.driving import Drive, asked_for, brought, command, keyed, pressed, spoke, wanted
from tests.conversation.test_whole_matters import replied, understood, verify

ON_FILE = ContactOnFile(date(2026, 11, 12), source="agency:contact")
TAKEN = ContactChangeTaken("7000003", date(2026, 12, 8), source="agency:contact-changes#7000003")
FIVE = Streets(("Alder Lane", "Bridge Street", "Church Road", "Mill Lane", "Station Road"))
STREETS, HAND_IN = "contact_change.streets", "contact_change.hand_in"


def begun(drive: Drive, on_file: ContactOnFile = ON_FILE, **arguments: str) -> Driven:
    driven = asked_for(drive, command("contact_change", **arguments), "contact_change")
    assert driven.said() == ["ask_customer_number"]
    verify(driven)
    assert wanted(driven).what == "contact_change.look"
    return brought(driven, "contact_change.look", on_file)


def test_the_last_access_is_told_before_anything_is_asked(drive: Drive) -> None:
    driven = begun(drive)
    assert driven.said() == ["contact_last_access", "ask_contact_kind"]
    assert "Thursday the twelfth of November" in driven.text()


def test_a_phone_number_is_read_back_and_holds_later(drive: Drive) -> None:
    driven = begun(drive, kind="phone")
    assert driven.said() == ["contact_last_access", "ask_new_phone"]
    keyed(driven, "912345678")
    assert driven.said() == ["check_phone"]
    assert "nine one two" in driven.text()
    assert dict(wanted(pressed(driven, "1")).arguments) == {"kind": "phone", "phone": "912345678"}
    brought(driven, HAND_IN, TAKEN)
    assert driven.said() == ["contact_taken", "contact_notice", "anything_else"]
    assert "It holds from Tuesday the eighth of December." in driven.text()
    [say] = [one for one in driven.decisions if isinstance(one, decided.Say) and one.facts]
    assert [(fact.name, fact.rule) for fact in say.facts] == [("contact_holds_from", "contact_hold")]


def test_a_number_that_is_too_short_is_asked_for_again(drive: Drive) -> None:
    driven = keyed(begun(drive, kind="phone"), "123")
    assert "ask_new_phone" in driven.said()


def test_an_address_by_keys_alone(drive: Drive) -> None:
    driven = pressed(begun(drive), "1")
    assert driven.said() == ["ask_new_postcode"]
    assert wanted(keyed(driven, "10010")).get("postcode") == "10010"
    brought(driven, STREETS, FIVE)
    assert "Alder Lane" in driven.text()
    assert "Mill Lane" not in driven.text(), "three at a time"
    pressed(driven, "4")
    assert "Mill Lane" in driven.text()
    keyed(pressed(driven, "1"), "12")
    assert driven.said() == ["new_address", "check_address"]
    assert "Mill Lane, number twelve." in driven.text()
    assert dict(wanted(pressed(driven, "1")).arguments) == {
        "kind": "address",
        "postcode": "10010",
        "street": "Mill Lane",
        "house": "12",
    }
    brought(driven, HAND_IN, TAKEN)
    assert driven.said() == ["contact_taken", "contact_notice", "anything_else"]


def test_an_address_by_speech_alone(drive: Drive) -> None:
    driven = begun(drive, kind="address")
    driven.on(spoke("one zero zero one zero", "10010"))
    brought(driven, STREETS, FIVE)
    assert [choice.words for choice in driven.listens().expected.choices][1] == ("bridge street",)
    driven.on(spoke("bridge street", "1"))
    driven.on(spoke("twelve", "12"))
    driven.on(spoke("yes", "yes"))
    assert wanted(driven).get("street") == "Bridge Street"


def test_back_goes_through_streets_and_numbers_step_by_step(drive: Drive) -> None:
    driven = keyed(begun(drive, kind="address"), "10010")
    brought(driven, STREETS, FIVE)
    keyed(pressed(driven, "4", "1"), "12")
    pressed(driven, "9")
    assert driven.said() == ["ask_house_number"]
    driven.on(spoke("back", wish="back"))
    assert driven.said() == ["ask_new_postcode"]
    brought(keyed(driven, "10010"), STREETS, FIVE)
    pressed(driven, "4", "9")
    assert "Alder Lane" in driven.text()
    pressed(driven, "9")
    assert driven.said() == ["ask_new_postcode"]


def test_a_new_matter_leaves_no_question_of_the_old_one(drive: Drive) -> None:
    driven = keyed(begun(drive, kind="address"), "10010")
    brought(driven, STREETS, FIVE)
    pressed(driven, "4")
    driven.on(spoke("a letter"), understood("letter"), replied(command("no_match")))
    assert driven.said() == ["ask_matter"]
    pressed(driven, "9")
    assert driven.said()[-1] == "ask_matter"


def test_a_guess_at_a_new_matter_sets_no_forgotten_question_aside(drive: Drive) -> None:
    driven = keyed(begun(drive, kind="address"), "10010")
    brought(driven, STREETS, FIVE)
    driven.on(spoke("a letter"), understood("letter", 0.5))
    assert driven.said()[0] == "did_you_mean"
    driven.on(spoke("my claim"), understood("claim_status"), replied(command("no_match")), spoke("no", "no"))
    assert driven.said() == ["did_not_understand", "ask_matter"]


def test_a_street_that_is_not_in_the_list_goes_to_a_person(drive: Drive) -> None:
    driven = keyed(begun(drive, kind="address"), "20010")
    brought(driven, STREETS, Streets(("Forest Road",)))
    pressed(driven, "2")
    assert isinstance(driven.work(), decided.FindStaff)
    assert driven.state.reason == "street_unknown"


def test_a_postcode_without_streets_is_asked_for_once_more_then_a_person(drive: Drive) -> None:
    driven = keyed(begun(drive, kind="address"), "99999")
    brought(driven, STREETS, Streets(()))
    assert driven.said() == ["postcode_unknown", "ask_new_postcode"]
    brought(keyed(driven, "99998"), STREETS, Streets(()))
    assert isinstance(driven.work(), decided.FindStaff)


@pytest.mark.parametrize("hindrance", ["contact_pending", "letter_pending", "old_contact_dead"])
def test_what_hinders_a_change_brings_a_person_and_no_question(drive: Drive, hindrance: str) -> None:
    driven = begun(drive, ContactOnFile(date(2026, 11, 12), hindrance))
    assert driven.said() == []
    assert isinstance(driven.work(), decided.FindStaff)
    assert driven.state.reason == hindrance


def test_a_second_change_that_came_meanwhile_is_refused_to_a_person(drive: Drive) -> None:
    driven = keyed(begun(drive, kind="phone"), "912345678")
    pressed(driven, "1")
    brought(driven, HAND_IN, ContactChangeTaken("", None, "contact_pending"))
    assert isinstance(driven.work(), decided.FindStaff)


@pytest.mark.parametrize("where", ["flags", "also_wanted"])
def test_never_in_a_call_that_asked_for_other_bank_details(drive: Drive, where: str) -> None:
    driven = drive()
    getattr(driven.state, where).append("bank_change")
    driven.on(spoke("i have moved"), understood("address_change_now"), replied(command("contact_change")))
    verify(driven)
    assert isinstance(driven.work(), decided.FindStaff)
    assert driven.state.reason == "bank_change"


def test_asking_for_a_bank_change_is_remembered_for_the_whole_call(drive: Drive) -> None:
    driven = drive()
    driven.on(spoke("my bank"), understood("bank_change"), replied(command("hand_over", reason="bank_change")))
    assert isinstance(driven.work(), decided.FindStaff)
    assert "bank_change" in driven.state.flags
