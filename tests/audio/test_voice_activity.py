"""Speech is found by the model, behind a gate of level."""

import wave
from pathlib import Path

import numpy as np
import pytest

from ivr.audio.formats import Floats, silence
from ivr.audio.levels import to_speech_level
from ivr.audio.voice_activity import VoiceDetector, silero

DIGITS = Path(__file__).parents[2] / "audio_samples" / "digits"


def recorded(name: str) -> np.ndarray:
    with wave.open(str(DIGITS / name)) as file:
        return np.frombuffer(file.readframes(1 << 20), dtype=np.int16)


def speech_milliseconds(detector: VoiceDetector, samples: np.ndarray, played: float | None = None) -> int:
    starts = range(0, len(samples) - 159, 160)
    return 20 * sum(detector.hear(samples[start : start + 160], played) for start in starts)


@pytest.fixture
def five_words() -> np.ndarray:
    words = [to_speech_level(recorded(f"{digit}_theo_0.wav")) for digit in range(5)]
    return np.concatenate([piece for word in words for piece in (silence(400), word)] + [silence(600)])


def test_recorded_words_are_speech_and_what_stands_between_is_not(five_words: np.ndarray) -> None:
    heard = speech_milliseconds(VoiceDetector(silero()), five_words)
    spoken = len(five_words) / 8 - 6 * 400 - 200
    assert 0.6 * spoken < heard < 1.25 * spoken, "at 0.3 Silero lets go 60 ms later behind each word than at 0.5"


@pytest.mark.parametrize("level", [200, 2_000])
def test_steady_noise_is_no_speech(level: int) -> None:
    noise = (np.random.default_rng(1).standard_normal(40_000) * level).astype(np.int16)
    assert speech_milliseconds(VoiceDetector(silero()), noise) <= 60


def test_key_tones_are_no_speech() -> None:
    time = np.arange(16_000) / 8_000
    tones = (4_000 * (np.sin(2 * np.pi * 770 * time) + np.sin(2 * np.pi * 1336 * time))).astype(np.int16)
    assert speech_milliseconds(VoiceDetector(silero()), tones) <= 60


def test_our_own_voice_coming_back_is_not_the_caller(five_words: np.ndarray) -> None:
    echo = (five_words * 10 ** (-30 / 20)).astype(np.int16)
    assert speech_milliseconds(VoiceDetector(silero()), echo) > 0
    assert speech_milliseconds(VoiceDetector(silero()), echo, played=-26.0) == 0


def test_a_caller_is_heard_over_our_own_voice(five_words: np.ndarray) -> None:
    assert speech_milliseconds(VoiceDetector(silero()), five_words, played=-26.0) > 800


def test_a_quiet_line_costs_no_look_at_the_model() -> None:
    looks = 0

    def counting(window: Floats) -> float:
        nonlocal looks
        looks += 1
        return 1.0

    detector = VoiceDetector(counting)
    assert speech_milliseconds(detector, silence(5_000)) == 0
    assert looks == 0


@pytest.mark.models
@pytest.mark.parametrize("offset", range(8))
def test_a_lone_yes_as_the_first_sound_of_a_call_is_heard_wherever_the_windows_fall(offset: int) -> None:
    with wave.open(str(DIGITS.parent / "en" / "callers" / "joe" / "yes.wav")) as file:
        yes = np.frombuffer(file.readframes(1 << 20), dtype=np.int16)
    sound = np.concatenate([np.zeros(160 * (100 + offset), np.int16), yes, np.zeros(8_000, np.int16)])
    assert speech_milliseconds(VoiceDetector(silero()), sound) >= 100
