"""Turns end by what is heard, counted in audio."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from ivr.audio.endpointing import (
    LONGEST_UTTERANCE,
    SHORT_ANSWER,
    Dismissed,
    Endpointer,
    NoInput,
    Paused,
    Perceived,
    Resumed,
    SpeechBegan,
    SpeechEnded,
)
from ivr.vocabulary import Milliseconds


def hear(endpointer: Endpointer, *pieces: tuple[bool, int]) -> list[Perceived]:
    """pieces: speech or not, and for how many milliseconds."""
    return [event for speech, long in pieces for _ in range(long // 20) for event in endpointer.hear(speech)]


def open_endpointer(patience: int = 1_500) -> Endpointer:
    return Endpointer(Milliseconds(patience))


def test_a_sentence_begins_pauses_and_ends_after_the_patience() -> None:
    endpointer = open_endpointer()
    assert hear(endpointer, (False, 400), (True, 1_000), (False, 1_480)) == [SpeechBegan(3), Paused()]
    assert hear(endpointer, (False, 20)) == [SpeechEnded(Milliseconds(1_000))]


def test_a_caller_who_goes_on_is_not_cut_off() -> None:
    endpointer = open_endpointer()
    events = hear(endpointer, (True, 600), (False, 700), (True, 400), (False, 1_500))
    assert events == [SpeechBegan(3), Paused(), Resumed(Milliseconds(700)), Paused(), SpeechEnded(Milliseconds(1_700))]


def test_a_recognized_answer_may_shorten_the_wait_in_mid_pause() -> None:
    endpointer = open_endpointer()
    hear(endpointer, (True, 600), (False, 300))
    endpointer.patience = Milliseconds(500)
    assert hear(endpointer, (False, 200)) == [SpeechEnded(Milliseconds(600))]


def test_a_cough_is_dismissed_and_waiting_goes_on() -> None:
    endpointer = open_endpointer()
    endpointer.listen(Milliseconds(2_000))
    assert hear(endpointer, (True, 140), (False, 260)) == [SpeechBegan(3), Dismissed()]
    assert any(isinstance(event, NoInput) for event in hear(endpointer, (False, 2_000)))


def test_a_short_answer_counts_where_one_word_is_expected() -> None:
    endpointer = open_endpointer(500)
    endpointer.least_speech = SHORT_ANSWER
    assert hear(endpointer, (True, 120), (False, 500))[-1] == SpeechEnded(Milliseconds(120))


def test_a_single_frame_is_a_click() -> None:
    assert hear(open_endpointer(), (True, 20), (False, 100), (True, 40), (False, 100)) == []


def test_a_silent_caller_is_noticed_once_after_the_time_of_the_question() -> None:
    endpointer = open_endpointer()
    endpointer.listen(Milliseconds(8_000))
    assert hear(endpointer, (False, 7_980)) == []
    assert hear(endpointer, (False, 20_000)) == [NoInput(Milliseconds(8_000))]


def test_no_input_counts_from_the_question() -> None:
    endpointer = open_endpointer()
    hear(endpointer, (False, 30_000))
    endpointer.listen(Milliseconds(1_000))
    assert hear(endpointer, (False, 980)) == []
    assert hear(endpointer, (False, 20)) == [NoInput(Milliseconds(1_000))]


def test_a_caller_who_pauses_long_gets_more_time_from_then_on() -> None:
    endpointer = open_endpointer()
    hear(endpointer, (True, 600), (False, 900), (True, 600), (False, 2_500))
    endpointer.patience = Milliseconds(500)
    assert hear(endpointer, (True, 600), (False, 2_480))[-1] == Paused()
    assert hear(endpointer, (False, 20)) == [SpeechEnded(Milliseconds(600))]


def test_what_was_learned_of_a_caller_survives_a_new_stream() -> None:
    learned = Endpointer(Milliseconds(500), longest_pause=900)
    assert learned.effective_patience == 2_500


def test_an_endless_talker_is_cut_off_after_28_seconds() -> None:
    events = hear(open_endpointer(), (True, LONGEST_UTTERANCE + 1_000))
    assert events[:2] == [SpeechBegan(3), SpeechEnded(LONGEST_UTTERANCE, too_long=True)]


def test_a_pressed_key_makes_the_utterance_forgotten() -> None:
    endpointer = open_endpointer()
    hear(endpointer, (True, 600))
    endpointer.abandon()
    assert hear(endpointer, (False, 3_000)) == []


@given(st.lists(st.booleans(), max_size=400), st.integers(300, 3_000))
def test_events_of_an_utterance_always_come_in_order(frames: Iterable[bool], patience: int) -> None:
    endpointer, allowed = Endpointer(Milliseconds(patience)), {SpeechBegan}
    follows = {
        SpeechBegan: {Paused, SpeechEnded, Dismissed},
        Paused: {Resumed, SpeechEnded, Dismissed},
        Resumed: {Paused, SpeechEnded},
        SpeechEnded: {SpeechBegan},
        Dismissed: {SpeechBegan},
    }
    for is_speech in frames:
        for event in endpointer.hear(is_speech):
            assert type(event) in allowed
            allowed = follows[type(event)]
        assert endpointer.speaking == (SpeechBegan not in allowed)
