"""Texts in and out, as the carrier posts them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from ivr.telephony.in_memory import Notes
from ivr.telephony.signature import SignatureCheck, sign
from ivr.telephony.sms import (
    LARGEST_TEXT,
    MOST_PARTS,
    ChatAnswer,
    ChatMessage,
    IncomingText,
    TextPorts,
    parts_of,
    sms_blueprint,
)
from ivr.vocabulary import Secret
from tests.telephony.line_under_test import ACCOUNT, CALLER, ORIGIN, TOKEN

MESSAGE = "SM" + "0" * 32
CHAT, CHAT_MESSAGE = "CH" + "0" * 32, "IM" + "0" * 32


@dataclass
class Desk:
    """Answers with what it was told to, and remembers what it was asked."""

    says: str = "Hello."
    texts: list[IncomingText] = field(default_factory=list)
    chats: list[ChatMessage] = field(default_factory=list)
    moves: list[tuple[str, str, int]] = field(default_factory=list)

    def answer(self, text: IncomingText) -> str:
        self.texts.append(text)
        return self.says

    def chat(self, message: ChatMessage) -> ChatAnswer:
        self.chats.append(message)
        return ChatAnswer(("Hello.",), True, False)

    def moved(self, message_id: str, status: str, error: int) -> None:
        self.moves.append((message_id, status, error))


class Carrier:
    """Posts signed forms to the blueprint."""

    def __init__(self, with_chat: bool = True) -> None:
        self.desk, self.refusals = Desk(), list[str]()
        signatures = SignatureCheck((TOKEN,), ORIGIN, self.refusals.append)
        app = Flask(__name__)
        app.register_blueprint(sms_blueprint(TextPorts(signatures, ACCOUNT, self.desk, Notes(), with_chat)))
        self._client = app.test_client()

    def posts(self, route: str, token: str = TOKEN, **fields: str) -> TestResponse:
        form = {"AccountSid": ACCOUNT, "MessageSid": MESSAGE, "From": CALLER, "To": "+15557654321", **fields}
        return self._client.post(route, data=form, headers={"X-Twilio-Signature": sign(token, ORIGIN + route, form)})

    def replies(self, **fields: str) -> list[str]:
        root = ET.fromstring(self.posts("/sms", **fields).text)  # noqa: S314 - our own document
        assert root.tag == "Response"
        assert {verb.tag for verb in root} <= {"Message"}
        return [verb.text or "" for verb in root]


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


def test_a_text_is_answered_with_a_message(carrier: Carrier) -> None:
    assert carrier.replies(Body="When does my money come? <&>") == ["Hello."]
    assert carrier.desk.texts == [IncomingText(MESSAGE, CALLER, "+15557654321", "When does my money come? <&>")]


def test_nothing_to_say_is_an_empty_document(carrier: Carrier) -> None:
    carrier.desk.says = ""
    assert carrier.replies(Body="x") == []


def test_words_with_signs_arrive_as_they_are(carrier: Carrier) -> None:
    carrier.desk.says = "¿Sí? <b> & 연금"
    assert carrier.replies(Body="x") == ["¿Sí? <b> & 연금"]


@pytest.mark.parametrize("body", ["STOP", "stop", " Unsubscribe "])
def test_stop_is_known_as_such(carrier: Carrier, body: str) -> None:
    carrier.replies(Body=body)
    assert [text.opts_out for text in carrier.desk.texts] == [True]


def test_the_carriers_own_word_for_stop_counts_too(carrier: Carrier) -> None:
    carrier.replies(Body="ALTO", OptOutType="STOP")
    assert carrier.desk.texts[0].opts_out


@pytest.mark.parametrize("route", ["/sms", "/sms/status", "/chat"])
def test_forged_requests_reach_nobody(carrier: Carrier, route: str) -> None:
    assert carrier.posts(route, token="f" * 32, Body="x").status_code == 403
    assert carrier.posts(route, AccountSid="AC" + "f" * 32, Body="x").status_code == 403
    assert carrier.refusals == ["forged"]
    assert (carrier.desk.texts, carrier.desk.chats, carrier.desk.moves) == ([], [], [])


@pytest.mark.parametrize("name", ["", "SM1", "CA" + "0" * 32, MESSAGE + "0", "SM" + "G" * 32])
def test_a_message_without_a_name_of_the_carriers_is_refused(carrier: Carrier, name: str) -> None:
    assert carrier.posts("/sms", MessageSid=name, Body="x").status_code == 400


def test_progress_is_passed_on_with_the_carriers_error(carrier: Carrier) -> None:
    assert carrier.posts("/sms/status", MessageStatus="delivered").status_code == 204
    carrier.posts("/sms/status", MessageStatus="undelivered", ErrorCode="30003")
    carrier.posts("/sms/status", MessageStatus="failed", ErrorCode="no number")
    assert carrier.desk.moves == [(MESSAGE, "delivered", 0), (MESSAGE, "undelivered", 30003), (MESSAGE, "failed", 0)]


def test_a_chat_brings_its_secret_apart(carrier: Carrier) -> None:
    answer = carrier.posts("/chat", MessageSid=CHAT_MESSAGE, ConversationSid=CHAT, Secret="434835")
    assert answer.get_json() == {"paragraphs": ["Hello."], "wants_pin": True, "is_over": False}
    assert carrier.desk.chats == [ChatMessage(CHAT_MESSAGE, CHAT, "", Secret("434835"))]  # type: ignore[arg-type]
    assert "434835" not in repr(carrier.desk.chats)


def test_beside_a_real_carrier_there_is_no_chat() -> None:
    carrier = Carrier(with_chat=False)
    assert carrier.posts("/chat", MessageSid=CHAT_MESSAGE, ConversationSid=CHAT).status_code == 404


@given(st.text(alphabet="ab \n", max_size=9_000))
def test_parts_fit_into_messages_and_lose_nothing_but_blanks(answer: str) -> None:
    parts = parts_of(answer)
    assert len(parts) <= MOST_PARTS
    assert all(0 < len(part) <= LARGEST_TEXT for part in parts)
    whole = "".join("".join(parts).split())
    assert "".join(answer.split()).startswith(whole)
    if len(parts) < MOST_PARTS:
        assert whole == "".join(answer.split())


def test_a_long_answer_is_cut_between_lines() -> None:
    lines = ["x" * 900, "y" * 900, "z" * 600]
    assert parts_of("\n".join(lines)) == [lines[0], "\n".join(lines[1:])]
