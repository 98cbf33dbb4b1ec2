"""What was wrong with the line can be told to the caller."""

import numpy as np
import pytest

from ivr.audio.line_quality import Verdict, judge

SPEECH = np.arange(100) // 25 % 2 == 1
"""Half a second of quiet and of speech, twice."""


def turn(speech_dbov: float, noise_dbov: float) -> np.ndarray:
    random = np.random.default_rng(3)
    loud = np.repeat(SPEECH, 160)
    floats = random.standard_normal(16_000) * 10 ** (noise_dbov / 20)
    floats[loud] += random.standard_normal(int(loud.sum())) * 10 ** (speech_dbov / 20)
    return (floats * 32768).clip(-32768, 32767).astype(np.int16)


def test_a_good_line_is_fine_and_its_snr_is_right() -> None:
    quality = judge(turn(-26, -56), SPEECH)
    assert quality.verdict is Verdict.FINE
    assert quality.snr == pytest.approx(30, abs=1)


def test_a_noisy_line_is_noisy() -> None:
    quality = judge(turn(-26, -31), SPEECH)
    assert quality.verdict is Verdict.NOISY
    assert quality.snr == pytest.approx(5, abs=1)


def test_a_muted_line_is_silent() -> None:
    assert judge(np.zeros(16_000, dtype=np.int16), np.zeros(100, dtype=bool)).verdict is Verdict.SILENT


def test_an_overflowing_microphone_is_clipped() -> None:
    assert judge(turn(4, -60), SPEECH).verdict is Verdict.CLIPPED


def test_a_speaker_phone_echoes() -> None:
    assert judge(turn(-26, -56), SPEECH, coupling=-12).verdict is Verdict.ECHO


def test_a_turn_without_speech_has_no_snr() -> None:
    quality = judge(turn(-26, -40), np.zeros(100, dtype=bool))
    assert quality.snr is None
    assert quality.verdict is Verdict.FINE


def test_a_turn_of_no_length_is_silent() -> None:
    assert judge(np.empty(0, dtype=np.int16), SPEECH).verdict is Verdict.SILENT


def test_a_voice_far_below_the_softest_caller_is_quiet() -> None:
    assert judge(turn(-48, -70), SPEECH).verdict is Verdict.QUIET
    assert judge(turn(-40, -70), SPEECH).verdict is Verdict.FINE
