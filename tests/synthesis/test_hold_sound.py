"""The sound of waiting."""

import numpy as np
import pytest

from ivr.audio.levels import level
from ivr.synthesis.hold_sound import HOLD_LEVEL, hold_sound


def test_it_is_soft_short_and_without_a_click() -> None:
    sound = hold_sound()
    assert level(sound) == pytest.approx(HOLD_LEVEL, abs=0.2)
    assert 1.0 <= len(sound) / 8_000 <= 2.0
    assert np.abs(np.diff(sound.astype(int))).max() < 1_500
    assert abs(int(sound[0])) + abs(int(sound[-1])) < 50


def test_it_is_two_tones_a_third_apart() -> None:
    sound = hold_sound().astype(float)
    strongest = [
        np.argmax(np.abs(np.fft.rfft(part, 8_000))) for part in (sound[:4_000], sound[-4_000:])
    ]  # bins of 1 Hz
    assert strongest == [pytest.approx(440, abs=4), pytest.approx(349, abs=4)]
