"""Conversations in writing over the line's own prompts: the same core, no sound."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ivr.calls.errands import Stage
from ivr.calls.text_session import TextParts, TextSession, Written
from ivr.calls.work import TableWorker
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.conversation import Conversation
from ivr.conversation.matters import Bands
from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.states import CHAT, SMS, ConversationState, state_from_json
from ivr.errors import AgencyFailed, StoreFailed
from ivr.recognition.spoken_forms import value_of
from ivr.records import Payment, Payments
from ivr.understanding.scripted import ScriptedUnderstander
from ivr.vocabulary import CallId, CommandMessage, Expected, Milliseconds, PersonRef, PromptMessage, Secret
from tests.calls.parts import AtOnce, Kept, Never
from tests.conversation.test_whole_matters import NEXT

ROOT = Path(__file__).parents[2]
PROMPTS = load_prompts(ROOT / "dialogues" / "prompts", {"agency": "the Social Security Office of Arland"})
CONVERSATION = CallId("SM" + "0" * 32)
PIN, NUMBER = "434835", "46858160"

MEANINGS = {
    "i have no pin": "pin_letter",
    "when does my money come": "payment_next",
    "papers for a pension": "faq_documents_old_age_pension",
}
REPLIES: dict[str, list[Any]] = {
    "payment_next": [
        CommandMessage("identify", (("level", "2"),)),
        CommandMessage("fetch", (("what", "payments_next"),)),
    ],
    "facts_arrived:next_scheduled": [PromptMessage("next_scheduled"), CommandMessage("end_task")],
    "faq_documents_old_age_pension": [PromptMessage("faq_documents_old_age_pension"), CommandMessage("end_task")],
    "call_back": [CommandMessage("call_back")],
    "pin_letter": [CommandMessage("pin_letter")],
}


class Agency:
    """What the work table asks, with what was asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.is_away = False

    def verify(self, call_id: CallId, work: decided.Verify) -> happened.CallEvent:
        self.asked.append((work.customer_number, work.pin.reveal()))
        right = (work.customer_number, work.pin.reveal()) == (NUMBER, PIN)
        return happened.Verified("verified", PersonRef("p1")) if right else happened.Verified("refused")

    def fetch(self, call_id: CallId, work: decided.Fetch) -> happened.CallEvent:
        self.asked.append(work)
        if self.is_away:
            raise AgencyFailed("away")
        return happened.PaymentsArrived(_payments(NEXT))

    def find_staff(self, call_id: CallId, work: decided.FindStaff) -> happened.CallEvent:
        return happened.StaffFound(True)

    def book(self, call_id: CallId, work: decided.BookCallBack) -> happened.CallEvent:
        self.asked.append(work)
        return happened.CallBackBooked("4711082")

    def table(self) -> dict[type[Any], Any]:
        return {
            decided.Verify: self.verify,
            decided.Fetch: self.fetch,
            decided.FindStaff: self.find_staff,
            decided.BookCallBack: self.book,
        }


def _payments(payment: Payment) -> Payments:
    return Payments((payment,), (), ())


class Correspondence:
    """Somebody writes; each message is taken by a session of its own, as by another process."""

    def __init__(self, channel: str) -> None:
        self.agency, self.kept = Agency(), Kept()
        self.understander = ScriptedUnderstander(MEANINGS, REPLIES)
        self.pool: Any = AtOnce()
        self.written = self._session(ConversationState(channel=channel)).begin(
            happened.CallStarted(phone_number_known=True, today="2026-11-24")
        )

    def writes(self, *messages: str) -> Written:
        for message in messages:
            self.written = self._session(state_from_json(self.kept.states[-1])).take(message)
        return self.written

    def fills_in(self, pin: str) -> Written:
        self.written = self._session(state_from_json(self.kept.states[-1])).take_secret(Secret(pin))
        return self.written

    def _session(self, state: ConversationState) -> TextSession:
        stage = Stage("services", self.pool, Milliseconds(20), "agency-failed")
        understanding = Stage("understanding", AtOnce(), Milliseconds(20), "understanding-failed")
        worker = TableWorker(self.understander, understanding, stage, self.agency.table())
        parts = TextParts(worker, _wish, _value, self.kept)
        conversation = Conversation(PROMPTS, "EUR", Bands(0.6, 0.4), state)
        return TextSession(CONVERSATION, parts, conversation)


def _wish(text: str, expected: Expected) -> str:
    return text if text in ("person", "back", "why", "goodbye", "again") else ""


def _value(text: str, expected: Expected) -> str | None:
    return value_of(text, expected, date(2026, 11, 24))


@pytest.fixture
def sms() -> Correspondence:
    return Correspondence(SMS)


@pytest.fixture
def chat() -> Correspondence:
    return Correspondence(CHAT)


def test_the_greeting_speaks_of_writing_and_lists_the_choices(sms: Correspondence) -> None:
    assert "send zero or write person" in sms.written.text
    assert "press" not in sms.written.text.lower()
    assert sms.written.paragraphs[-4:] == ["1 My payment", "2 My claim", "3 Call back or office", "4 Something else"]


def test_a_general_question_is_answered_word_for_word(sms: Correspondence) -> None:
    text = PROMPTS.words("faq_documents_old_age_pension", PROMPTS.languages[0])
    assert sms.writes("Papers for a pension?").paragraphs[0] == " ".join(text.replace(" / ", " ").split())
    assert sms.written.paragraphs[-2:] == ["1 yes", "2 no"]


