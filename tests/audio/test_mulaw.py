"""G.711 by its own table."""

import numpy as np
import pytest

from ivr.audio import mulaw


@pytest.mark.parametrize(
    ("byte", "sample"),
    # ITU-T G.711 table 2 in 16 bits: both ends of the scale, both zeros, a step of the first and second segment
    [(0x00, -32124), (0x80, 32124), (0xFF, 0), (0x7F, 0), (0xFE, 8), (0x7E, -8), (0xEF, 132), (0xE0, 372)],
)
def test_bytes_expand_as_the_standard_says(byte: int, sample: int) -> None:
    assert mulaw.expand(bytes([byte])).tolist() == [sample]


def test_every_byte_comes_back_from_its_own_sample() -> None:
    everything = bytes(value for value in range(256) if value != 0x7F)
    assert mulaw.compress(mulaw.expand(everything)) == everything


def test_silence_is_sent_as_ff_and_never_as_a_click() -> None:
    assert mulaw.compress(np.zeros(3, dtype=np.int16)) == bytes([mulaw.SILENCE] * 3)


def test_the_loudest_samples_do_not_wrap_around() -> None:
    extremes = np.array([-32768, -32636, 32636, 32767], dtype=np.int16)
    assert mulaw.expand(mulaw.compress(extremes)).tolist() == [-32124, -32124, 32124, 32124]


def test_noise_of_the_code_stays_far_below_speech() -> None:
    speech = (np.random.default_rng(1).laplace(size=80_000) * 32768 * 10 ** (-26 / 20) / 2**0.5).clip(-32768, 32767)
    samples = speech.astype(np.int16)
    error = mulaw.expand(mulaw.compress(samples)).astype(float) - samples
    assert 10 * np.log10(np.mean(samples.astype(float) ** 2) / np.mean(error**2)) > 35


def test_no_bytes_are_no_samples() -> None:
    assert mulaw.expand(b"").shape == (0,)
    assert mulaw.compress(np.empty(0, dtype=np.int16)) == b""
