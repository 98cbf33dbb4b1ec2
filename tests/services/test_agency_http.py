"""Tests of the client where the agency is away, late, or answers nonsense."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from ivr.errors import AgencyFailed
from ivr.services.agency_client import AgencyAddress
from ivr.services.agency_http import HttpAgency
from ivr.services.demo_agency.app import PREFIX, create_demo_agency
from ivr.vocabulary import PersonRef, Secret
from tests.services.agencies import TODAY, TOKEN, invented_callers, served

RUTH = invented_callers()["ruth"]
RUTHS = PersonRef("p-ruth-0001")
Answering = Callable[[httpx.Request], httpx.Response]


def agency_that(answers: Answering) -> HttpAgency:
    return HttpAgency(AgencyAddress("http://agency.invalid/agency/v1", TOKEN), httpx.MockTransport(answers))


def saying(body: Any, status: int = 200) -> HttpAgency:
    return agency_that(lambda request: httpx.Response(status, content=json.dumps(body)))


class Failing:
    """Fails a number of times, then answers; counts the requests."""

    def __init__(self, times: int, error: type[httpx.TransportError], body: Any) -> None:
        self.times, self.error, self.body, self.requests = times, error, body, 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        if self.requests <= self.times:
            raise self.error("no", request=request)
        return httpx.Response(200, json=self.body)


def test_reading_is_tried_once_more_where_the_agency_was_not_reached() -> None:
    failing = Failing(1, httpx.ConnectError, {"claims": []})
    assert agency_that(failing).claims(RUTHS) == ()
    assert failing.requests == 2


def test_reading_is_given_up_after_the_second_try() -> None:
    failing = Failing(2, httpx.ConnectError, {"claims": []})
    with pytest.raises(AgencyFailed, match="did not answer"):
        agency_that(failing).claims(RUTHS)
    assert failing.requests == 2


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ReadError, httpx.PoolTimeout])
def test_what_may_have_reached_the_agency_is_not_repeated(error: type[httpx.TransportError]) -> None:
    failing = Failing(1, error, {"claims": []})
    with pytest.raises(AgencyFailed):
        agency_that(failing).claims(RUTHS)
    assert failing.requests == 1


def test_a_pin_is_sent_once_even_where_nothing_was_reached() -> None:
    failing = Failing(1, httpx.ConnectError, {"person": None})
    with pytest.raises(AgencyFailed):
        agency_that(failing).verify(RUTH.customer_number, RUTH.secret)
    assert failing.requests == 1


def test_nobody_listening_is_a_failure_with_a_clear_text() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    agency = HttpAgency(AgencyAddress(url, TOKEN))
    with pytest.raises(AgencyFailed, match=r"the agency did not answer \(payments: ConnectError\)"):
        agency.payments(RUTHS)
    assert not agency.is_well()
    agency.close()


def test_an_agency_that_takes_the_request_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        agency = HttpAgency(AgencyAddress(url, TOKEN, answer_s=0.1))
        with pytest.raises(AgencyFailed, match=r"the agency did not answer \(payments: ReadTimeout\)"):
            agency.payments(RUTHS)
        agency.close()


def test_an_agency_that_answers_in_drips_is_given_up() -> None:
    def drips() -> Iterator[bytes]:
        while True:
            yield b" "

    agency = HttpAgency(
        AgencyAddress("http://agency.invalid", TOKEN, answer_s=0.05),
        httpx.MockTransport(lambda request: httpx.Response(200, content=drips())),
    )
    with pytest.raises(AgencyFailed, match=r"payments: (ReadTimeout|DecodingError)"):
        agency.payments(RUTHS)


def test_a_wrong_token_is_refused(tmp_path: Path) -> None:
    with served(create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: TODAY)) as url:
        stranger = HttpAgency(AgencyAddress(url + PREFIX, "another"))
        with pytest.raises(AgencyFailed, match="status 401"):
            stranger.verify(RUTH.customer_number, RUTH.secret)
        assert stranger.is_well()
        stranger.close()


@pytest.mark.parametrize("status", [204, 301, 400, 404, 500, 503])
def test_any_other_status_is_a_failure(status: int) -> None:
    with pytest.raises(AgencyFailed):
        saying({"claims": []} if status != 204 else None, status).claims(RUTHS)


def test_an_endless_answer_is_cut_off() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 65_536

    with pytest.raises(AgencyFailed, match="DecodingError"):
        agency_that(lambda request: httpx.Response(200, content=endless())).claims(RUTHS)


PAYMENT = {
    "id": "child-2026-12", "benefit": "child", "amount": 100, "due": "2026-12-03", "state": "scheduled", "reason": "",
    "next_step": "", "expected": None, "channel": "bank", "gross": 5_100,
    "deductions": [{"reason": "repayment", "amount": 5_000}], "change": "",
}  # fmt: skip
NONSENSE: dict[str, Any] = {
    "an amount as text": {"amount": "100"},
    "an amount below nothing": {"amount": -1},
    "half a cent": {"amount": 0.5},
    "true as an amount": {"amount": True},
    "a day that is none": {"due": "2026-02-30"},
    "a day with a time": {"due": "2026-12-03T00:00"},
    "a day of the week": {"due": "2026W01"},
    "no day": {"due": None},
    "a state of another list": {"state": "paid"},
    "an unknown reason": {"reason": "bad_luck"},
    "an unknown benefit": {"benefit": "winter_fuel"},
    "an unknown channel": {"channel": "pigeon"},
    "a sum that does not fit": {"gross": 5_099},
    "an unknown deduction": {"deductions": [{"reason": "bribe", "amount": 5_000}]},
    "a deduction below nothing": {"deductions": [{"reason": "repayment", "amount": -50}], "gross": 50},
    "an unknown change": {"change": "whim"},
    "an id with a blank": {"id": "a b"},
}


@pytest.mark.parametrize("what", NONSENSE)
def test_a_payment_that_is_not_as_agreed_is_a_failure_and_never_said(what: str) -> None:
    right = {"upcoming": [PAYMENT], "past": [], "problems": [], "overpaid": []}
    assert saying(right).payments(RUTHS).upcoming[0].amount == 100
    with pytest.raises(AgencyFailed, match="not as agreed"):
        saying({**right, "upcoming": [{**PAYMENT, **NONSENSE[what]}]}).payments(RUTHS)


@pytest.mark.parametrize("field", PAYMENT)
def test_a_payment_with_a_field_missing_is_a_failure(field: str) -> None:
    rest = {name: value for name, value in PAYMENT.items() if name != field}
    with pytest.raises(AgencyFailed, match=field):
        saying({"upcoming": [rest], "past": [], "problems": [], "overpaid": []}).payments(RUTHS)


FIELDS = ["person", "claims", "status", "upcoming", "past", "problems", "overpaid", "reference"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["person", "claims", "status", "upcoming", "past", "problems", "overpaid", "reference"]),
            inner,
        )
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_it_answers_only_agency_failed_is_raised(content: bytes) -> None:
    agency = agency_that(lambda request: httpx.Response(200, content=content))
    for ask in (
        lambda: agency.verify(RUTH.customer_number, RUTH.secret),
        lambda: agency.payments(RUTHS),
        lambda: agency.claims(RUTHS),
        lambda: agency.claim_status(RUTH.customer_number, "0005724", RUTH.birth_date),
        lambda: agency.submit_application("0005724", "child", {}, "k"),
    ):
        with suppress(AgencyFailed):
            ask()


def test_no_log_line_and_no_error_holds_a_personal_value(tmp_path: Path) -> None:
    with served(create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: TODAY)) as url, capture_logs() as lines:
        agency = HttpAgency(AgencyAddress(url + PREFIX, TOKEN))
        person = agency.verify(RUTH.customer_number, RUTH.secret)
        assert person is not None
        agency.payments(person)
        agency.claim_status(RUTH.customer_number, "0005724", RUTH.birth_date)
        agency.request_call_back("0005724", "+351210000001", "morning", "keys", "key-of-the-request")
        with pytest.raises(AgencyFailed) as failure:
            agency.verify("12", Secret("999999"))
        agency.close()
    told = str(lines) + str(failure.value)
    assert len(lines) == 5
    for value in (
        RUTH.customer_number,
        RUTH.pin,
        "999999",
        person,
        RUTH.birth_date.isoformat(),
        "+351210000001",
        TOKEN,
    ):
        assert value not in told


def test_a_bearer_token_is_shown_and_a_key_is_sent() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={"reference": "0005724", "received": "2026-11-24"})

    receipt = agency_that(answer).submit_application("0005724", "child", {"a": "b"}, "key-1")
    assert receipt.received == date(2026, 11, 24)
    assert seen[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert seen[0].headers["Idempotency-Key"] == "key-1"
