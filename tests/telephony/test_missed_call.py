"""Ring and hang up: declined without cost, rung back where that is decent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.telephony.missed_call import is_at_home
from ivr.vocabulary import CallId
from tests.telephony.line_under_test import CALL, LineUnderTest

FREE = "+15557654321"
"""The number that all calls of LineUnderTest dial."""
CITIZEN = "+12025550147"
"""Nobody's, but of a kind that people have."""


class Asked:
    """RingBacks that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[CallId, str, str]] = []

    def ask(self, call_id: CallId, number: str, reason: str) -> str:
        self.asked.append((call_id, number, reason))
        return "asked"


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def line(asked: Asked) -> LineUnderTest:
    line = LineUnderTest()
    line.ports = replace(line.ports, ring_backs=asked, missed_call_numbers=frozenset({FREE}))
    line.client = line.app().test_client()
    line.switches.room = line.switches.ready = True
    return line


def test_a_call_to_that_number_is_declined_before_it_costs(line: LineUnderTest, asked: Asked) -> None:
    document = line.document("/voice", CallStatus="ringing", From=CITIZEN)
    assert document.verbs == ["Reject"]
    assert document.root[0].attrib == {"reason": "busy"}
    assert asked.asked == [(CALL, CITIZEN, "missed_call")]


def test_a_repeated_request_asks_once(line: LineUnderTest, asked: Asked) -> None:
    assert line.document("/voice", From=CITIZEN).text == line.document("/voice", From=CITIZEN).text
    assert len(asked.asked) == 1


@pytest.mark.parametrize("caller", ["anonymous", "+266696687", "", "sip:ruth@example.org"])
def test_a_withheld_number_is_declined_and_nobody_is_rung(line: LineUnderTest, asked: Asked, caller: str) -> None:
    assert line.document("/voice", From=caller).verbs == ["Reject"]
    assert asked.asked == []
    assert ("missed_call", {"outcome": "withheld"}) in [(event, fields) for _, event, fields in line.notes.notes]


@pytest.mark.parametrize("caller", ["+351910000001", "+19005550123", "+18765550123", "+14165550123"])
def test_a_number_of_another_country_or_a_costly_one_is_not_rung(
    line: LineUnderTest, asked: Asked, caller: str
) -> None:
    assert line.document("/voice", From=caller).verbs == ["Reject"]
    assert asked.asked == []


@pytest.mark.parametrize(
    ("number", "region", "is_near"),
    [
        ("+351910000001", "PT", True),
        ("+351910000001", "ES", False),
        ("+19005550123", "US", False),
        ("+12025550147", "US", True),
        ("+18765550123", "US", False),
        ("+351210000001", "PT", True),
        ("+351760000001", "PT", False),
        ("no number", "PT", False),
    ],
)
def test_who_may_be_rung(number: str, region: str, is_near: bool) -> None:
    assert is_at_home(number, region) is is_near


def test_other_numbers_of_the_line_are_answered_as_ever(line: LineUnderTest, asked: Asked) -> None:
    assert line.document("/voice", To="+15550009999").verbs[0] == "Connect"
    assert asked.asked == []


def test_the_call_back_is_served_as_if_its_person_had_called(line: LineUnderTest, asked: Asked) -> None:
    """In a call that the line made, From is the line: declining it would be a ring without end."""
    document = line.document("/voice", Direction="outbound-api", From=FREE, To=CITIZEN, CallSid="CA" + "e" * 32)
    assert document.verbs[0] == "Connect"
    assert asked.asked == []
    assert line.calls.arrived[CallId("CA" + "e" * 32)] == CITIZEN
