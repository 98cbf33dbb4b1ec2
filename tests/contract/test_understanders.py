"""What every understander does, the real one and the scripted one alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from ivr.errors import UnderstandingFailed
from ivr.understanding.scripted import ScriptedUnderstander
from ivr.understanding.understander import Understander
from ivr.vocabulary import CommandMessage, Hypothesis, PromptMessage

_calls = count(1)
SCRIPT = ScriptedUnderstander(
    meanings={
        "when is my next payment": "payment_next",
        "i want to apply for child benefit": "apply_child",
        "i want to talk to a person": "person",
    },
    replies={
        "payment_next": [
            CommandMessage("identify", (("level", "2"),)),
            CommandMessage("fetch", (("what", "payments_next"),)),
        ],
        "apply_child": [
            CommandMessage("open_draft", (("what", "child"),)),
            PromptMessage("ask_child_birth_date", "date", "child_birth_date"),
        ],
        "call_start": [PromptMessage("ask_matter", "open")],
        "answer:child_birth_date": [PromptMessage("ask_number_of_children", "number", "number_of_children")],
        "facts_arrived:next_scheduled": [PromptMessage("next_scheduled"), CommandMessage("end_task")],
    },
)


@pytest.fixture(params=["scripted", pytest.param("rasa", marks=pytest.mark.rasa)])
def understander(request: pytest.FixtureRequest) -> Iterator[Understander]:
    if request.param == "scripted":
        yield SCRIPT
        return
    understander = request.getfixturevalue("rasa_process").understander()
    yield understander
    understander.close()


@pytest.fixture
def dialogue() -> str:
    return f"CAcontract.{next(_calls)}"


def said(text: str) -> list[Hypothesis]:
    return [Hypothesis(text, 1.0)]


def test_it_is_ready(understander: Understander) -> None:
    assert understander.ready()


def test_words_are_understood_with_confidence_and_ranking(understander: Understander) -> None:
    understood = understander.parse(said("when is my next payment"))
    assert understood.intent == "payment_next"
    assert understood.confidence > 0.6
    assert understood.ranking[0] == (understood.intent, understood.confidence)


def test_silence_means_nothing(understander: Understander) -> None:
    assert understander.parse([]).intent == ""
    assert understander.parse(said(" ")).confidence == 0.0


def test_a_second_hypothesis_counts(understander: Understander) -> None:
    heard = [Hypothesis("i want two torque two a", 0.2), Hypothesis("i want to talk to a person", 0.8)]
    assert understander.parse(heard).intent == "person"


def test_parsing_moves_no_dialogue(understander: Understander, dialogue: str) -> None:
    understood = understander.parse(said("i want to apply for child benefit"))
    understander.parse(said("when is my next payment"))
    reply = understander.turn(dialogue, "1", understood)
    assert reply.messages[0] == CommandMessage("open_draft", (("what", "child"),))
    assert reply.requested_slot == "child_birth_date"


def test_a_repeated_turn_gets_the_stored_answer(understander: Understander, dialogue: str) -> None:
    understood = understander.parse(said("i want to apply for child benefit"))
    understander.turn(dialogue, "1", understood)
    first = understander.tell(dialogue, "2", "answer", {"child_birth_date": "held"})
    again = understander.tell(dialogue, "2", "answer", {"child_birth_date": "held"})
    assert again == first
    assert first.messages == (PromptMessage("ask_number_of_children", "number", "number_of_children"),)


def test_a_matter_chosen_by_key_is_the_same_as_said(understander: Understander, dialogue: str) -> None:
    by_key = understander.tell(dialogue, "1", "choose", {"matter": "payment_next"})
    by_voice = understander.turn(f"{dialogue}v", "1", understander.parse(said("when is my next payment")))
    assert by_key.messages == by_voice.messages


def test_facts_are_told_and_end_the_matter(understander: Understander, dialogue: str) -> None:
    reply = understander.tell(dialogue, "1", "facts_arrived", {"outcome": "next_scheduled"})
    assert reply.messages == (PromptMessage("next_scheduled"), CommandMessage("end_task"))


def test_forgetting_is_possible_at_any_time(understander: Understander, dialogue: str) -> None:
    understander.forget(dialogue)
    understander.tell(dialogue, "1", "call_start", {})
    understander.forget(dialogue)
    assert understander.tell(dialogue, "1", "call_start", {}).messages == (PromptMessage("ask_matter", "open"),)


def test_the_scripted_one_can_be_away() -> None:
    away = ScriptedUnderstander({}, {})
    away.is_away = True
    assert not away.ready()
    with pytest.raises(UnderstandingFailed):
        away.parse(said("hello"))


def test_the_scripted_one_treats_an_empty_reply_as_a_failure() -> None:
    with pytest.raises(UnderstandingFailed):
        ScriptedUnderstander({}, {"call_start": []}).tell("CA.1", "1", "call_start", {})
