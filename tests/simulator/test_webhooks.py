"""Signatures, time limits, retries, redirects: twilio.md 2.2 to 2.4 and the vectors of 3.5."""

from __future__ import annotations

import httpx
import pytest

from ivr.simulator.clock import VirtualClock
from ivr.simulator.webhooks import Overrides, WebhookFailed, signature, signed_form
from tests.simulator.scripted_line import ORIGIN, TOKEN, call, said, twiml

FORM = {
    "AccountSid": "AC" + "a" * 32,
    "ApiVersion": "2010-04-01",
    "CallSid": "CA" + "b" * 32,
    "CallStatus": "ringing",
    "Called": "+15557654321",
    "Caller": "+15551234567",
    "Direction": "inbound",
    "From": "+15551234567",
    "To": "+15557654321",
    "FromCity": "",
    "FromState": "CA",
    "FromZip": "",
    "FromCountry": "US",
}
HOST = "https://ivr.example.org"


@pytest.mark.parametrize(
    ("token", "url", "form", "expected"),
    [
        (
            "12345",
            "https://example.com/myapp.php?foo=1&bar=2",
            {
                "CallSid": "CA1234567890ABCDE",
                "Caller": "+14158675310",
                "Digits": "1234",
                "From": "+14158675310",
                "To": "+18005551212",
            },
            "L/OH5YylLD5NRKLltdqwSvS0BnU=",
        ),
        (TOKEN, f"{HOST}/voice/incoming", FORM, "3yuZTr4/fdVKz8MQRIadsxaiI1I="),
        (
            TOKEN,
            f"{HOST}/voice/menu?step=2&lang=de-DE",
            FORM | {"CallStatus": "in-progress", "Digits": "12#"},
            "OLJebkm1wMgIjbVPB6b1dTjAgJI=",
        ),
        (
            TOKEN,
            f"{HOST}/voice/speech",
            {"CallSid": FORM["CallSid"], "SpeechResult": "Grüße, ich möchte bitte", "Confidence": "0.91"},
            "WfH4J4AiFNvhYYKIn6SCXrvUDsw=",
        ),
        (TOKEN, f"{HOST}/v?From=%2B15551234567&CallSid=CA1", {}, "XDEe42TI4RkmlugnuQ9MflHuBsw="),
        (TOKEN, "wss://ivr.example.org/media", {}, "dbuMESoo6mdcbEpsmc5Q5y4rsOs="),
        (TOKEN, "wss://ivr.example.org/media/", {}, "chphCMBxuDZAMdvaMq9nbAnaPiI="),
    ],
)
def test_requests_are_signed_as_in_the_published_vectors(
    token: str, url: str, form: dict[str, str], expected: str
) -> None:
    assert signature(token, url, form) == expected


def test_fragment_user_and_the_port_of_https_are_not_signed() -> None:
    assert signed_form("https://me:secret@a.example:8443/v?x=1#rc=2") == "https://a.example/v?x=1"
    assert signed_form("http://a.example:8000/v") == "http://a.example:8000/v"


def test_overrides_are_read_from_the_fragment_and_their_ranges_hold() -> None:
    rules = Overrides.parse("ct=2000&rt=8000&rc=2&rp=ct,5xx")
    assert (rules.connect, rules.read, rules.retries) == (2_000, 8_000, 2)
    assert rules.retries_on("5xx")
    assert not rules.retries_on("rt")
    for wrong in ("rc=6", "ct=50", "tt=16000", "rp=sometimes"):
        with pytest.raises(WebhookFailed) as failed:
            Overrides.parse(wrong)
        assert failed.value.code == 11100


def refuse(request: httpx.Request, clock: VirtualClock) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def stall(request: httpx.Request, clock: VirtualClock) -> httpx.Response:
    clock.sleep_until(clock.now() + 15)
    raise httpx.ReadTimeout("nothing", request=request)


def test_a_refused_connection_is_tried_once_more_with_the_same_token() -> None:
    running, line = call({"/voice": [refuse, twiml("<Say>here</Say>")]})
    tokens = [request.headers["I-Twilio-Idempotency-Token"] for request in line.requests]
    assert len(tokens) == 2
    assert tokens[0] == tokens[1]
    assert said(running) == ["here"]


def test_a_silent_line_is_given_15_seconds_then_the_fallback_hears_why() -> None:
    running, line = call({"/voice": stall, "/fallback": "<Say>sorry</Say>"}, fallback_url="/fallback")
    [form] = line.forms("/fallback")
    assert (form["ErrorCode"], form["ErrorUrl"]) == ("11200", f"{ORIGIN}/voice")
    assert len(line.forms("/voice")) == 1
    assert said(running) == ["sorry"]


def test_without_a_fallback_the_carrier_apologizes_and_hangs_up() -> None:
    running, _ = call({"/voice": httpx.Response(500)})
    assert len(running.call.log.of("heard_error_message")) == 1
    assert running.call.status == "completed"


def test_5xx_is_retried_only_where_the_fragment_says_so() -> None:
    documents = [httpx.Response(503), httpx.Response(503), twiml("<Say>third</Say>")]
    running, line = call({"/voice": documents}, voice="/voice#rc=2&rp=5xx")
    assert said(running) == ["third"]
    assert {request.url.fragment for request in line.requests} == {""}


def test_a_302_loses_the_form_and_ten_are_too_many() -> None:
    moved = httpx.Response(302, headers={"Location": "/other"})
    running, line = call({"/voice": moved, "/other": "<Say>moved</Say>"})
    assert said(running) == ["moved"]
    assert line.requests[-1].method == "GET"
    assert line.forms("/other") == [{}]
    endless, _ = call({"/voice": httpx.Response(307, headers={"Location": "/voice"})})
    assert endless.call.log.of("webhook_failed")[0].details["code"] == 11215


def test_cookies_last_through_the_call_and_no_longer() -> None:
    first = httpx.Response(
        200,
        text="<Response><Redirect>/next</Redirect></Response>",
        headers={"Content-Type": "text/xml", "Set-Cookie": "call=7; Path=/"},
    )
    _, line = call({"/voice": first, "/next": "<Hangup/>"})
    assert "cookie" not in line.requests[0].headers
    assert line.requests[1].headers["cookie"] == "call=7"


def test_the_first_request_carries_the_standard_set_some_of_it_empty_and_one_unknown() -> None:
    running, line = call({"/voice": "<Hangup/>"})
    [form] = line.forms("/voice")
    assert form["CallSid"] == running.call_sid
    assert form["CallStatus"] == "ringing"
    assert form["Direction"] == "inbound"
    assert form["FromCity"] == ""
    assert [value for name, value in form.items() if name.endswith("New")] == ["an unannounced parameter"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.Response(200, text="<Nothing/>", headers={"Content-Type": "text/xml"}), 12100),
        (httpx.Response(200, text="<Response><Say>", headers={"Content-Type": "text/xml"}), 12100),
        (httpx.Response(200, text="{}", headers={"Content-Type": "application/json"}), 12300),
        (httpx.Response(200, text="x" * 65_537, headers={"Content-Type": "text/plain"}), 11750),
        (httpx.Response(404), 11200),
    ],
)
def test_answers_that_cannot_be_used_are_errors(answer: httpx.Response, code: int) -> None:
    running, _ = call({"/voice": answer})
    assert running.call.log.of("webhook_failed")[0].details["code"] == code


def test_plain_text_is_read_aloud() -> None:
    running, _ = call({"/voice": httpx.Response(200, text="Internal details", headers={"Content-Type": "text/plain"})})
    assert said(running) == ["Internal details"]
