"""From an engine's sound to the line's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.audio.levels import speech_level
from ivr.synthesis.telephone_sound import telephone_sound


def tone(seconds: float, rate: int, loudness: float) -> np.ndarray:
    at = np.arange(round(seconds * rate)) / rate
    return (loudness * np.sin(2 * np.pi * 300 * at)).astype(np.float32)


@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000])
@pytest.mark.parametrize("loudness", [0.01, 0.3, 1.0])
def test_every_rate_and_loudness_becomes_the_lines(rate: int, loudness: float) -> None:
    sound = telephone_sound(tone(1.0, rate, loudness), rate)
    assert sound.dtype == np.int16
    assert len(sound) == pytest.approx(8_000, abs=160)
    assert speech_level(sound) == pytest.approx(-26, abs=0.5)


def test_silence_at_both_ends_is_taken_away_but_for_a_margin() -> None:
    quiet = np.zeros(24_000, dtype=np.float32)
    sound = telephone_sound(np.concatenate([quiet, tone(1.0, 24_000, 0.2), quiet]), 24_000)
    assert 8_000 <= len(sound) <= 8_000 + 10 * 80


def test_silence_inside_stays() -> None:
    quiet = np.zeros(24_000, dtype=np.float32)
    voice = tone(0.5, 24_000, 0.2)
    assert len(telephone_sound(np.concatenate([voice, quiet, voice]), 24_000)) >= 16_000 - 160


def test_the_edges_do_not_click() -> None:
    sound = telephone_sound(tone(1.0, 8_000, 0.5), 8_000)
    assert abs(int(sound[0])) < 50
    assert abs(int(sound[-1])) < 50


@given(st.integers(min_value=0, max_value=500))
def test_a_sound_without_sound_is_empty(length: int) -> None:
    assert telephone_sound(np.zeros(length, dtype=np.float32), 24_000).shape == (0,)
