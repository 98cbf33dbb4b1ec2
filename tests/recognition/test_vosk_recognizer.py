"""What is Vosk's own, on the Korean model: the grammar of a question, missing words, joined parts."""

import json
from datetime import date
from pathlib import Path

import pytest

from ivr.errors import RecognitionFailed
from ivr.recognition.choosing import Engine, RecognitionPlan, open_recognizer
from ivr.recognition.models import vosk_model_folder
from ivr.recognition.vosk_recognizer import VoskRecognizer
from ivr.vocabulary import Choice, Expected, Kind, Language
from tests.contract.spoken import say

KO = Language("ko")
MATTERS = (Choice("pension", "1", ("연금",)), Choice("contribution", "2", ("보험료",)))

pytestmark = pytest.mark.models


def today() -> date:
    return date(2026, 11, 24)


@pytest.fixture(scope="module")
def vosk() -> VoskRecognizer:
    folder = vosk_model_folder("ko")
    assert folder is not None
    return VoskRecognizer("ko", folder, today, commands=("네", "연금이"))


def test_the_grammar_is_what_the_question_expects_and_the_model_knows(vosk: VoskRecognizer) -> None:
    assert vosk.grammar(Expected(Kind.CHOICE, KO, choices=MATTERS)) == ("연금", "보험료", "네")
    assert vosk.grammar(Expected(Kind.OPEN, KO)) == ()


def test_words_that_the_model_can_never_write_are_reported(vosk: VoskRecognizer) -> None:
    assert vosk.missing_words(["연금", "연금이 네"]) == ("연금이",)


def test_commands_that_can_never_be_heard_are_reported_at_start(tmp_path: Path) -> None:
    plan = RecognitionPlan({"ko": Engine.AUTO}, tmp_path, today, {"ko": ("다시", "연금이")})
    assert open_recognizer(plan).missing_words == {"ko": ("연금이",)}


@pytest.mark.parametrize(("word", "value"), [("연금", "pension"), ("보험료", "contribution")])
def test_a_choice_is_heard_by_its_words(vosk: VoskRecognizer, word: str, value: str) -> None:
    hearing = vosk.listen_for(Expected(Kind.CHOICE, KO, choices=MATTERS))
    hearing.hear(say(word, "ko"))
    assert hearing.finish().value == value


def test_what_is_said_before_and_after_an_early_result_is_joined(vosk: VoskRecognizer) -> None:
    hearing = vosk.listen_for(Expected(Kind.CHOICE, KO, choices=MATTERS))
    hearing.hear(say("연금", "ko"))
    assert hearing.so_far().text == "연금"
    hearing.hear(say("보험료", "ko"))
    assert hearing.finish().text == "연금 보험료"


def test_a_folder_that_is_no_model_fails_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "note.json").write_text(json.dumps({}))
    with pytest.raises(RecognitionFailed, match="cannot be opened"):
        VoskRecognizer("ko", tmp_path, today)
