"""Loops, noise and inventions are told from speech."""

import numpy as np
import pytest

from ivr.recognition.judging import is_invention, is_loop, speech_bounds, unrepeated
from ivr.vocabulary import Milliseconds


def noise(decibels: float, samples: int) -> np.ndarray:
    return (np.random.default_rng(1).standard_normal(samples) * 32768 * 10 ** (decibels / 20)).astype(np.int16)


@pytest.mark.parametrize(
    "text", ["and the and the and the and the and the and the and the and the", "I'm going to " * 8]
)
def test_a_decoder_that_repeats_itself_is_caught(text: str) -> None:
    assert is_loop(text)


@pytest.mark.parametrize(
    "text",
    [
        "5 5 5 5 5 5 5 5 5 5 5 5 5 5",
        "five five five five five five",
        "no no no",
        "I want to know when my payment comes",
    ],
)
def test_what_callers_really_say_is_no_loop(text: str) -> None:
    assert not is_loop(text)


def test_silence_and_steady_noise_hold_no_speech() -> None:
    assert speech_bounds(np.zeros(16_000, dtype=np.int16)) == (0, 0)
    assert speech_bounds(noise(-30, 32_000))[0] < 100
    assert speech_bounds(np.empty(0, dtype=np.int16)) == (0, 0)


def test_speech_is_measured_from_its_first_to_its_last_frame() -> None:
    quiet = noise(-60, 4_000)
    sound = np.concatenate((quiet, noise(-26, 3_200), quiet, noise(-26, 1_600), quiet))
    assert speech_bounds(sound) == (600, 1_100)


def test_words_on_silence_are_an_invention() -> None:
    assert is_invention(["thank", "you"], -0.9, 0.2, Milliseconds(400))
    assert is_invention(["i", "do", "not", "know", "what"], -1.3, 0.8, Milliseconds(2_000))
    assert is_invention(["the", "quick", "brown", "fox", "jumps", "over", "it"], -0.3, 0.0, Milliseconds(300))


def test_a_caller_may_say_thank_you() -> None:
    assert not is_invention(["thank", "you"], -0.2, 0.05, Milliseconds(400))


@pytest.mark.parametrize(
    ("text", "speech", "said"),
    [
        ("35. 35.", 700, "35."), ("8 8 8", 400, "8"), ("8 8 8", 1_100, "8 8 8"),
        ("1200 euro 1200 euro", 900, "1200 euro"),
        ("press one to hear it press one to", 2_000, "press one to hear it"),
        ("five five", 700, "five five"), ("Yes, yes.", 300, "Yes,"), ("4 7 1 1", 500, "4 7 1 1"), ("", 0, ""),
    ],
)  # fmt: skip
def test_a_short_answer_written_twice_was_said_once_where_there_was_no_time_for_two(
    text: str, speech: int, said: str
) -> None:
    assert unrepeated(text, Milliseconds(speech)) == said
