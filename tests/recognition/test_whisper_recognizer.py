"""What is Whisper's own: digits, dates and amounts of the expected shape, rejection, the early result."""

import os
import wave
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ivr.audio.formats import silence
from ivr.errors import RecognitionFailed
from ivr.recognition.models import cache_folder, ensure_whisper
from ivr.recognition.whisper_recognizer import WhisperRecognizer
from ivr.vocabulary import Choice, Expected, Kind, Language, Samples, Utterance
from tests.contract.spoken import say

EN = Language("en")
DIGITS = Path(__file__).parents[2] / "audio_samples" / "digits"
CONTACT = (
    Choice("phone_call", "1", ("phone call", "telephone")),
    Choice("office_visit", "2", ("office visit", "office")),
    Choice("letter", "3", ("letter", "by letter")),
)

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def whisper() -> WhisperRecognizer:
    folder = ensure_whisper(cache_folder(os.environ))
    return WhisperRecognizer(folder, lambda: date(2026, 11, 24), {"en": ("person", "again")})


def digits(text: str, speaker: str) -> Samples:
    pieces = [silence(300)]
    for digit in text:
        with wave.open(str(DIGITS / f"{digit}_{speaker}_0.wav")) as file:
            pieces += [np.frombuffer(file.readframes(1 << 20), dtype=np.int16), silence(150)]
    return np.concatenate([*pieces, silence(200)])


def hear(whisper: WhisperRecognizer, samples: Samples, expected: Expected) -> Utterance:
    hearing = whisper.listen_for(expected)
    hearing.hear(samples)
    return hearing.finish()


@pytest.mark.parametrize("text", ["4711", "2398056"])
def test_recorded_digits_of_the_expected_length_are_heard(whisper: WhisperRecognizer, text: str) -> None:
    assert hear(whisper, digits(text, "jackson"), Expected(Kind.DIGITS, EN, len(text))).value == text


def test_single_recorded_digits_are_heard(whisper: WhisperRecognizer) -> None:
    expected = Expected(Kind.DIGITS, EN, 1)
    heard = [hear(whisper, digits(str(digit), "theo"), expected).value for digit in range(10)]
    assert sum(value == str(digit) for digit, value in enumerate(heard)) >= 8


def test_a_choice_is_heard(whisper: WhisperRecognizer) -> None:
    utterance = hear(whisper, say("an office visit please", "en"), Expected(Kind.CHOICE, EN, choices=CONTACT))
    assert utterance.value == "office_visit"


def test_another_wish_is_no_answer_but_its_words_are_kept(whisper: WhisperRecognizer) -> None:
    utterance = hear(whisper, say("I want to speak to a person", "en"), Expected(Kind.YES_NO, EN))
    assert utterance.value is None
    assert "person" in utterance.text
    assert not utterance.rejected


def test_a_result_is_kept_until_more_is_heard(whisper: WhisperRecognizer) -> None:
    hearing = whisper.listen_for(Expected(Kind.YES_NO, EN))
    hearing.hear(say("yes please", "en"))
    early = hearing.so_far()
    hearing.hear(np.empty(0, dtype=np.int16))
    assert hearing.so_far() is early
    hearing.hear(silence(100))
    assert hearing.so_far() is not early


def test_half_a_minute_is_heard_without_failing(whisper: WhisperRecognizer) -> None:
    long = np.tile(say("I would like to know about my payment", "en"), 20)[: 8_000 * 31]
    utterance = hear(whisper, long, Expected(Kind.OPEN, EN))
    assert utterance.rejected or "payment" in utterance.text


def test_a_folder_that_is_no_model_fails(tmp_path: Path) -> None:
    with pytest.raises(RecognitionFailed, match="cannot be opened"):
        WhisperRecognizer(tmp_path, lambda: date(2026, 11, 24))
