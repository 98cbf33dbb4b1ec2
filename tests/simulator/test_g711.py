"""Golden values of G.711."""

from __future__ import annotations

import numpy as np

from ivr.simulator.g711 import SILENCE, decode, encode, sounds


def test_known_codes_have_their_levels() -> None:
    assert list(decode(bytes([0x00, 0x80, 0xFF, 0x7F, 0x0F, 0x8F]))) == [-32124, 32124, 0, 0, -16764, 16764]


def test_every_code_but_negative_zero_survives_there_and_back() -> None:
    codes = bytes(code for code in range(256) if code != 0x7F)
    assert encode(decode(codes)) == codes


def test_each_sample_gets_its_nearest_level() -> None:
    samples = np.arange(-32_768, 32_768, 7, dtype=np.int16)
    levels = np.sort(decode(bytes(range(256)))).astype(np.int32)
    nearest = np.min(np.abs(levels[:, None] - samples[None, :].astype(np.int32)), axis=0)
    assert np.array_equal(np.abs(decode(encode(samples)).astype(np.int32) - samples), nearest)


def test_silence_does_not_sound_and_full_scale_does() -> None:
    assert not sounds(SILENCE)
    assert sounds(b"\xff" * 159 + b"\x00")
