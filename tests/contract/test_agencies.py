"""One set of tests for every agency: the one in memory, and the demo agency over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from ivr.errors import AgencyFailed
from ivr.records import Complaint, ComplaintTaken, Receipt, Report
from ivr.services.agency import Agency
from ivr.services.agency_client import AgencyAddress
from ivr.services.agency_http import HttpAgency
from ivr.services.agency_invented import InventedAgency
from ivr.services.demo_agency.app import PREFIX, create_demo_agency
from ivr.services.demo_agency.intake import Intake
from ivr.vocabulary import PersonRef, Secret
from tests.services.agencies import TODAY, TOKEN, InventedCaller, invented_callers, served

PEOPLE = invented_callers()
RUTH, THOMAS = PEOPLE["ruth"], PEOPLE["thomas"]


@pytest.fixture(params=["in memory", "over http"])
def agency(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Agency]:
    state = tmp_path / "agency.db"
    if request.param == "in memory":
        yield InventedAgency(Intake(state), lambda: TODAY)
        return
    with served(create_demo_agency(TOKEN, state, lambda: TODAY)) as url:
        agency = HttpAgency(AgencyAddress(url + PREFIX, TOKEN))
        yield agency
        agency.close()


@pytest.fixture
def intake(tmp_path: Path, agency: Agency) -> Intake:
    """What the agency keeps, seen from behind."""
    return Intake(tmp_path / "agency.db")


def person_of(agency: Agency, tester: InventedCaller) -> PersonRef:
    person = agency.verify(tester.customer_number, tester.secret)
    assert person is not None
    return person


@pytest.mark.parametrize("key", PEOPLE)
def test_everybody_gets_in_with_their_own_pin(agency: Agency, key: str) -> None:
    person = person_of(agency, PEOPLE[key])
    assert person not in (PEOPLE[key].customer_number, PEOPLE[key].pin)


@pytest.mark.parametrize(
    ("customer_number", "pin"),
    [(RUTH.customer_number, THOMAS.pin), (THOMAS.customer_number, RUTH.pin), ("00000000", RUTH.pin)],
)
def test_a_wrong_pair_gets_nobody_in_and_tells_nothing(agency: Agency, customer_number: str, pin: str) -> None:
    assert agency.verify(customer_number, Secret(pin)) is None


def test_a_pensioner_has_a_payment_ahead_and_a_year_behind(agency: Agency) -> None:
    payments = agency.payments(person_of(agency, RUTH))
    assert [payment.due for payment in payments.upcoming] == [date(2027, 1, 4), date(2026, 12, 3)]
    assert len(payments.past) == 12
    assert payments.past[0].due == date(2026, 11, 3)
    assert payments.problems == ()
    assert {(payment.benefit, payment.channel) for payment in payments.past} == {("old_age_pension", "bank")}
    assert (
        payments.upcoming[1].source == f"agency:/v1/people/{person_of(agency, RUTH)}/payments#old-age-pension-2026-12"
    )


def test_a_late_payment_says_why_and_when(agency: Agency) -> None:
    payments = agency.payments(person_of(agency, THOMAS))
    (late,) = payments.problems
    assert (late.state, late.reason, late.next_step) == ("late", "bank_holiday", "paid_again_on")
    assert (late.due, late.expected) == (date(2026, 11, 20), date(2026, 11, 27))
    assert late not in payments.past


def test_every_record_is_as_agreed(agency: Agency) -> None:
    for tester in PEOPLE.values():
        person = person_of(agency, tester)
        payments, claims = agency.payments(person), agency.claims(person)
        for rows in (payments.upcoming, payments.past, payments.problems):
            assert [row.due for row in rows] == sorted((row.due for row in rows), reverse=True)
        assert all(payment.due > TODAY for payment in payments.upcoming)
        assert [claim.received for claim in claims] == sorted((claim.received for claim in claims), reverse=True)
        assert {claim.case_number for claim in claims} == set(tester.case_numbers)


def test_status_words_need_number_case_and_birth_date_together(agency: Agency) -> None:
    tester = next(each for each in PEOPLE.values() if each.story == "pension_papers")
    (case,) = tester.case_numbers
    ask = agency.claim_status
    assert ask(tester.customer_number, case, tester.birth_date) == "waiting_for_papers"
    assert ask(tester.customer_number, case, RUTH.birth_date) is None
    assert ask(RUTH.customer_number, case, tester.birth_date) is None
    assert ask(tester.customer_number, "0005724", tester.birth_date) is None


@pytest.mark.parametrize("story", ["pension_granted", "pension_refused"])
def test_status_words_never_tell_a_result(agency: Agency, story: str) -> None:
    tester = next(each for each in PEOPLE.values() if each.story == story)
    assert agency.claim_status(tester.customer_number, tester.case_numbers[0], tester.birth_date) == "decided"


def test_an_application_is_taken_in_once_for_each_key(agency: Agency, intake: Intake) -> None:
    answers = {"birth_date": "1961-02-03", "contact_way": "letter", "note": "with é and 한글"}
    with ThreadPoolExecutor(4) as pool:
        receipts = set(pool.map(lambda _: agency.submit_application("0005724", "child", answers, "k"), range(8)))
    assert receipts == {Receipt("0005724", TODAY)}
    assert intake.taken_in("application") == ({"reference": "0005724", "benefit": "child", "answers": answers},)


def test_another_application_under_the_same_key_is_refused(agency: Agency, intake: Intake) -> None:
    agency.submit_application("0005724", "child", {"a": "b"}, "k")
    with pytest.raises(AgencyFailed):
        agency.submit_application("0005724", "child", {"a": "c"}, "k")
    assert len(intake.taken_in("application")) == 1


def test_a_call_back_is_taken_in_once(agency: Agency, intake: Intake) -> None:
    call = ("0005724", "+351210000001", "morning", "hardship")
    assert agency.request_call_back(*call, key="k") == agency.request_call_back(*call, key="k")
    assert len(intake.taken_in("call_back")) == 1


def test_a_letter_goes_to_the_right_person_once_a_week_and_nobody_hears_whether(agency: Agency, intake: Intake) -> None:
    agency.request_pin_letter(RUTH.customer_number, THOMAS.birth_date, "k1")
    agency.request_pin_letter("00000000", RUTH.birth_date, "k2")
    assert intake.letters() == 0
    for key in ("k3", "k3", "k4"):
        agency.request_pin_letter(RUTH.customer_number, RUTH.birth_date, key)
    assert intake.letters() == 1


@pytest.mark.parametrize(
    ("kind", "amount", "effect", "next_payment"),
    [
        ("income", 30_000, "unchanged", date(2026, 12, 3)),
        ("income", 30_001, "review", None),
        ("work", 0, "review", None),
    ],
)
def test_a_report_is_taken_in_once_and_says_what_it_means(
    agency: Agency, intake: Intake, kind: str, amount: int, effect: str, next_payment: date | None
) -> None:
    person = person_of(agency, RUTH)
    report = Report("0005724", kind, "2026-10-01" if kind == "work" else "2026-10", amount)
    taken = agency.report(person, report, "k")
    assert agency.report(person, report, "k") == taken
    assert (taken.received, taken.effect, taken.next_payment) == (TODAY, effect, next_payment)
    assert len(intake.taken_in("report")) == 1


def test_another_report_under_the_same_key_is_refused(agency: Agency) -> None:
    person = person_of(agency, RUTH)
    agency.report(person, Report("0005724", "income", "2026-10", 1), "k")
    with pytest.raises(AgencyFailed):
        agency.report(person, Report("0005724", "income", "2026-10", 2), "k")


def test_a_complaint_has_a_date_and_an_appeal_a_deadline_too(agency: Agency, intake: Intake) -> None:
    complaint = Complaint("0005724", "delay", "nobody answers")
    appeal = Complaint("0005735", "decision", day=date(2026, 11, 20), person=person_of(agency, RUTH))
    first, second = agency.complain(complaint, "k1"), agency.complain(appeal, "k2")
    assert (first.received, first.answer_by, first.deadline) == (TODAY, date(2026, 12, 14), None)
    assert second.deadline == date(2026, 12, 20)
    assert agency.complain(complaint, "k1") == first
    assert [body["words"] for body in intake.taken_in("complaint")] == ["nobody answers", ""]


def test_an_appeal_that_comes_late_is_dated_all_the_same(agency: Agency) -> None:
    taken: ComplaintTaken = agency.complain(Complaint("0005724", "decision", day=date(2026, 1, 2)), "k")
    assert (taken.received, taken.deadline) == (TODAY, date(2026, 2, 1))


def test_an_unknown_person_is_a_failure_and_no_empty_record(agency: Agency) -> None:
    for ask in (agency.payments, agency.claims):
        with pytest.raises(AgencyFailed):
            ask(PersonRef("p-00000000000000000000"))
