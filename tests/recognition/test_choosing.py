"""Each language gets the engine that is there for it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ivr.errors import RecognitionFailed
from ivr.recognition.choosing import ChosenRecognizer, Engine, choose
from ivr.recognition.scripted import ScriptedRecognizer
from ivr.recognition.together import TogetherRecognizer
from ivr.vocabulary import Expected, Kind, Language

FOLDER = Path("model")
SOUND = np.ones(800, dtype=np.int16)


def today() -> date:
    return date(2026, 11, 24)


@pytest.mark.parametrize(
    ("asked", "folder", "served"),
    [
        (Engine.AUTO, None, Engine.WHISPER),
        (Engine.AUTO, FOLDER, Engine.VOSK),
        (Engine.WHISPER, FOLDER, Engine.WHISPER),
        (Engine.VOSK, FOLDER, Engine.VOSK),
        (Engine.TOGETHER, FOLDER, Engine.TOGETHER),
        (Engine.TOGETHER, None, Engine.WHISPER),
    ],
)
def test_the_engine_that_serves(asked: Engine, folder: Path | None, served: Engine) -> None:
    assert choose(asked, "en", folder) is served


def test_vosk_by_name_without_its_model_says_what_to_do() -> None:
    with pytest.raises(RecognitionFailed, match="openline models get en"):
        choose(Engine.VOSK, "en", None)


def test_each_language_is_heard_by_its_own_engine() -> None:
    chosen = ChosenRecognizer(
        {"en": ScriptedRecognizer(["yes"], today), "ko": ScriptedRecognizer(["네"], today, ["ko"])}
    )
    hearing = chosen.listen_for(Expected(Kind.YES_NO, Language("ko")))
    hearing.hear(SOUND)
    assert hearing.finish().text == "네"
    with pytest.raises(RecognitionFailed):
        chosen.listen_for(Expected(Kind.YES_NO, Language("es")))


def heard_together(first: str, second: str, expected: Expected) -> tuple[str | None, list[str]]:
    together = TogetherRecognizer([ScriptedRecognizer([first], today), ScriptedRecognizer([second], today)], today)
    hearing = together.listen_for(expected)
    hearing.hear(SOUND)
    utterance = hearing.finish()
    assert sum(one.weight for one in utterance.hypotheses) in (0, pytest.approx(1))
    return utterance.value, [one.text for one in utterance.hypotheses]


def test_two_engines_make_one_list() -> None:
    digits = Expected(Kind.DIGITS, Language("en"), 4)
    assert heard_together("4 7 1 1", "four seven eleven", digits) == ("4711", ["4 7 1 1", "four seven eleven"])


def test_an_answer_of_one_engine_counts_where_the_other_has_none() -> None:
    assert heard_together("know", "no", Expected(Kind.YES_NO, Language("en")))[0] == "no"
    assert heard_together("", "no", Expected(Kind.YES_NO, Language("en"))) == ("no", ["no"])


def test_noise_for_both_is_noise() -> None:
    assert heard_together("", "", Expected(Kind.OPEN, Language("en"))) == (None, [])
