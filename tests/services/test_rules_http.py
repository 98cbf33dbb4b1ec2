"""What is made of answers that the rules should not give. Over the real rules: tests/rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import httpx
import pytest

from ivr.errors import RulesFailed
from ivr.services.rules_http import HttpRules

TODAY = date(2026, 11, 24)
MONTH = "2026-11"
GIVEN = [{"age": 70}, {"age": 20}]


def answering(answers: dict[str, object]) -> HttpRules:
    """Rules that answer by path."""

    def handle(request: httpx.Request) -> httpx.Response:
        found = answers.get(request.url.path)
        if found is None:
            return httpx.Response(404, json={})
        return httpx.Response(200, text=found) if isinstance(found, str) else httpx.Response(200, json=found)

    return HttpRules("http://rules.test", httpx.MockTransport(handle))


PERSON = {"entity": "person"}
TRACE = {
    f"pension<{MONTH}>": {"dependencies": [f"age<{MONTH}>"], "parameters": {}, "value": [True, False]},
    f"age<{MONTH}>": {"dependencies": [], "parameters": {}, "value": [70, 20]},
}


def deciding(trace: object, order: object = ("s0", "s1")) -> HttpRules:
    described = {"persons": list(order) if isinstance(order, tuple) else order}
    traced = {"trace": trace, "entitiesDescription": described}
    return answering({"/variable/age": PERSON, "/variable/pension": PERSON, "/trace": traced})


def test_outcomes_come_in_the_order_of_asking() -> None:
    assert deciding(TRACE).decide("pension", GIVEN, TODAY).outcomes == (True, False)
    assert deciding(TRACE, ("s1", "s0")).decide("pension", GIVEN, TODAY).outcomes == (False, True)


def node(**changes: object) -> dict[str, object]:
    return {**TRACE, f"pension<{MONTH}>": {**TRACE[f"pension<{MONTH}>"], **changes}}


@pytest.mark.parametrize(
    ("trace", "order", "fault"),
    [
        ({}, ("s0", "s1"), "trace"),
        ([], ("s0", "s1"), "trace"),
        (node(value=[True]), ("s0", "s1"), "outcomes"),
        (node(value=[1, 0]), ("s0", "s1"), "outcomes"),
        (node(value="yes"), ("s0", "s1"), "outcomes"),
        (TRACE, ("s0", "s0"), "outcomes"),
        (TRACE, None, "outcomes"),
        (node(parameters=None), ("s0", "s1"), "parameters"),
        ({**TRACE, f"pay<{MONTH}>": {"dependencies": [], "parameters": {}, "value": [0, 0]}}, ("s0", "s1"), "pay"),
        ({**TRACE, "age<2026-10>": {"dependencies": [], "parameters": {}, "value": [0, 0]}}, ("s0", "s1"), "age"),
    ],
)
def test_nonsense_and_guesses_are_refused(trace: object, order: object, fault: str) -> None:
    with pytest.raises(RulesFailed, match=fault):
        deciding(trace, order).decide("pension", GIVEN, TODAY)


def test_an_input_of_one_situation_alone_is_no_input() -> None:
    traced = {"trace": TRACE, "entitiesDescription": {"persons": ["s0", "s1"]}}
    variables = dict.fromkeys(("/variable/age", "/variable/rich", "/variable/pension"), PERSON)
    with pytest.raises(RulesFailed, match="guessed age"):
        answering({**variables, "/trace": traced}).decide("pension", [{"age": 70, "rich": True}, {"rich": True}], TODAY)


@pytest.mark.parametrize(
    ("ask", "answer", "fault"),
    [
        (lambda rules: rules.in_force("pension", TODAY), {"id": "pension"}, "formulas"),
        (lambda rules: rules.in_force("pension", TODAY), {"formulas": {"2027-01-01": {}}}, "know no pension"),
        (lambda rules: rules.number("x", TODAY), {"values": {"2020-01-01": True}}, "x"),
        (lambda rules: rules.number("x", TODAY), {"values": {"2020-01-01": "65"}}, "x"),
        (lambda rules: rules.number("x", TODAY), {"values": {"2026-11-02": 65}}, "know no x"),
        (lambda rules: rules.number("x", TODAY), "<html>", "no JSON"),
        (lambda rules: rules.number("x", TODAY), [], "object"),
    ],
)
def test_what_is_not_as_agreed_is_refused(ask: Callable[[HttpRules], object], answer: object, fault: str) -> None:
    with pytest.raises(RulesFailed, match=fault):
        ask(answering({"/variable/pension": answer, "/parameter/x": answer}))


def test_what_holds_on_the_first_holds_for_the_month() -> None:
    rules = answering({"/parameter/x": {"values": {"2020-01-01": 64, "2026-11-01": 65, "2026-12-01": 66}}})
    found = rules.number("x", TODAY)
    assert (found.value, found.since) == (65, "2026-11-01")


def test_rules_that_are_away_are_said_to_be() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there")

    rules = HttpRules("http://rules.test", httpx.MockTransport(refuse))
    assert not rules.is_well()
    with pytest.raises(RulesFailed, match="did not answer"):
        rules.number("x", TODAY)
