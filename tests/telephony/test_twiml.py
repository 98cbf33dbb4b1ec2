"""The documents, letter by letter, and the checker that stands behind them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.twiml import TwiML
from twilio.twiml.voice_response import VoiceResponse

from ivr.telephony import twiml
from ivr.telephony.ports import Phrase, StaffNumber
from ivr.telephony.twiml import Links, Question
from ivr.telephony.twiml_check import check
from tests.telephony.line_under_test import ORIGIN, Document

LINKS = Links(ORIGIN)
HELLO = Phrase("Hello & good-bye", "en-US")
RECORDED = Phrase("Hello", "en-US", f"{ORIGIN}/prompts/hello.wav")
ASKED = f"{ORIGIN}/voice/menu?n=1"


def test_a_stream_is_the_document_of_the_reference() -> None:
    assert twiml.stream(LINKS, "4f0c2b9e7d", f"{ORIGIN}/voice/resume") == (
        '<?xml version="1.0" encoding="UTF-8"?><Response>'
        '<Connect action="https://ivr.example.org/voice/resume" method="POST">'
        '<Stream statusCallback="https://ivr.example.org/voice/stream-status" statusCallbackMethod="POST"'
        ' url="wss://ivr.example.org/media"><Parameter name="t" value="4f0c2b9e7d" /></Stream></Connect>'
        '<Redirect method="POST">https://ivr.example.org/voice/resume</Redirect></Response>'
    )


def test_a_question_is_asked_inside_its_gather_so_that_a_key_stops_it() -> None:
    document = Document(twiml.ask(Question([HELLO], ASKED), [RECORDED]))
    assert document.verbs == ["Play", "Gather", "Redirect"]
    gather = document.root.find("Gather")
    assert gather is not None
    assert gather.attrib == {
        "action": ASKED,
        "actionOnEmptyResult": "true",
        "finishOnKey": "",
        "input": "dtmf",
        "method": "POST",
        "numDigits": "1",
        "timeout": "8",
    }
    assert [verb.text for verb in gather] == ["Hello & good-bye"]


def test_a_number_ends_with_hash_or_a_pause_and_not_by_count() -> None:
    gather = Document(twiml.ask(Question([HELLO], ASKED, keys=None))).root.find("Gather")
    assert gather is not None
    assert gather.attrib["finishOnKey"] == "#"
    assert "numDigits" not in gather.attrib


def test_a_recording_names_both_ways_on() -> None:
    document = Document(twiml.record(LINKS, [HELLO], f"{ORIGIN}/voice/record/done", ASKED))
    record = document.root.find("Record")
    assert record is not None
    assert record.attrib["recordingStatusCallbackEvent"] == "completed absent"
    assert (record.attrib["action"], document.redirect) == (f"{ORIGIN}/voice/record/done", ASKED)


def test_the_fallback_names_no_address_of_the_line() -> None:
    for staff in (None, StaffNumber("+15550001111")):
        assert "http" not in twiml.static_fallback([HELLO], staff)


def test_addresses_leave_out_what_is_empty_and_keep_a_prefix() -> None:
    links = Links("https://host.example/openline/")
    assert links.to("/voice/menu", n=3, quiet=0, why="keys") == "https://host.example/openline/voice/menu?n=3&why=keys"
    assert links.media() == "wss://host.example/openline/media"


@settings(deadline=None)  # a busy machine is no defect
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip))
def test_words_come_out_as_they_went_in(words: str) -> None:
    document = Document(twiml.say_and_hang_up([Phrase(words, "en-US")]))
    assert document.said == [words]
    assert document.verbs == ["Say", "Hangup"]


PARENTS = {"Gather": {"input": "dtmf", "action": ASKED}, "Connect": {"action": ASKED}, "Dial": {}}
"""Correct parents, so that a document has one fault only."""


def document_with(*path: str, text: str | None = None, **attributes: object) -> TwiML:
    """A document with one element at the end of a path: document_with("Dial", "Number")."""
    response = VoiceResponse()
    parent: TwiML = response
    for name in path[:-1]:
        parent = parent.add_child(name)
        parent.attrs.update(PARENTS[name])
    parent.add_child(path[-1], text).attrs.update(attributes)
    return response


@pytest.mark.parametrize(
    ("path", "text", "attributes"),
    [
        (("Gather",), None, {"input": "dtmf"}),
        (("Gather",), None, {"input": ["dtmf", "speech"], "action": ASKED}),
        (("Gather",), None, {"input": "dtmf", "action": "/voice/menu"}),
        (("Gather",), None, {"input": "dtmf", "action": ASKED, "numdigits": 1}),
        (("Gather",), None, {"input": "dtmf", "action": ASKED, "numDigits": 0}),
        (("Gather",), None, {"input": "dtmf", "action": ASKED, "finishOnKey": "##"}),
        (("Gather",), None, {"input": "dtmf", "action": ASKED, "actionOnEmptyResult": "yes"}),
        (("Gather", "Dial"), None, {}),
        (("Connect",), None, {}),
        (("Connect", "Stream"), None, {}),
        (("Connect", "Stream"), None, {"url": "https://ivr.example.org/media"}),
        (("Connect", "Stream"), None, {"url": "wss://ivr.example.org/media?t=1"}),
        (("Connect", "Stream"), None, {"url": "wss://ivr.example.org/media", "track": "both_tracks"}),
        (("Say",), "", {"language": "en-US"}),
        (("Say",), "x" * 4_097, {"language": "en-US"}),
        (("Say",), "Hello", {"language": "english"}),
        (("Say",), "Hello", {"lang": "en-US"}),
        (("Play",), "hello.wav", {}),
        (("Redirect",), "/voice", {"method": "POST"}),
        (("Redirect",), "https://my_host.example/voice", {"method": "POST"}),
        (("Redirect",), ASKED, {"method": "post"}),
        (("Dial", "Number"), "15550001111", {}),
        (("Dial", "Number"), "+1555000'1111", {}),
        (("Dial", "Client"), "ruth", {}),
        (("Reject",), None, {}),
        (("hangup",), None, {}),
        (("Record",), None, {"timeout": 8, "maxlength": 5}),
        (("Record",), None, {"recordingStatusCallbackEvent": "finished"}),
    ],
)
def test_the_checker_refuses_what_the_library_lets_through(
    path: tuple[str, ...], text: str | None, attributes: dict[str, object]
) -> None:
    document = document_with(*path, text=text, **attributes)
    assert str(document), "the library writes it without a word"
    with pytest.raises(ValueError, match=r"."):
        check(document)


def test_the_checker_refuses_a_parameter_that_is_too_long_and_a_document_that_is_too_large() -> None:
    with pytest.raises(ValueError, match="500"):
        twiml.stream(LINKS, "t" * 499, ASKED)
    with pytest.raises(ValueError, match="64 kB"):
        twiml.say_and_hang_up([Phrase("x" * 4_000, "en-US")] * 17)


def test_the_checker_wants_a_whole_document() -> None:
    with pytest.raises(ValueError, match="Response"):
        check(VoiceResponse().gather())
