"""Caller voices, their telephone and the noise behind them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ivr.audio.levels import level, speech_level
from ivr.errors import ScenarioError
from ivr.simulator.g711 import SILENCE
from ivr.simulator.mouth import Mouth, clip
from ivr.simulator.noise import noise_loop
from ivr.simulator.phone_line import LossyNetwork, through_telephone
from ivr.simulator.scenario import ENGLISH, Noise, WayToLine
from ivr.simulator.voices import caller_voice, save_recording, slug
from ivr.vocabulary import Samples


def sine(hertz: float, seconds: float = 1.0, peak: float = 8_000) -> Samples:
    wave: Samples = (np.sin(2 * np.pi * hertz * np.arange(int(8_000 * seconds)) / 8_000) * peak).astype(np.int16)
    return wave


def test_a_recording_wins_over_a_voice(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "callers" / "ruth"
    folder.mkdir(parents=True)
    save_recording(folder / f"{slug('When, please?')}.wav", sine(500))
    assert np.array_equal(caller_voice(tmp_path, ENGLISH, "ruth", "normal").speak("When, please?"), sine(500))


def test_an_unknown_voice_is_said(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="nobody knows the voice 'ruth'"):
        caller_voice(tmp_path, ENGLISH, "ruth", "normal")


def test_a_long_sentence_gets_a_short_name_of_its_own() -> None:
    first, second = slug("word " * 40 + "one"), slug("word " * 40 + "two")
    assert len(first) <= 60
    assert first != second
    assert slug("Yes, that's right.") == "yes-that-s-right"


@pytest.mark.models
def test_espeak_speaks_what_is_not_recorded_and_slowly_where_asked(tmp_path: Path) -> None:
    normal = caller_voice(tmp_path, ENGLISH, "espeak", "normal").speak("when is my pension paid")
    slow = caller_voice(tmp_path, ENGLISH, "espeak", "slow").speak("when is my pension paid")
    assert 0.8 < len(normal) / 8_000 < 3
    assert len(slow) > len(normal) * 1.1


def test_the_telephone_cuts_the_band_and_sets_the_level() -> None:
    voice = through_telephone(sine(1_000), WayToLine(level_dbov=-30))
    assert speech_level(voice) == pytest.approx(-30, abs=0.5)
    both = (sine(100) / 2 + sine(1_000) / 2).astype(np.int16)
    spectrum = np.abs(np.fft.rfft(through_telephone(both, WayToLine())[500:-500].astype(float)))
    hertz = np.fft.rfftfreq(7_000, 1 / 8_000)
    assert spectrum[np.argmin(abs(hertz - 100))] < spectrum[np.argmin(abs(hertz - 1_000))] / 50


@pytest.mark.parametrize("kind", ["hiss", "street", "babble"])
def test_noise_has_its_level_and_comes_again_from_its_seed(kind: str) -> None:
    noise = noise_loop(Noise(kind, 15), -26, seed=3)
    assert level(noise) == pytest.approx(-41, abs=1)
    assert np.array_equal(noise, noise_loop(Noise(kind, 15), -26, seed=3))
    assert not np.array_equal(noise, noise_loop(Noise(kind, 15), -26, seed=4))


def test_lost_frames_become_silence_in_their_share() -> None:
    network = LossyNetwork(0.2, seed=1)
    lost = sum(network.carry(b"\x20" * 160) == SILENCE for _ in range(1_000))
    assert 150 < lost < 250


def test_a_clip_knows_where_its_speech_begins_and_ends() -> None:
    quiet = np.zeros(800, dtype=np.int16)
    spoken = clip(np.concatenate([quiet, sine(500, 0.1), quiet, quiet]))
    assert (spoken.first_speech, spoken.last_speech) == (5, 9)


def test_noise_goes_on_under_speech_and_between() -> None:
    mouth = Mouth(sine(300, 1.0, 500), LossyNetwork(0, 1))
    assert mouth.frame() != SILENCE
    mouth.say(clip(sine(700, 0.02)))
    assert mouth.is_speaking
    mouth.frame()
    assert not mouth.is_speaking
