"""The sound of an utterance holds its soft beginning."""

import numpy as np

from ivr.audio.utterance_audio import UtteranceAudio


def frame(number: int) -> np.ndarray:
    return np.full(160, number, dtype=np.int16)


def test_the_utterance_begins_300_ms_before_its_first_detected_frame() -> None:
    audio = UtteranceAudio()
    for number in range(100):
        audio.hear(frame(number))
    audio.begin(frames=3)
    audio.hear(frame(100))
    whole = audio.end()
    assert whole[0] == 100 - 3 - 15
    assert whole[-1] == 100


def test_fresh_gives_each_sample_once() -> None:
    audio = UtteranceAudio()
    audio.hear(frame(1))
    audio.begin(frames=1)
    first = audio.fresh()
    audio.hear(frame(2))
    audio.hear(frame(3))
    second = audio.fresh()
    assert [len(first), len(second), len(audio.fresh())] == [160, 320, 0]
    assert np.array_equal(np.concatenate((first, second)), audio.end())


def test_the_end_of_one_utterance_is_the_pre_roll_of_the_next() -> None:
    audio = UtteranceAudio()
    audio.begin(frames=0)
    for number in range(60):
        audio.hear(frame(number))
    audio.end()
    audio.begin(frames=1)
    assert audio.fresh()[0] == 60 - 16


def test_a_caller_who_never_stops_does_not_fill_the_memory() -> None:
    audio = UtteranceAudio()
    audio.begin(frames=0)
    for _ in range(2_000):
        audio.hear(frame(1))
    assert len(audio.end()) <= 31 * 8_000
