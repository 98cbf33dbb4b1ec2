"""Arrival, resume and the notices: who is let in, and that a repeat changes nothing."""

from dataclasses import replace

import pytest

from ivr.errors import StoreFailed
from ivr.telephony.in_memory import RememberedCalls
from ivr.telephony.ports import NextStep, StaffNumber
from ivr.telephony.signature import sign
from ivr.telephony.webhook import ANSWERS, NOTICES
from ivr.vocabulary import CallId
from tests.telephony.line_under_test import ACCOUNT, CALL, ORIGIN, TOKEN, LineUnderTest

ROUTES = [*ANSWERS, *NOTICES]


@pytest.fixture
def line() -> LineUnderTest:
    return LineUnderTest()


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_answers_what_the_carrier_did_not_sign(line: LineUnderTest, route: str) -> None:
    form = {"CallSid": CALL, "AccountSid": ACCOUNT}
    forged = {"X-Twilio-Signature": sign("guessed", ORIGIN + route, form)}
    assert line.client.post(route, data=form).status_code == 403
    assert line.client.post(route, data=form, headers=forged).status_code == 403
    assert line.refusals == ["missing", "forged"]
    assert line.calls.arrived == {}


def test_a_signed_request_of_another_account_is_refused(line: LineUnderTest) -> None:
    assert line.post("/voice", AccountSid="AC" + "f" * 32).status_code == 403
    assert line.notes.events() == ["foreign_account"]


@pytest.mark.parametrize("call_id", ["", "CA1", "CA" + "B" * 32, "CA" + "b" * 33])
def test_a_request_that_names_no_call_is_refused(line: LineUnderTest, call_id: str) -> None:
    assert line.post("/voice", CallSid=call_id).status_code == 400
    assert line.calls.arrived == {}


def test_a_request_of_a_megabyte_is_refused(line: LineUnderTest) -> None:
    assert line.post("/voice", Padding="x" * 1_000_000).status_code == 413


def test_nothing_is_answered_to_a_get(line: LineUnderTest) -> None:
    assert line.client.get("/voice").status_code == 405


def test_an_incoming_call_gets_a_stream_and_a_way_on_behind_it(line: LineUnderTest) -> None:
    document = line.document("/voice", CallStatus="ringing")
    assert document.verbs == ["Connect", "Redirect"]
    stream = document.root.find("Connect/Stream")
    assert stream is not None
    assert stream.attrib["url"] == "wss://ivr.example.org/media"
    assert document.action == document.redirect
    assert document.route() == "/voice/resume"
    assert line.calls.arrived == {CALL: "+15552345678"}
    assert line.tokens.redeem(document.token, CALL)


def test_a_repeated_arrival_gets_the_very_same_document_and_no_second_token(line: LineUnderTest) -> None:
    first = line.post("/voice")
    again = line.post("/voice", headers={"I-Twilio-Idempotency-Token": "11-22"})
    assert again.data == first.data
    assert line.tokens.open_tokens() == 1
    assert line.notes.events() == ["webhook_repeated"]


def test_a_replay_after_the_token_was_used_opens_no_second_stream(line: LineUnderTest) -> None:
    token = line.document("/voice").token
    assert line.tokens.redeem(token, CALL)
    replayed = line.document("/voice").token
    assert replayed == token
    assert not line.tokens.redeem(replayed, CALL)


def test_two_calls_get_two_tokens(line: LineUnderTest) -> None:
    other = CallId("CA" + "d" * 32)
    token = line.document("/voice").token
    assert token != line.document("/voice", CallSid=other).token
    assert not line.tokens.redeem(token, other)
    assert line.tokens.redeem(token, CALL), "a foreign try must not use up the owner's token"


def test_a_line_that_cannot_listen_answers_with_the_keypad(line: LineUnderTest) -> None:
    line.switches.ready = False
    document = line.document("/voice")
    assert document.verbs == ["Say", "Gather", "Redirect"]
    assert document.said == ["keypad_opening", "keypad_menu"]
    assert document.route() == "/voice/menu"


def test_a_full_line_says_so_and_offers_a_call_back(line: LineUnderTest) -> None:
    line.switches.room = False
    document = line.document("/voice")
    assert document.said[0] == "line_full"
    assert document.said[1] == "keypad_call_back_confirm + 1 5 5 5 2 3 4 5 6 7 8"
    assert document.route() == "/voice/call-back"


def test_after_good_bye_the_call_ends(line: LineUnderTest) -> None:
    line.calls.next_steps[CALL] = NextStep.BYE
    assert line.document("/voice/resume?n=1").verbs == ["Hangup"]


def test_after_a_hand_over_a_person_is_dialed(line: LineUnderTest) -> None:
    line.calls.next_steps[CALL] = NextStep.STAFF
    line.switches.staff = StaffNumber("+15550001111", whisper_url=f"{ORIGIN}/whisper")
    document = line.document("/voice/resume?n=1")
    number = document.root.find("Dial/Number")
    assert number is not None
    assert (number.text, number.attrib["url"]) == ("+15550001111", f"{ORIGIN}/whisper")
    assert document.route() == "/voice/after-dial"
    assert document.verbs == ["Say", "Dial", "Redirect"]