def test_a_text_message_never_asks_who_somebody_is(sms: Correspondence) -> None:
    written = sms.writes("When does my money come?")
    assert "I do not write personal things in text messages" in written.text
    assert "1 This number" in written.text
    assert (sms.agency.asked, written.wants_pin) == ([], False)
    assert "4711082" in sms.writes("1", "2").text
    assert sms.agency.asked == [decided.BookCallBack("", "afternoon", "payment_next")]


@pytest.mark.parametrize("messages", [["Customer number 46858160 and PIN 434835"], ["46858160"], ["434835"]])
def test_a_pin_in_a_text_message_opens_nothing(sms: Correspondence, messages: list[str]) -> None:
    sms.writes("When does my money come?", *messages)
    assert sms.agency.asked == []
    assert state_from_json(sms.kept.states[-1]).level == 0


def test_a_chat_takes_the_pin_in_a_field_of_its_own_and_keeps_it_nowhere(chat: Correspondence) -> None:
    assert "type your customer number" in chat.writes("when does my money come").text
    assert not chat.written.wants_pin
    assert chat.writes("4685 8160", "1").wants_pin
    assert not chat.fills_in(PIN).wants_pin
    assert "€312.40" in chat.writes("1").text
    assert "Thursday, 3 December 2026" in chat.written.text
    kept = repr(chat.kept.states) + repr(chat.kept.entries)
    assert PIN not in kept


@pytest.mark.parametrize("typed", [PIN, "4 3 4 8 3 5", f"my PIN is {PIN}"])
def test_a_pin_typed_as_a_message_opens_nothing_and_is_not_kept(chat: Correspondence, typed: str) -> None:
    written = chat.writes("when does my money come", NUMBER, "1", typed)
    assert (chat.agency.asked, written.wants_pin) == ([], True)
    assert PROMPTS.words("spoken_pin_warning", PROMPTS.languages[0]).split()[0] in written.text
    assert typed not in repr(chat.kept.states) + repr(chat.kept.entries)
    chat.fills_in(PIN)
    assert chat.agency.asked == [(NUMBER, PIN)]


def test_a_double_star_where_a_number_is_asked_for_is_a_person(chat: Correspondence) -> None:
    assert "A person cannot write here" in chat.writes("when does my money come", "**").text


def test_no_letter_and_no_status_words_in_a_text_message(sms: Correspondence) -> None:
    written = sms.writes("i have no pin")
    assert "I do not write personal things in text messages" in written.text
    assert "customer number" not in written.text


def test_a_secret_that_nobody_asked_for_is_dropped(chat: Correspondence) -> None:
    chat.fills_in(PIN)
    assert chat.agency.asked == []
    assert PIN not in repr(chat.kept.states) + repr(chat.kept.entries)


@pytest.mark.parametrize("wish", ["0", "person", "Person!"])
def test_a_person_asked_for_in_writing_is_a_call(sms: Correspondence, wish: str) -> None:
    written = sms.writes(wish)
    assert "A person cannot write here" in written.text
    assert not written.is_over


def test_facts_go_into_the_journal_with_their_source(chat: Correspondence) -> None:
    chat.writes("when does my money come", NUMBER, "1")
    chat.fills_in(PIN)
    chat.writes("1")
    (facts,) = [entry["facts"] for entry in chat.kept.of("facts")]
    assert {fact["source"] for fact in facts} == {"agency:/payments#1"}


def test_an_agency_that_is_away_is_said_and_a_person_offered(chat: Correspondence) -> None:
    chat.agency.is_away = True
    chat.writes("when does my money come", NUMBER, "1")
    chat.fills_in(PIN)
    assert "cannot" in chat.writes("1").text
    assert chat.written.paragraphs[-2:] == ["1 yes", "2 no"]


def test_a_part_that_hangs_is_waited_for_as_long_as_its_deadline(chat: Correspondence) -> None:
    chat.writes("when does my money come", NUMBER, "1")
    chat.fills_in(PIN)
    chat.pool = Never()
    assert "cannot" in chat.writes("1").text


def test_good_bye_ends_it(sms: Correspondence) -> None:
    assert sms.writes("papers for a pension", "2").is_over
    assert sms.written.text == "Thank you for writing. Goodbye."


@pytest.mark.parametrize("typed", ["/restart", '{"intent": "bank"}', "<speak>", "a" * 10_000, "   ", "😀", "'--"])
def test_odd_messages_get_a_kind_answer(sms: Correspondence, typed: str) -> None:
    asked: list[str] = []
    parse = sms.understander.parse
    sms.understander.parse = lambda hypotheses: (asked.extend(one.text for one in hypotheses), parse(hypotheses))[1]  # type: ignore[method-assign]
    assert sms.writes(typed).paragraphs
    assert all(len(text) <= 400 and not set(text) & set("/{}<>") for text in asked)


def test_what_cannot_be_kept_is_not_answered(sms: Correspondence) -> None:
    def fail(*_: object) -> None:
        raise StoreFailed("away")

    before = len(sms.kept.states)
    keep, sms.kept.keep = sms.kept.keep, fail  # type: ignore[method-assign]
    with pytest.raises(StoreFailed):
        sms.writes("papers for a pension")
    sms.kept.keep = keep  # type: ignore[method-assign]
    assert len(sms.kept.states) == before
