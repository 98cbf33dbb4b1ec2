"""Every prompt is as loud as the line wants it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.audio.levels import QUIETEST, level, louder, speech_level, to_speech_level, with_gain


def noise(decibels: float, samples: int = 8_000, seed: int = 1) -> np.ndarray:
    floats = np.random.default_rng(seed).standard_normal(samples) * 32768 * 10 ** (decibels / 20)
    return floats.clip(-32768, 32767).astype(np.int16)


def test_a_full_scale_square_wave_is_zero_dbov() -> None:
    assert level(np.tile(np.array([32767, -32768], dtype=np.int16), 100)) == pytest.approx(0, abs=0.01)


def test_silence_and_nothing_have_the_lowest_level() -> None:
    assert level(np.zeros(160, dtype=np.int16)) == QUIETEST
    assert level(np.empty(0, dtype=np.int16)) == QUIETEST


def test_pauses_do_not_make_speech_quieter() -> None:
    with_pause = np.concatenate((noise(-26), np.zeros(16_000, dtype=np.int16)))
    assert speech_level(with_pause) == pytest.approx(-26, abs=0.5)
    assert level(with_pause) < -30


@pytest.mark.parametrize("before", [-45.0, -26.0, -12.0])
def test_prompts_come_out_at_minus_26(before: float) -> None:
    assert speech_level(to_speech_level(noise(before))) == pytest.approx(-26, abs=0.5)


def test_silence_is_not_made_loud() -> None:
    assert not to_speech_level(np.zeros(800, dtype=np.int16)).any()


@given(st.floats(-60, -3), st.floats(-20, 60), st.integers(0, 3_000), st.integers(0, 9))
def test_no_gain_drives_a_peak_above_the_ceiling(decibels: float, gain: float, samples: int, seed: int) -> None:
    out = with_gain(noise(decibels, samples, seed), gain)
    assert len(out) == samples
    assert np.abs(out.astype(int)).max(initial=0) <= 32768 * 10 ** (-3 / 20) + 1


def test_louder_is_six_db_more_and_lifts_consonants() -> None:
    time = np.arange(8_000) / 8_000
    low, high = (3_000 * np.sin(2 * np.pi * hertz * time) for hertz in (400, 2_200))
    assert level(louder(low.astype(np.int16))) - level(low.astype(np.int16)) == pytest.approx(6, abs=0.7)
    assert level(louder(high.astype(np.int16))) - level(high.astype(np.int16)) == pytest.approx(10, abs=0.7)
