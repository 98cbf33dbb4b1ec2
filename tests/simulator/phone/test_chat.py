"""What is typed on the web phone reaches the line signed, and a PIN is kept nowhere on the way."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from ivr.simulator.phone.chat import ChatFailed, Typed, chat_with, typed_from
from ivr.simulator.softphone import Phone, phone_app
from ivr.telephony.in_memory import Notes
from ivr.telephony.signature import SignatureCheck
from ivr.telephony.sms import TextPorts, sms_blueprint
from ivr.vocabulary import Secret
from tests.simulator.phone.loop_back import LoopBackCarrier, telling
from tests.telephony.line_under_test import ACCOUNT, TOKEN
from tests.telephony.test_sms import Desk

ORIGIN = "http://127.0.0.1:8000"


def line(desk: Desk) -> httpx.WSGITransport:
    app = Flask(__name__)
    signatures = SignatureCheck((TOKEN,), ORIGIN, lambda reason: None)
    app.register_blueprint(sms_blueprint(TextPorts(signatures, ACCOUNT, desk, Notes(), with_chat=True)))
    return httpx.WSGITransport(app)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_message_comes_by_the_front_door_and_the_next_one_goes_on(desk: Desk) -> None:
    chat = chat_with(f"{ORIGIN}/chat", TOKEN, ACCOUNT, line(desk))
    first = chat(Typed("", "hello", ""))
    assert (first["paragraphs"], first["wants_pin"], first["is_over"]) == (["Hello."], True, False)
    chat(Typed(first["conversation"], "", "434835"))
    assert [message.conversation for message in desk.chats] == [first["conversation"]] * 2
    assert desk.chats[1].secret == Secret("434835")


def test_a_wrong_token_is_a_sentence_for_the_person(desk: Desk) -> None:
    chat = chat_with(f"{ORIGIN}/chat", "f" * 32, ACCOUNT, line(desk))
    with pytest.raises(ChatFailed, match="did not answer"):
        chat(Typed("", "hello", ""))
    assert desk.chats == []


def test_a_pin_shows_in_no_log_and_no_repr(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        chat_with(f"{ORIGIN}/chat", TOKEN, ACCOUNT, line(desk))(Typed("", "", "434835"))
    assert "434835" not in caplog.text
    assert "434835" not in repr(Typed("", "", "434835"))


@pytest.mark.parametrize(
    "given",
    [None, [], "text", {"body": 1}, {"conversation": "CA1"}, {"conversation": "CH" + "g" * 32}, {"body": "x" * 1_601}],
)
def test_what_the_page_would_never_send_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        typed_from(given)


def phone(chat: Any) -> FlaskClient:
    return phone_app(Phone(LoopBackCarrier().place_call, telling(), live_credentials=False, chat=chat)).test_client()


OWN = {"Origin": "http://localhost"}


def test_the_page_has_a_chat_only_where_there_is_a_way_to_the_line() -> None:
    assert "Begin a chat" not in phone(None).get("/phone").text
    assert "Begin a chat" in phone(lambda typed: {}).get("/phone").text
    assert phone(None).post("/phone/chat", json={}, headers=OWN).status_code == 404


def test_the_pages_answer_is_the_lines() -> None:
    asked: list[Typed] = []
    client = phone(lambda typed: asked.append(typed) or {"paragraphs": ["Hello."]})
    assert client.post("/phone/chat", json={"body": "hello"}, headers=OWN).get_json() == {"paragraphs": ["Hello."]}
    assert asked == [Typed("", "hello", "")]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "", "null"])
def test_another_page_cannot_write(origin: str) -> None:
    client = phone(lambda typed: pytest.fail("reached the line"))
    assert client.post("/phone/chat", json={"body": "x"}, headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize(("sent", "status"), [({"body": 1}, 400), ({"body": "x" * 17_000}, 413), ("nonsense", 400)])
def test_bad_messages_are_refused(sent: Any, status: int) -> None:
    client = phone(lambda typed: pytest.fail("reached the line"))
    assert client.post("/phone/chat", json=sent, headers=OWN).status_code == status


def test_a_line_that_is_away_is_said() -> None:
    def fail(typed: Typed) -> dict[str, Any]:
        raise ChatFailed("The line did not answer.")

    answer = phone(fail).post("/phone/chat", json={"body": "x"}, headers=OWN)
    assert (answer.status_code, answer.get_json()) == (502, {"error": "The line did not answer."})
