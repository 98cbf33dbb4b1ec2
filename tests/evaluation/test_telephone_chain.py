"""A simulated line does what its condition says, and the same each time."""

import numpy as np
import pytest

from ivr.audio.levels import level, speech_level
from ivr.evaluation.telephone_chain import CONDITIONS, Condition, through_telephone


def speech(samples: int = 32_000) -> np.ndarray:
    return (np.random.default_rng(2).standard_normal(samples) * 3_000).astype(np.int16)


def tone(hertz: float) -> np.ndarray:
    return (8_000 * np.sin(2 * np.pi * hertz * np.arange(16_000) / 16_000)).astype(np.int16)


def passed(hertz: float) -> float:
    """dB of a tone of that frequency after the line, levels not corrected (against 1 kHz in the same sound)."""
    out = through_telephone(tone(hertz) + tone(1_000), 16_000, CONDITIONS["clean"], seed=1).astype(float)
    spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
    at = {frequency: spectrum[round(frequency * len(out) / 8_000)] for frequency in (hertz, 1_000.0)}
    return float(20 * np.log10(at[hertz] / at[1_000.0]))


def test_the_band_of_a_telephone_passes_and_the_rest_does_not() -> None:
    assert passed(2_000) == pytest.approx(0, abs=0.5)
    assert passed(300) == pytest.approx(-3, abs=0.7)
    assert passed(100) < -30


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=list(CONDITIONS))
def test_every_condition_is_repeatable_and_at_8_khz(condition: Condition) -> None:
    first, second = (through_telephone(speech(), 16_000, condition, seed=7) for _ in range(2))
    assert np.array_equal(first, second)
    assert abs(len(first) - 16_000) <= 1
    assert first.dtype == np.int16


def test_speech_comes_at_its_level() -> None:
    assert speech_level(through_telephone(speech(), 8_000, CONDITIONS["quiet"], seed=1)) == pytest.approx(-36, abs=0.5)


def test_noise_stands_below_speech_by_the_ratio() -> None:
    with_pause = np.concatenate((speech(), np.zeros(32_000, dtype=np.int16)))
    out = through_telephone(with_pause, 8_000, CONDITIONS["noise-15"], seed=1)
    assert level(out[40_000:]) == pytest.approx(-41, abs=0.7)


def test_so_many_frames_are_lost() -> None:
    out = through_telephone(speech(320_000), 8_000, CONDITIONS["loss-3"], seed=1)
    silent = np.mean([not out[start : start + 160].any() for start in range(0, len(out), 160)])
    assert silent == pytest.approx(0.03, abs=0.01)


def test_no_sound_is_no_sound() -> None:
    assert len(through_telephone(np.empty(0, dtype=np.int16), 8_000, CONDITIONS["clean"], seed=1)) == 0
