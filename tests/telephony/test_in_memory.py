"""What stands in for the store keeps the promises that the store must keep."""

import threading

from ivr.telephony.in_memory import RememberedCallBacks, RememberedCalls, RememberedTokens
from ivr.vocabulary import CallId
from tests.telephony.line_under_test import CALL, Time

OTHER = CallId("CA" + "d" * 32)


def test_a_token_is_good_once_for_its_call_and_for_a_minute() -> None:
    time = Time()
    tokens = RememberedTokens(time)
    first, second, third = (tokens.issue(CALL) for _ in range(3))
    assert not tokens.redeem(first, OTHER)
    assert tokens.redeem(first, CALL)
    assert not tokens.redeem(first, CALL)
    time.now += 59
    assert tokens.redeem(second, CALL)
    time.now += 1
    assert not tokens.redeem(third, CALL)
    assert not tokens.redeem("", CallId(""))


def test_of_many_threads_with_one_token_one_gets_in() -> None:
    tokens = RememberedTokens()
    token = tokens.issue(CALL)
    gate = threading.Barrier(8)
    entered: list[bool] = []

    def enter() -> None:
        gate.wait()
        entered.append(tokens.redeem(token, CALL))

    threads = [threading.Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entered) == [False] * 7 + [True]


def test_the_first_document_of_a_step_stands() -> None:
    calls = RememberedCalls()
    assert calls.remembered(CALL, "/voice") is None
    assert calls.remember(CALL, "/voice", "first") == "first"
    assert calls.remember(CALL, "/voice", "second") == "first"
    assert calls.remember(OTHER, "/voice", "second") == "second"


def test_deaths_count_by_step_and_within_a_minute() -> None:
    time = Time()
    calls = RememberedCalls(time)
    assert calls.note_death(CALL, "1") == 1
    assert calls.note_death(CALL, "1") == 1
    assert calls.note_death(OTHER, "1") == 1
    time.now += 30
    assert calls.note_death(CALL, "2") == 2
    time.now += 31
    assert calls.note_death(CALL, "3") == 2


def test_a_second_booking_is_the_first_one() -> None:
    call_backs = RememberedCallBacks()
    call_backs.propose(CALL, "+15550001111")
    reference = call_backs.book(CALL, "morning", "keys")
    call_backs.propose(CALL, "+15550002222")
    assert call_backs.book(CALL, "any", "keys") == reference
    assert call_backs.booked[CALL] == ("+15550001111", "morning", "keys")
