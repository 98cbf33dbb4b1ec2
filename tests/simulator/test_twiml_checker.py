"""The checker accepts what table 2.8 of the reference holds and nothing else."""

from __future__ import annotations

import pytest

from ivr.simulator.twiml_checker import check, parse
from ivr.simulator.twiml_rules import ATTRIBUTES

CONNECT = (
    '<Connect action="https://a.example/voice/resume" method="POST">'
    '<Stream url="wss://a.example/media" statusCallback="https://a.example/s">'
    '<Parameter name="t" value="4f0c2b9e7d"/></Stream></Connect><Redirect method="POST">https://a.example/r</Redirect>'
)


def codes(verbs: str, context: str = "call", inline: bool = False) -> list[int]:
    text = f"<Response>{verbs}</Response>"
    root = parse(text)
    assert root is not None
    return [violation.code for violation in check(root, context, len(text) if inline else None)]


@pytest.mark.parametrize(
    "verbs",
    [
        CONNECT,
        '<Gather input="dtmf" numDigits="1" timeout="3" action="/x"><Say>press</Say><Play>/a.wav</Play></Gather>',
        '<Record maxLength="120" timeout="8" finishOnKey="#" action="/d" recordingStatusCallback="/r"'
        ' recordingStatusCallbackEvent="completed absent"/>',
        '<Dial answerOnBridge="true" timeout="20" action="/a"><Number url="/w">+15550001111</Number></Dial>',
        '<Enqueue action="/a" waitUrl="/w">desk</Enqueue>',
        '<Reject reason="busy"/>',
        '<Pause length="2"/><Hangup/>',
    ],
)
def test_what_the_line_may_send_is_accepted(verbs: str) -> None:
    assert codes(verbs) == []


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ("<say>small</say>", 12200),
        ('<Gather Timeout="5"/>', 12200),
        ("<Gather input=\"['dtmf', 'speech']\"/>", 12200),
        ('<Gather timeout="soon"/>', 12200),
        ('<Gather actionOnEmptyResult="True"/>', 12200),
        ("<Gather><Gather/></Gather>", 12200),
        ("<Say>a<Play>/b.wav</Play></Say>", 12200),
        ("<Say/>", 12200),
        ("<Leave/>", 12200),
        ("<Pause>text</Pause>", 12200),
        ("<Connect/>", 12200),
        ("<Connect><Stream/></Connect>", 11100),
        ('<Gather action="ftp://a.example/x"/>', 11100),
        ('<Gather action="https://bad_host.example/x"/>', 11100),
        (f"<Say>{'x' * 4097}</Say>", 13520),
        ("<Say>x</Say><Reject/>", 0),
        (CONNECT.replace("4f0c2b9e7d", "x" * 500), 0),
        (f"<Enqueue>{'q' * 65}</Enqueue>", 12200),
    ],
)
def test_what_the_line_must_not_send_is_found(verbs: str, code: int) -> None:
    assert codes(verbs) == [code]


@pytest.mark.parametrize(
    ("context", "verbs"),
    [
        ("wait", "<Dial><Number>+1</Number></Dial>"),
        ("whisper", "<Dial><Number>+1</Number></Dial>"),
        ("conference_wait", "<Gather/>"),
        ("queue", "<Hangup/>"),
    ],
)
def test_each_context_has_its_own_verbs(context: str, verbs: str) -> None:
    assert codes(verbs, context) == [12200]
    assert codes("<Say>x</Say>", context) == []


def test_twiml_through_rest_needs_absolute_addresses_and_4000_characters_at_most() -> None:
    assert codes('<Gather action="/x"/>', inline=True) == [15004]
    assert codes(f"<Say>{'x' * 3990}</Say>", inline=True) == [32018]


@pytest.mark.parametrize("text", ["", "hello", "<Response>", "<response/>", "<Reply/>"])
def test_what_is_no_twiml_is_none(text: str) -> None:
    assert parse(text) is None


def test_every_element_of_the_table_has_attributes_that_twilio_s_library_knows() -> None:
    from_library = {"waitUrlMethod", "recordingStatusCallbackEvent", "answerOnBridge", "jitterBufferSize"}
    assert from_library <= set().union(*ATTRIBUTES.values())
