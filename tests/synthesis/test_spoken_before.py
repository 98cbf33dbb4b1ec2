"""A sentence is spoken once and kept, where keeping is allowed."""

from pathlib import Path

import pytest

from ivr.audio import mulaw
from ivr.errors import SynthesisFailed
from ivr.synthesis.kept_sounds import KeptSounds
from ivr.synthesis.spoken_before import SpokenBefore, kept_under
from ivr.vocabulary import Language, Sentence
from tests.synthesis.voices_for_tests import EN, CountingVoice, sentence


def test_a_sentence_is_spoken_once(tmp_path: Path) -> None:
    engine = CountingVoice()
    voice = SpokenBefore(engine, KeptSounds(tmp_path), keeps=True)
    first, again = voice.speak(sentence("Hello.")), voice.speak(sentence("Hello."))
    assert engine.asked == ["Hello."]
    assert first.tolist() == again.tolist()
    assert mulaw.compress(first) == mulaw.compress(engine.speak(sentence("Hello.")))


def test_a_call_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    engine = CountingVoice()
    voice = SpokenBefore(engine, KeptSounds(tmp_path))
    voice.speak(sentence("Your pension is three hundred euros."))
    voice.speak(sentence("Your pension is three hundred euros."))
    assert len(engine.asked) == 2
    assert list(tmp_path.iterdir()) == []


def test_kept_sentences_are_heard_while_the_engine_is_down(tmp_path: Path) -> None:
    engine = CountingVoice()
    SpokenBefore(engine, KeptSounds(tmp_path), keeps=True).speak(sentence("Hello."))
    engine.broken = True
    voice = SpokenBefore(engine, KeptSounds(tmp_path))
    assert len(voice.speak(sentence("Hello."))) == 960
    with pytest.raises(SynthesisFailed):
        voice.speak(sentence("Good-bye."))


def test_the_way_to_several_voices_finds_what_each_was_kept_as(tmp_path: Path) -> None:
    engine, way = CountingVoice("engine/1"), CountingVoice("way/1")
    SpokenBefore(engine, KeptSounds(tmp_path), keeps=True).speak(sentence("Hello."))
    SpokenBefore(way, KeptSounds(tmp_path), kept_as={EN: "engine/1"}).speak(sentence("Hello."))
    assert way.asked == []


def test_voice_version_language_pace_and_words_each_make_another_sound() -> None:
    keys = {
        kept_under(sentence("Hello."), "a/1"),
        kept_under(sentence("Hello."), "a/2"),
        kept_under(sentence("Hello.", pace=125), "a/1"),
        kept_under(sentence("Hello!"), "a/1"),
        kept_under(Sentence("Hello.", Language("es")), "a/1"),
    }
    assert len(keys) == 5
    assert kept_under(sentence("  Hello.  "), "a/1") == kept_under(sentence("Hello."), "a/1")
