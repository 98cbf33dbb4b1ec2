"""Texts by number on a real store: once each, in order, and nothing of them in plain."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ivr.bootstrap.carrier_side import KeptRegister
from ivr.bootstrap.stores import KeptCalls, Stores, open_stores
from ivr.bootstrap.texts import LEASE, Guarded, KeptTexts
from ivr.calls.errands import Stage
from ivr.calls.text_session import TURN_S, TextParts
from ivr.calls.work import TableWorker
from ivr.conversation.states import state_from_json
from ivr.recognition.spoken_forms import value_of
from ivr.settings import Settings, load_settings
from ivr.store.schema import upgrade
from ivr.telephony.sms import ChatMessage, IncomingText
from ivr.understanding.scripted import ScriptedUnderstander
from ivr.vocabulary import CallId, Expected, Milliseconds, Secret
from tests.calls.parts import AtOnce
from tests.calls.test_text_session import MEANINGS, NUMBER, PIN, PROMPTS, REPLIES, Agency

ROOT = Path(__file__).parents[2]
CALLER = "+351910000001"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(ROOT, {"OPENLINE_VAR": str(tmp_path)})


@pytest.fixture
def stores(settings: Settings) -> Iterator[Stores]:
    stores = open_stores(settings)
    upgrade(stores.database.engine)
    yield stores
    stores.database.close()


def desk_over(settings: Settings, stores: Stores) -> KeptTexts:
    """As one web process has it."""
    understander = ScriptedUnderstander(MEANINGS, REPLIES)
    stage = Stage("services", AtOnce(), Milliseconds(3_000), "agency-failed")
    worker = TableWorker(understander, stage, stage, Agency().table())
    parts = TextParts(worker, _wish, lambda text, expected: value_of(text, expected, _today()), KeptCalls(stores))
    return KeptTexts(settings, stores, PROMPTS, parts, KeptRegister(stores, understander), _today)


def _today() -> date:
    return date(2026, 11, 24)


def _wish(text: str, expected: Expected) -> str:
    return text if text in ("person", "back", "goodbye") else ""


@pytest.fixture
def desk(settings: Settings, stores: Stores) -> KeptTexts:
    return desk_over(settings, stores)


def text(number: int, body: str, sender: str = CALLER) -> IncomingText:
    return IncomingText(f"SM{number:032x}", sender, "+351210000000", body)


def test_the_first_text_is_greeted_and_answered_at_once(desk: KeptTexts) -> None:
    answer = desk.answer(text(1, "Papers for a pension?"))
    assert answer.startswith("This is the Social Security Office")
    assert PROMPTS.words("faq_documents_old_age_pension", PROMPTS.languages[0]).split(".")[0] in answer
    assert "1 My payment" not in answer


def test_a_repeated_text_gets_the_same_answer_and_has_no_second_effect(desk: KeptTexts, stores: Stores) -> None:
    first = desk.answer(text(1, "Papers for a pension?"))
    entries = len(stores.journal.timeline(CallId(text(1, "").message_id)))
    assert desk.answer(text(1, "Papers for a pension?")) == first
    assert len(stores.journal.timeline(CallId(text(1, "").message_id))) == entries


def test_the_next_text_goes_on_in_another_process(settings: Settings, stores: Stores) -> None:
    desk_over(settings, stores).answer(text(1, "When does my money come?"))
    assert "When shall we call?" in desk_over(settings, stores).answer(text(2, "1"))
    assert "4711082" in desk_over(settings, stores).answer(text(3, "2"))


def test_each_number_has_a_conversation_of_its_own(desk: KeptTexts) -> None:
    desk.answer(text(1, "When does my money come?"))
    assert desk.answer(text(2, "1", "+351910000002")).startswith("This is the Social Security Office")


def test_after_good_bye_the_next_text_begins_anew(desk: KeptTexts, stores: Stores) -> None:
    desk.answer(text(1, "Papers for a pension?"))
    assert desk.answer(text(2, "2")) == "Thank you for writing. Goodbye."
    record = stores.calls.find(CallId(text(1, "").message_id))
    assert record is not None
    assert record.status == "completed"
    assert desk.answer(text(3, "Papers for a pension?")).startswith("This is the Social Security Office")


def test_stop_is_answered_with_nothing_and_ends_it(desk: KeptTexts, stores: Stores) -> None:
    desk.answer(text(1, "When does my money come?"))
    assert desk.answer(IncomingText("SM" + "e" * 32, CALLER, "", "STOP", opts_out=True)) == ""
    assert stores.texts.conversation(stores.calls.calling_hash(CALLER)) is None


@pytest.mark.parametrize("sender", ["12", "AMAZON", "whatsapp:+351910000001", ""])
def test_who_is_no_number_is_not_answered(desk: KeptTexts, sender: str) -> None:
    assert desk.answer(text(1, "hello", sender)) == ""


def test_texts_that_come_together_are_answered_one_after_the_other(settings: Settings, stores: Stores) -> None:
    with ThreadPoolExecutor(4) as pool:
        desks = [desk_over(settings, stores) for _ in range(4)]
        answers = list(pool.map(lambda n: desks[n].answer(text(n, "Papers for a pension?")), range(4)))
    assert sum(answer.startswith("This is the Social Security Office") for answer in answers) == 1
    assert all("pension" in answer for answer in answers)
    held = stores.texts.conversation(stores.calls.calling_hash(CALLER))
    assert held is not None
    assert sum(entry.kind == "caller_spoke" for entry in stores.journal.timeline(held)) == 4


def test_a_chat_opens_the_record_and_leaves_no_pin_in_the_store(
    desk: KeptTexts, stores: Stores, tmp_path: Path
) -> None:
    chat = CallId("CH" + "0" * 32)
    bodies: list[Any] = ["", "when does my money come", NUMBER, "1", Secret(PIN), "1"]
    for number, body in enumerate(bodies):
        secret = body if isinstance(body, Secret) else None
        answer = desk.chat(ChatMessage(f"IM{number:032x}", chat, "" if secret else body, secret))
        assert answer.wants_pin is (number == 3)
    assert "€312.40" in " ".join(answer.paragraphs)
    everything = [stores.calls.state(chat), *(repr(entry.contents) for entry in stores.journal.timeline(chat))]
    assert PIN not in repr(everything)
    assert state_from_json(str(stores.calls.state(chat))).level == 2
    assert all(PIN.encode() not in path.read_bytes() for path in tmp_path.rglob("openline.db*"))


def test_a_desk_that_fails_still_answers(settings: Settings) -> None:
    broken: Any = SimpleNamespace(answer=_fail, chat=_fail)
    desk = Guarded(broken, lambda: "sorry")
    assert desk.answer(text(1, "x")) == "sorry"
    assert desk.chat(ChatMessage("IM", CallId("CH"))).paragraphs == ("sorry",)


def _fail(*_: object) -> str:
    raise RuntimeError("broken")


def test_a_lease_outlives_a_message() -> None:
    assert timedelta(seconds=TURN_S) < LEASE


def test_a_message_that_fails_holds_up_nobody(desk: KeptTexts, stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a defect")

    desk.answer(text(1, "When does my money come?"))
    with monkeypatch.context() as broken:
        broken.setattr(desk, "_settle", fail)
        with pytest.raises(ValueError, match="defect"):
            desk.answer(text(2, "1"))
    assert stores.texts.hold(stores.calls.calling_hash(CALLER), LEASE)
