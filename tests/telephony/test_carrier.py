"""Calls out and orders to running calls, over real HTTP."""

from collections.abc import Iterator

import pytest

from ivr.errors import CarrierFailed
from ivr.telephony.carrier import NEVER_AGAIN, Ring, TwilioCarrier
from ivr.telephony.rest import Account, Refused
from ivr.telephony.sms import LARGEST_TEXT
from ivr.vocabulary import CallId
from tests.telephony.line_under_test import ACCOUNT, CALL, ORIGIN
from tests.telephony.scripted_api import ScriptedApi, scripted_api

CALLS = f"/2010-04-01/Accounts/{ACCOUNT}/Calls"
RING = Ring("+15550001111", f"{ORIGIN}/voice/call-back/connect")


@pytest.fixture
def api() -> Iterator[ScriptedApi]:
    with scripted_api() as api:
        yield api


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def carrier(api: ScriptedApi, pauses: list[float]) -> TwilioCarrier:
    return TwilioCarrier(Account(ACCOUNT, "token", api.url), "+15557654321", ORIGIN, pauses.append)


def test_ringing_names_the_line_its_document_and_where_progress_is_told(
    api: ScriptedApi, carrier: TwilioCarrier
) -> None:
    api.answers.append((201, {"sid": CALL}))
    assert carrier.ring(RING) == CALL
    ((method, path, form),) = api.asked
    assert (method, path) == ("POST", f"{CALLS}.json")
    assert form == {
        "To": ["+15550001111"],
        "From": ["+15557654321"],
        "Url": [f"{ORIGIN}/voice/call-back/connect"],
        "Method": ["POST"],
        "Timeout": ["25"],
        "StatusCallback": [f"{ORIGIN}/voice/status"],
        "StatusCallbackMethod": ["POST"],
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
    }
    assert all(authorization.startswith("Basic ") for authorization in api.authorizations)


def test_machines_are_detected_in_the_background(api: ScriptedApi, carrier: TwilioCarrier) -> None:
    api.answers.append((201, {"sid": CALL}))
    carrier.ring(Ring("+15550001111", ORIGIN, detect_machine=True))
    form = api.asked[0][2]
    assert (form["MachineDetection"], form["AsyncAmd"]) == (["Enable"], ["true"])
    assert form["AsyncAmdStatusCallback"] == [f"{ORIGIN}/voice/status"]


def test_too_many_requests_are_tried_again_with_growing_pauses(
    api: ScriptedApi, carrier: TwilioCarrier, pauses: list[float]
) -> None:
    api.refuse(429, 20429)
    api.refuse(429, 20429)
    api.answers.append((201, {"sid": CALL}))
    assert carrier.ring(RING) == CALL
    assert pauses == [0.5, 1.0]


def test_trying_again_ends(api: ScriptedApi, carrier: TwilioCarrier, pauses: list[float]) -> None:
    for _ in range(3):
        api.refuse(429, 20429)
    with pytest.raises(Refused) as refused:
        carrier.ring(RING)
    assert refused.value.number == 20429
    assert (len(api.asked), len(pauses)) == (3, 2)


@pytest.mark.parametrize(("status", "code"), [(400, 21211), (401, 20003), (500, 20500)])
def test_what_may_have_rung_already_is_not_tried_again(
    api: ScriptedApi, carrier: TwilioCarrier, status: int, code: int
) -> None:
    api.refuse(status, code)
    with pytest.raises(Refused) as refused:
        carrier.ring(RING)
    assert refused.value.number == code
    assert len(api.asked) == 1


def test_a_carrier_that_cannot_be_reached_is_one_error() -> None:
    carrier = TwilioCarrier(Account(ACCOUNT, "token", "http://127.0.0.1:1"), "+15557654321", ORIGIN)
    with pytest.raises(CarrierFailed, match="cannot be reached"):
        carrier.ring(RING)


def test_a_stuck_call_is_sent_to_a_route_of_ours(api: ScriptedApi, carrier: TwilioCarrier) -> None:
    api.answers.append((200, {"sid": CALL, "status": "in-progress"}))
    assert carrier.redirect(CALL, "/voice/resume")
    assert api.asked == [
        ("POST", f"{CALLS}/{CALL}.json", {"Url": [f"{ORIGIN}/voice/resume"], "Method": ["POST"]}),
    ]


@pytest.mark.parametrize(("status", "code"), [(400, 21220), (404, 20404)])
def test_a_call_that_is_over_is_no_error(api: ScriptedApi, carrier: TwilioCarrier, status: int, code: int) -> None:
    api.refuse(status, code)
    assert not carrier.hang_up(CallId(CALL))


def test_another_refusal_of_an_order_is_an_error(api: ScriptedApi, carrier: TwilioCarrier) -> None:
    api.refuse(400, 21201)
    with pytest.raises(Refused):
        carrier.hang_up(CALL)


def test_regions_of_the_environment_do_not_move_the_host(api: ScriptedApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "frankfurt")
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    api.answers.append((201, {"sid": CALL}))
    assert TwilioCarrier(Account(ACCOUNT, "token", api.url), "+15557654321", ORIGIN).ring(RING) == CALL


def test_an_account_never_shows_its_token() -> None:
    assert "s3cret" not in repr(Account(ACCOUNT, "s3cret"))


def test_a_text_message_names_the_line_and_where_its_progress_is_told(api: ScriptedApi, carrier: TwilioCarrier) -> None:
    api.answers.append((201, {"sid": "SM" + "0" * 32, "status": "queued"}))
    assert carrier.send_text("+15550001111", "Your appointment is tomorrow.") == "SM" + "0" * 32
    assert api.asked == [
        (
            "POST",
            f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            {
                "To": ["+15550001111"],
                "From": ["+15557654321"],
                "Body": ["Your appointment is tomorrow."],
                "StatusCallback": [f"{ORIGIN}/sms/status"],
            },
        )
    ]


@pytest.mark.parametrize("code", sorted(NEVER_AGAIN))
def test_a_number_that_takes_no_text_is_told_by_its_code(api: ScriptedApi, carrier: TwilioCarrier, code: int) -> None:
    api.refuse(400, code)
    with pytest.raises(Refused) as refused:
        carrier.send_text("+15550001111", "A reminder.")
    assert (refused.value.number, len(api.asked)) == (code, 1)


@pytest.mark.parametrize("body", ["", "a" * (LARGEST_TEXT + 1)])
def test_a_text_that_the_carrier_would_refuse_is_not_sent(api: ScriptedApi, carrier: TwilioCarrier, body: str) -> None:
    with pytest.raises(ValueError, match="1 to 1600 characters"):
        carrier.send_text("+15550001111", body)
    assert api.asked == []
