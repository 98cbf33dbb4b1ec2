"""Requests that the carrier did not sign, streams without a good token, and requests that come twice."""

from __future__ import annotations

import re
import secrets

import httpx
import pytest

from ivr.simulator.stream_socket import StreamFailed
from ivr.telephony.webhook import ANSWERS, NOTICES
from ivr.vocabulary import CallId
from tests.faults.fault_line import FaultLine
from tests.faults.raw_carrier import RawCarrier, new_call, token_in

pytestmark = [pytest.mark.line, pytest.mark.fault]

ROUTES = sorted({*ANSWERS, *NOTICES})
POLICY = 1008


def counted(line: FaultLine, event: str, process: int = 0) -> float:
    """What a web process's /metrics says of an event."""
    text = httpx.get(f"{line.private(process)}/metrics", trust_env=False).text
    found = re.search(rf'^openline_events_total{{event="{event}"}} (\S+)$', text, re.MULTILINE)
    return float(found.group(1)) if found else 0.0


def test_every_route_refuses_what_is_not_signed_and_counts_it(line: FaultLine) -> None:
    carrier, before = RawCarrier(line), counted(line, "refused_missing")
    statuses = {route: carrier.post(route, new_call(), signed=False).status_code for route in ROUTES}
    assert statuses == dict.fromkeys(ROUTES, 403)
    assert counted(line, "refused_missing") - before == len(ROUTES)


def test_every_route_refuses_another_token_s_signature_and_counts_it(line: FaultLine) -> None:
    carrier, before = RawCarrier(line, token=secrets.token_hex(16)), counted(line, "refused_forged")
    statuses = {route: carrier.post(route, new_call()).status_code for route in ROUTES}
    assert statuses == dict.fromkeys(ROUTES, 403)
    assert counted(line, "refused_forged") - before == len(ROUTES)


def test_every_route_refuses_another_account_and_counts_it(line: FaultLine) -> None:
    carrier, before = RawCarrier(line, account="AC" + "f" * 32), counted(line, "foreign_account")
    calls = {route: new_call() for route in ROUTES}
    statuses = {route: carrier.post(route, call).status_code for route, call in calls.items()}
    assert statuses == dict.fromkeys(ROUTES, 403)
    assert counted(line, "foreign_account") - before == len(ROUTES)
    assert [line.stores.calls.find(CallId(call)) for call in calls.values()] == [None] * len(ROUTES)


@pytest.mark.parametrize(("signed", "token"), [(False, ""), (True, "f" * 32)], ids=["unsigned", "forged"])
def test_the_media_socket_refuses_the_upgrade(line: FaultLine, signed: bool, token: str) -> None:
    with pytest.raises(StreamFailed, match="HTTP 403"):
        RawCarrier(line, token=token).open(signed=signed)


def test_a_stream_with_a_used_token_is_closed_and_the_call_in_it_goes_on(line: FaultLine) -> None:
    carrier, call = RawCarrier(line), new_call()
    token = token_in(carrier.post("/voice", call).text)
    first = carrier.stream(call, token)
    first.live(400)
    before = counted(line, "stream_refused", process=1)
    assert carrier.stream(call, token, process=1).until_closed() == POLICY
    assert counted(line, "stream_refused", process=1) - before == 1
    first.live(1_000)
    assert first.socket.is_open
    assert line.journal(call).count("stream_started") == 1


def test_a_stream_with_another_call_s_token_is_closed_and_starts_no_call(line: FaultLine) -> None:
    carrier, owner, thief = RawCarrier(line), new_call(), new_call()
    token = token_in(carrier.post("/voice", owner).text)
    carrier.post("/voice", thief)
    assert carrier.stream(thief, token).until_closed() == POLICY
    assert "stream_started" not in line.journal(thief)


def test_a_stream_of_another_account_is_closed_and_starts_no_call(line: FaultLine) -> None:
    carrier, call = RawCarrier(line), new_call()
    token = token_in(carrier.post("/voice", call).text)
    foreign = RawCarrier(line, account="AC" + "f" * 32)
    assert foreign.stream(call, token).until_closed() == POLICY
    assert "stream_started" not in line.journal(call)


def test_a_repeated_webhook_gets_the_same_bytes_from_either_process(line: FaultLine) -> None:
    carrier, call = RawCarrier(line), new_call()
    arrivals = [carrier.post("/voice", call, process=process).content for process in (0, 0, 1)]
    resumes = [carrier.post("/voice/resume?n=1", call, process=process).content for process in (0, 1, 1)]
    assert len(set(arrivals)) == 1
    assert len(set(resumes)) == 1
    assert line.journal(call).count("stream_died") == 1


def test_a_repeated_choice_books_one_call_back(line: FaultLine) -> None:
    carrier, call = RawCarrier(line), new_call()
    carrier.post("/voice", call)
    carrier.post("/voice/call-back?n=1", call)
    step = "/voice/call-back?ask=window&n=2&why=keys"
    answers = [carrier.post(step, call, process=process, Digits="1").content for process in (0, 0, 1)]
    assert len(set(answers)) == 1
    assert line.journal(call).count("call_back_booked") == 1
