"""Rates change without images, gaps or jumps."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ivr.audio.resampling import Upsampler, to_rate


def tone(hertz: float, samples: int = 8_000) -> np.ndarray:
    return (8_000 * np.sin(2 * np.pi * hertz * np.arange(samples) / 8_000)).astype(np.int16)


def test_the_image_of_a_high_tone_is_80_db_down() -> None:
    doubled = Upsampler().hear(tone(3_300))[2_000:14_000]
    spectrum = np.abs(np.fft.rfft(doubled * np.kaiser(len(doubled), 14)))
    hertz = np.fft.rfftfreq(len(doubled), 1 / 16_000)
    image = spectrum[(hertz > 4_500) & (hertz < 4_900)].max()
    assert 20 * np.log10(image / spectrum.max()) < -78


@given(st.lists(st.integers(0, 400), max_size=12))
def test_frames_of_any_size_give_what_the_whole_gives(sizes: list[int]) -> None:
    whole = tone(700, sum(sizes))
    upsampler, start, pieces = Upsampler(), 0, []
    for size in sizes:
        pieces.append(upsampler.hear(whole[start : start + size]))
        start += size
    together = np.concatenate(pieces) if pieces else np.empty(0)
    assert np.allclose(together, Upsampler().hear(whole), atol=1e-6)


def test_the_live_path_lags_by_two_milliseconds() -> None:
    click = np.zeros(400, dtype=np.int16)
    click[100] = 10_000
    assert int(np.argmax(Upsampler().hear(click))) == 2 * (100 + Upsampler.DELAY)


def test_a_voice_at_22050_becomes_a_telephone_voice_of_the_same_length() -> None:
    voice = np.zeros(22_050, dtype=np.int16)
    assert abs(len(to_rate(voice, 22_050, 8_000)) - 8_000) <= 1


def test_nothing_and_the_same_rate_pass_untouched() -> None:
    assert len(to_rate(np.empty(0, dtype=np.int16), 24_000, 8_000)) == 0
    samples = tone(500)
    assert to_rate(samples, 8_000, 8_000) is samples
