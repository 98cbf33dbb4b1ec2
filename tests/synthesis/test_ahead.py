"""Whole prompts as one sound, and how quick they are."""

import numpy as np

from ivr.conversation.said import pieces
from ivr.synthesis.ahead import measure, speak_ahead, whole_prompt
from ivr.synthesis.silent import SilentVoice
from tests.synthesis.voices_for_tests import EN, CountingVoice

PROMPT = pieces("One two three. Four five.", EN)


def test_the_pauses_between_sentences_are_part_of_the_sound_and_the_last_is_not() -> None:
    sound = whole_prompt(PROMPT, CountingVoice())
    lengths = [160 * len(piece.text) for piece in PROMPT]
    assert len(sound) == sum(lengths) + 5_600
    assert np.flatnonzero(sound == 0).tolist() == list(range(lengths[0], lengths[0] + 5_600))
    assert whole_prompt((), CountingVoice()).shape == (0,)


def test_the_pace_counts_words_and_pauses() -> None:
    found = measure(PROMPT, SilentVoice())
    assert (found.words, found.seconds) == (5, 2.7)
    assert round(found.words_per_minute) == 111
    assert measure((), SilentVoice()).words_per_minute == 0


def test_everything_is_spoken_ahead_once() -> None:
    voice = CountingVoice()
    assert speak_ahead(PROMPT, voice) == (160 * (14 + 10)) // 8_000
    assert voice.asked == ["One two three.", "Four five."]
