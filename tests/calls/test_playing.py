"""What the caller hears, and what is known of it when they interrupt."""

from __future__ import annotations

import numpy as np
import pytest

from ivr.calls.line import Audio, Played
from ivr.calls.playing import AHEAD, Heard, Playing
from ivr.vocabulary import Language, Milliseconds, Samples, Sentence
from tests.calls.parts import QUIET, CountingLine

SECOND: Samples = (3_000 * np.sin(np.arange(8_000) * 0.5)).astype(np.int16)


class Course:
    """A line and what plays on it, moved by frames."""

    def __init__(self) -> None:
        self.line = CountingLine()
        self.numbers = 0
        self.dropped: list[int] = []
        self.playing = Playing(self.line, self._voice, self.dropped.append)
        self.now = 0
        self.heard: list[str] = []

    def _voice(self, sentence: Sentence) -> int:
        self.numbers += 1
        return self.numbers

    def say(self, prompt: str, *sounds: Samples, pause: int = 0) -> None:
        for place, sound in enumerate(sounds):
            sentence = Sentence("words", Language("en"), Milliseconds(pause))
            self.playing.say(prompt, sentence, 0.0, place == len(sounds) - 1)
            self.playing.spoken(self.numbers, sound)

    def run(self, ms: int) -> None:
        for _ in range(ms // 20):
            self.line.script.append(Audio(QUIET, Milliseconds(0)))
            for heard in self.line.hear(Milliseconds(20)):
                if isinstance(heard, Played):
                    self._note(self.playing.came_back(heard.mark))
            self.now += 20
            self.playing.tick(Milliseconds(self.now))
            self._note(self.playing.overdue())

    def _note(self, told: list[Heard]) -> None:
        self.heard += [one.prompt for one in told if one.whole]

    def sound(self) -> Samples:
        return np.concatenate(self.line.played) if self.line.played else np.empty(0, np.int16)


@pytest.fixture
def course() -> Course:
    return Course()


def test_a_prompt_is_heard_whole_and_in_order(course: Course) -> None:
    course.say("first", SECOND, pause=700)
    course.say("second", SECOND)
    course.run(3_000)
    assert course.heard == ["first", "second"]
    expected = np.concatenate([SECOND, np.zeros(5_600, np.int16), SECOND])
    assert np.array_equal(course.sound()[: len(expected)], expected)
    assert not course.playing.busy


def test_no_more_than_eight_tenths_of_a_second_is_ahead(course: Course) -> None:
    course.say("long", *[SECOND] * 5)
    course.run(4_000)
    assert 0 < course.line.most_ahead <= AHEAD + 100


def test_a_slow_voice_holds_back_what_comes_behind_it(course: Course) -> None:
    course.playing.say("slow", Sentence("a", Language("en")), 0.0, True)
    course.say("quick", SECOND)
    course.run(500)
    assert course.sound().size == 0
    course.playing.spoken(1, SECOND)
    course.run(2_500)
    assert course.heard == ["slow", "quick"]


def test_a_paused_prompt_goes_on_without_a_gap_or_a_repeat(course: Course) -> None:
    course.say("told", SECOND, SECOND)
    course.run(700)
    course.playing.pause()
    course.run(400)
    course.playing.resume()
    course.run(2_500)
    assert course.heard == ["told"]
    assert np.array_equal(course.sound()[:16_000], np.concatenate([SECOND, SECOND]))


def test_a_pause_takes_back_what_the_carrier_holds(course: Course) -> None:
    course.say("told", SECOND, SECOND)
    course.run(700)
    course.playing.pause()
    assert course.line.ahead == 0
    played = course.sound().size
    course.run(1_000)
    assert course.sound().size == played


def test_a_stop_tells_what_was_really_heard(course: Course) -> None:
    course.say("first", SECOND)
    course.say("second", SECOND)
    course.run(1_500)
    [cut] = course.playing.stop()
    assert cut.prompt == "second"
    assert abs(cut.heard - 500) <= 60
    assert not course.playing.busy
    assert course.heard == ["first"]


def test_marks_of_what_was_stopped_count_for_nothing(course: Course) -> None:
    course.say("told", SECOND)
    course.run(400)
    course.playing.stop()
    course.run(2_000)
    assert course.heard == []


def test_a_sentence_that_no_voice_could_speak_is_passed_over(course: Course) -> None:
    course.playing.say("silent", Sentence("a", Language("en")), 0.0, True)
    course.playing.spoken(1, None)
    course.say("next", SECOND)
    course.run(1_500)
    assert course.heard == ["silent", "next"]


def test_louder_speech_is_louder(course: Course) -> None:
    course.playing.say("loud", Sentence("a", Language("en")), 6.0, True)
    course.playing.spoken(1, SECOND)
    course.run(1_200)
    assert np.abs(course.sound()[:8_000]).mean() > 1.3 * np.abs(SECOND).mean()


def test_a_lost_mark_holds_up_nothing(course: Course) -> None:
    course.line.mark = lambda token: None  # type: ignore[method-assign]
    course.say("told", SECOND)
    course.run(1_000)
    assert course.playing.busy
    course.run(2_500)
    assert course.heard == ["told"]
    assert not course.playing.busy


def test_a_mark_tells_of_what_lay_before_it_too(course: Course) -> None:
    course.say("first", SECOND)
    course.say("second", SECOND)
    course.run(1_400)
    [last] = [item for kind, item in course.line.queued if kind == "mark"]
    course.playing.came_back(last)
    assert not course.playing.busy


def test_what_a_voice_still_works_on_is_dropped_with_a_stop(course: Course) -> None:
    course.playing.say("slow", Sentence("a", Language("en")), 0.0, True)
    course.playing.stop()
    assert course.dropped == [1]
    assert course.playing.spoken(1, SECOND) is False