def test_a_hand_over_with_nobody_there_becomes_a_call_back(line: LineUnderTest) -> None:
    line.calls.next_steps[CALL] = NextStep.STAFF
    document = line.document("/voice/resume?n=1")
    assert document.said[0] == "keypad_nobody_there"
    assert document.route() == "/voice/call-back"


@pytest.mark.parametrize(
    ("step", "route"),
    [
        (NextStep.CALL_BACK, "/voice/call-back"),
        (NextStep.MENU, "/voice/menu"),
        (NextStep.RECORD, "/voice/record/done"),
    ],
)
def test_every_stored_step_has_its_document(line: LineUnderTest, step: NextStep, route: str) -> None:
    line.calls.next_steps[CALL] = step
    assert line.document("/voice/resume?n=1").route() == route


def test_a_stream_that_died_is_opened_once_more_with_a_fresh_token(line: LineUnderTest) -> None:
    first = line.document("/voice")
    second = line.document(first.action)
    assert second.verbs == ["Say", "Connect", "Redirect"]
    assert second.said == ["line_apology"]
    assert second.token != first.token
    assert second.action != first.action, "or a second death would get the first one's document"


def test_a_second_death_within_a_minute_leads_to_the_keypad(line: LineUnderTest) -> None:
    second = line.document(line.document("/voice").action)
    line.time.now += 59
    third = line.document(second.action)
    assert third.said == ["line_apology", "keypad_menu"]
    assert third.route() == "/voice/menu"


def test_a_second_death_after_a_minute_opens_a_stream_again(line: LineUnderTest) -> None:
    second = line.document(line.document("/voice").action)
    line.time.now += 61
    assert line.document(second.action).verbs == ["Say", "Connect", "Redirect"]


def test_a_death_that_is_told_twice_counts_once(line: LineUnderTest) -> None:
    first = line.document("/voice")
    second = line.document(first.action)
    assert line.document(first.action).text == second.text
    line.time.now += 30
    assert line.notes.events() == ["stream_died", "webhook_repeated"]


def test_a_death_while_the_parts_are_away_leads_to_the_keypad(line: LineUnderTest) -> None:
    first = line.document("/voice")
    line.switches.ready = False
    assert line.document(first.action).said == ["line_apology", "keypad_menu"]


@pytest.mark.parametrize("status", ["completed", "busy", "failed", "no-answer", "canceled"])
def test_the_end_of_a_call_is_kept_once(line: LineUnderTest, status: str) -> None:
    assert line.post("/voice/status", CallStatus=status, CallDuration="31").status_code == 204
    assert line.post("/voice/status", CallStatus="completed").status_code == 204
    assert line.calls.ended == {CALL: status}


def test_what_comes_before_the_end_ends_nothing(line: LineUnderTest) -> None:
    assert line.post("/voice/status", CallStatus="in-progress", SequenceNumber="2").status_code == 204
    assert line.calls.ended == {}


def test_who_answered_a_call_out_is_noted(line: LineUnderTest) -> None:
    line.post("/voice/status", CallStatus="in-progress", AnsweredBy="machine_start")
    assert line.notes.notes == [(CALL, "call_status", {"status": "in-progress", "answered_by": "machine_start"})]


def test_an_error_of_the_stream_is_noted_for_operators(line: LineUnderTest) -> None:
    response = line.post("/voice/stream-status", StreamEvent="stream-error", StreamError="31921")
    assert response.status_code == 204
    assert line.notes.notes == [(CALL, "stream_status", {"status": "stream-error", "error": "31921"})]


class BrokenStore(RememberedCalls):
    """Whatever is asked of it fails, as when the database is away."""

    def remembered(self, call_id: CallId, step: str) -> str | None:
        raise StoreFailed("the database is away")


@pytest.fixture
def broken_line() -> LineUnderTest:
    line = LineUnderTest()
    store = BrokenStore(line.time)
    line.ports = replace(line.ports, documents=store, register=store)
    line.client = line.app().test_client()
    return line


def test_with_the_store_away_a_caller_still_reaches_a_person(broken_line: LineUnderTest) -> None:
    broken_line.switches.staff = StaffNumber("+15550001111")
    document = broken_line.document("/voice")
    assert document.said == ["line_apology"]
    assert document.verbs == ["Say", "Dial", "Redirect"]
    assert broken_line.notes.events() == ["webhook_failed"]


def test_with_the_store_and_everybody_away_the_carrier_asks_the_fallback(broken_line: LineUnderTest) -> None:
    assert broken_line.post("/voice").status_code == 500


def test_only_the_token_reaches_the_carrier_of_all_that_is_secret(line: LineUnderTest) -> None:
    assert TOKEN not in line.document("/voice").text
