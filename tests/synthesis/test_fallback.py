"""Voices in order, and their rest."""

import pytest

from ivr.errors import SynthesisFailed
from ivr.synthesis.fallback import Fallback
from ivr.synthesis.readable import TextRefused
from ivr.vocabulary import Language, Samples, Sentence
from tests.synthesis.voices_for_tests import Clock, CountingVoice, sentence


def test_the_first_voice_speaks_while_it_can() -> None:
    first, second = CountingVoice("first/1"), CountingVoice("second/1")
    voice = Fallback([first, second], Clock())
    assert voice.spoken_by(sentence("Hello."))[1] == "first/1"
    assert second.asked == []


def test_a_voice_that_failed_rests_and_is_tried_again_after_its_rest() -> None:
    first, second, clock = CountingVoice("first/1"), CountingVoice("second/1"), Clock()
    voice = Fallback([first, second], clock, rest=30)
    first.broken = True
    assert voice.spoken_by(sentence("One."))[1] == "second/1"
    first.broken = False
    clock.seconds = 29.9
    assert voice.spoken_by(sentence("Two."))[1] == "second/1"
    assert first.asked == ["One."]
    clock.seconds = 30
    assert voice.spoken_by(sentence("Three."))[1] == "first/1"


def test_a_resting_voice_is_better_than_none() -> None:
    first, second, clock = CountingVoice("first/1"), CountingVoice("second/1"), Clock()
    voice = Fallback([first, second], clock)
    first.broken = second.broken = True
    with pytest.raises(SynthesisFailed, match="first/1 is broken; second/1 is broken"):
        voice.speak(sentence("One."))
    second.broken = False
    assert voice.spoken_by(sentence("Two."))[1] == "second/1"


def test_a_language_goes_to_the_voices_that_speak_it() -> None:
    english, spanish = CountingVoice("english/1"), CountingVoice("spanish/1", languages=("es",))
    voice = Fallback([english, spanish], Clock())
    assert voice.spoken_by(Sentence("Hola.", Language("es")))[1] == "spanish/1"
    assert english.asked == []
    assert not voice.speaks(Language("fi"))
    with pytest.raises(SynthesisFailed, match="no voice speaks 'fi'"):
        voice.speak(Sentence("Hei.", Language("fi")))


class RefusingVoice(CountingVoice):
    def speak(self, sentence: Sentence) -> Samples:
        self.asked.append(sentence.text)
        raise TextRefused("too long")


def test_a_text_that_is_at_fault_lets_no_voice_rest() -> None:
    first, second, clock = RefusingVoice("first/1"), CountingVoice("second/1"), Clock()
    voice = Fallback([first, second], clock)
    for _ in range(2):
        with pytest.raises(TextRefused):
            voice.speak(sentence("One."))
    assert (first.asked, second.asked) == (["One.", "One."], [])
