"""The caller hangs up at any moment: the call ends at once, with its result, its state and what was entered."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from ivr.conversation.states import Phase, state_from_json
from ivr.simulator.play import PlayedCall
from ivr.vocabulary import CallId
from tests.faults.fault_line import FaultLine

pytestmark = [pytest.mark.line, pytest.mark.fault]

EARLIER = {"birth_date": "1960-05-03", "work_years": "38", "still_working": "no"}
ON = '{hears: {prompt: resume_offer}, while_speaking: true, presses: "1"}'
ANSWER = '{hears: {prompt: ask_worked_abroad}, while_speaking: true, presses: "2"}'
PAYMENT = '{hears: {prompt: ask_matter}, while_speaking: true, presses: "1"}'
NEXT = '{hears: {prompt: menu_payment}, while_speaking: true, presses: "1"}'
NUMBER = '{hears: {prompt: ask_customer_number}, while_speaking: true, presses: "4685"}'


@dataclass(frozen=True)
class Moment:
    """Steps up to the hang-up, and what must be left of the call."""

    steps: tuple[str, ...]
    result: str
    draft: Mapping[str, str] | None = None
    """The draft's answers afterwards; None: the caller has begun nothing."""


FIRST_CALLER = 351_910_000_350
"""Each moment has a telephone of its own; an invented block."""
MOMENTS = {
    "in the greeting": Moment(("{hears: {prompt: greeting}, while_speaking: true, hangs_up: true}",), "abandoned"),
    "in the middle of a number": Moment(
        (PAYMENT, NEXT, NUMBER, "{hears: {silence_ms: 500}, hangs_up: true}"), "abandoned"
    ),
    "while a prompt of a form sounds": Moment(
        (ON, "{hears: {prompt: ask_worked_abroad}, while_speaking: true, hangs_up: true}"), "draft_kept", EARLIER
    ),
    "right after an answer": Moment(
        (ON, ANSWER, "{hears: {silence_ms: 20}, after_ms: 0, hangs_up: true}"),
        "draft_kept",
        EARLIER | {"worked_abroad": "no"},
    ),
    "in the middle of the caller's own words": Moment(
        (
            ON,
            '{hears: {prompt: ask_worked_abroad}, says: "The third of May, nineteen sixty."}',
            "{hears: {silence_ms: 20}, after_ms: 0, hangs_up: true}",
        ),
        "draft_kept",
        EARLIER,
    ),
    "while the line waits for an answer": Moment(
        (ON, ANSWER, "{hears: {prompt: ask_papers_ready_pension}, after_ms: 2000, hangs_up: true}"),
        "draft_kept",
        EARLIER | {"worked_abroad": "no"},
    ),
}


@pytest.fixture(scope="module")
def calls(open_line: FaultLine) -> dict[str, PlayedCall]:
    """All at once: six callers are nothing to a line."""

    def play(place: int, moment: Moment) -> PlayedCall:
        number = f"+{FIRST_CALLER + place}"
        if moment.draft is not None:
            open_line.begun(number, **EARLIER)
        steps = "".join(f"      - {step}\n" for step in moment.steps)
        head = f'caller: {{language: en, voice: joe, number: "{number}"}}\ncalls:\n  - steps:\n{steps}'
        [played] = open_line.call(f"{head}    expects: {{result: {moment.result}}}\n", name=f"hang_up_{place}")
        return played

    with ThreadPoolExecutor(len(MOMENTS)) as pool:
        return dict(zip(MOMENTS, pool.map(play, range(len(MOMENTS)), MOMENTS.values()), strict=True))


@pytest.mark.parametrize("name", MOMENTS)
def test_what_was_entered_is_kept(open_line: FaultLine, calls: dict[str, PlayedCall], name: str) -> None:
    played, moment = calls[name], MOMENTS[name]
    call_id = CallId(played.running.call_sid)
    assert played.problems == []
    state = state_from_json(open_line.stores.calls.state(call_id) or "")
    assert state.phase is Phase.ENDED
    draft = open_line.draft_of(f"+{FIRST_CALLER + list(MOMENTS).index(name)}")
    assert (dict(draft.answers) if draft is not None else None) == moment.draft
    assert open_line.stores.journal.is_intact(call_id)


def live_calls(line: FaultLine) -> set[str]:
    """The calls that go on, as the store knows them."""
    return {str(call.call_id) for call in line.stores.calls.live()}


def test_no_call_is_left_open(open_line: FaultLine, calls: dict[str, PlayedCall]) -> None:
    ids = {played.running.call_sid for played in calls.values()}
    deadline = time.monotonic() + 5
    while ids & live_calls(open_line) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not ids & live_calls(open_line)
