"""The caller's pace, and the line's behind it."""

from __future__ import annotations

import pytest

from ivr.conversation.pace import (
    FASTEST,
    LONGEST_PATIENCE,
    PACES,
    SLOWEST,
    USUAL,
    CallerPace,
    is_slow,
    note,
    patience,
    rate,
)
from ivr.vocabulary import Milliseconds


def paced(words_per_minute: int, words: int = 20) -> CallerPace:
    pace = CallerPace()
    note(pace, words, words * 60_000 // words_per_minute, 0, 500)
    return pace


@pytest.mark.parametrize(("own", "ours"), [(70, SLOWEST), (100, SLOWEST), (125, 140), (160, USUAL), (240, FASTEST)])
def test_the_line_speaks_as_fast_as_the_caller_within_limits(own: int, ours: int) -> None:
    assert rate(paced(own), slow=False) == ours


def test_the_rates_stand_within_what_older_listeners_follow() -> None:
    assert min(PACES) == 125
    assert max(PACES) == 160
    assert {rate(paced(own), slow=False) for own in range(60, 300, 5)} == set(PACES)


def test_slow_mode_is_slow_however_fast_the_caller_talks() -> None:
    assert rate(paced(240), slow=True) == SLOWEST


def test_a_few_words_say_nothing_about_pace() -> None:
    pace = CallerPace()
    note(pace, 1, 3_000, 0, 200)
    note(pace, 2, 4_000, 0, 200)
    assert pace.words_per_minute is None
    assert rate(pace, slow=False) == USUAL
    assert not is_slow(pace)


def test_two_late_answers_begin_slow_mode_and_one_does_not() -> None:
    pace = CallerPace()
    note(pace, 1, 400, 0, 5_200)
    assert not is_slow(pace)
    note(pace, 1, 400, 0, None)
    assert not is_slow(pace)
    note(pace, 1, 400, 0, 6_000)
    assert is_slow(pace)


def test_a_slow_speaker_begins_slow_mode() -> None:
    assert is_slow(paced(80))
    assert not is_slow(paced(110))


@pytest.mark.parametrize(
    ("pause", "needed"), [(0, 1_500), (700, 1_500), (1_200, 1_800), (2_000, 3_000), (9_000, LONGEST_PATIENCE)]
)
def test_patience_grows_with_the_callers_own_pauses_and_has_an_end(pause: int, needed: int) -> None:
    pace = CallerPace()
    note(pace, 5, 4_000, pause, 300)
    note(pace, 5, 4_000, 0, 300)
    assert patience(pace, Milliseconds(1_500)) == needed


def test_patience_is_never_less_than_usual() -> None:
    pace = CallerPace()
    note(pace, 5, 4_000, 900, 300)
    assert patience(pace, Milliseconds(2_500)) == 2_500
