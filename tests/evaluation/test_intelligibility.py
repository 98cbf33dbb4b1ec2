"""Ears and rooms: what they take away, and how settings of the line are compared."""

from __future__ import annotations

import numpy as np

from ivr.audio.levels import level, louder, speech_level, to_speech_level
from ivr.evaluation.intelligibility import EARS, Ear, Said, heard_by, rates
from ivr.vocabulary import Samples

QUIET = Ear("quiet", 60.0)
OLDER = Ear("older", 60.0, 15.0)


def tone(hertz: float, seconds: float = 1.0) -> Samples:
    moments = np.arange(int(8_000 * seconds)) / 8_000
    return to_speech_level((8_000 * np.sin(2 * np.pi * hertz * moments)).astype(np.int16))


def test_an_older_ear_loses_what_is_high_and_keeps_what_is_low() -> None:
    low, high = tone(500), tone(3_000)
    assert abs(level(heard_by(OLDER, low, 1)) - level(low)) < 0.5
    assert level(high) - level(heard_by(OLDER, high, 1)) > 20


def test_the_noise_of_a_room_stays_when_the_line_gets_louder() -> None:
    room = Ear("room", 0.0)
    usual, raised = tone(1_000), louder(tone(1_000), 9.0)
    before = speech_level(heard_by(room, usual, 1)) - level(heard_by(room, np.zeros_like(usual), 1))
    after = speech_level(heard_by(room, raised, 1)) - level(heard_by(room, np.zeros_like(raised), 1))
    assert after > before + 5


def test_equal_seeds_give_equal_noise() -> None:
    assert np.array_equal(heard_by(EARS[1], tone(700), 7), heard_by(EARS[1], tone(700), 7))
    assert not np.array_equal(heard_by(EARS[1], tone(700), 7), heard_by(EARS[1], tone(700), 8))


def test_each_setting_is_told_for_each_ear_with_its_word_errors() -> None:
    said = [Said("usual", "a", "one two three four", tone(700)), Said("louder", "a", "one two three four", tone(900))]
    heard = iter(["one two", "one two three four"])
    found = list(rates(said, lambda sound: next(heard), "en", [QUIET]))
    assert [(ear, setting, rate.rate) for ear, setting, rate in found] == [
        ("quiet", "usual", 0.5),
        ("quiet", "louder", 0.0),
    ]
