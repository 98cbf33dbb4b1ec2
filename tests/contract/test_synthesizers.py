"""One contract for every voice."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from ivr.audio.levels import speech_level
from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.said import pieces
from ivr.conversation.said_ahead import GAP, all_words
from ivr.errors import SynthesisFailed
from ivr.synthesis.ahead import measure
from ivr.synthesis.espeak_voice import EspeakVoice
from ivr.synthesis.fallback import Fallback
from ivr.synthesis.hibari_voice import HibariVoice
from ivr.synthesis.silent import SilentVoice
from ivr.synthesis.synthesizer import Synthesizer
from ivr.synthesis.voice_app import create_voice_app
from ivr.synthesis.voice_http import VoiceHttp
from ivr.vocabulary import Language, Secret, Sentence

EN = Language("en")
TOKEN = Secret("token")
HIGHEST = 32_768 * 10 ** (-3 / 20)
SENTENCES = (
    "I am still here.",
    "Your pension of three hundred twelve euros forty comes on Wednesday the third of December.",
    "four seven one",
    "Yes.",
    "We still need your birth certificate; have you got it at hand?",
)
PROMPTS = Path("dialogues/prompts")
EVERY = 12
"""One in so many of the line's forms is measured: some forty, over five minutes of sound."""
VALUE = "three hundred twelve euros forty"


@pytest.fixture(scope="module")
def hibari() -> HibariVoice:
    return HibariVoice()


@pytest.fixture(scope="module")
def espeak() -> Iterator[EspeakVoice]:
    voice = EspeakVoice(time.monotonic)
    yield voice
    voice.close()


@pytest.fixture(
    params=[
        "silent",
        pytest.param("hibari", marks=pytest.mark.models),
        pytest.param("espeak", marks=pytest.mark.models),
        pytest.param("over http", marks=pytest.mark.models),
    ]
)
def voice(request: pytest.FixtureRequest) -> Synthesizer:
    if request.param == "silent":
        return SilentVoice()
    if request.param == "over http":
        app = create_voice_app(Fallback([request.getfixturevalue("hibari")], time.monotonic), TOKEN)
        return VoiceHttp("http://voice", TOKEN, frozenset({EN}), httpx.WSGITransport(app))
    found: Synthesizer = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["hibari", "espeak"])
def engine(request: pytest.FixtureRequest) -> Synthesizer:
    found: Synthesizer = request.getfixturevalue(request.param)
    return found


def test_its_name_has_a_version(voice: Synthesizer) -> None:
    assert "/" in voice.name


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_telephone_sound_of_a_likely_length(voice: Synthesizer, text: str) -> None:
    samples = voice.speak(Sentence(text, EN))
    assert (samples.dtype, samples.ndim) == (np.int16, 1)
    words = len(text.split())
    assert words * 60 / 400 <= len(samples) / 8_000 <= 0.6 + words * 60 / 80


@pytest.mark.parametrize("text", ["", "   ", "...", "<break time='9s'/>", "\x00\x07"])
def test_a_text_without_words_makes_no_sound(voice: Synthesizer, text: str) -> None:
    assert voice.speak(Sentence(text, EN)).shape == (0,)


def test_markup_is_neither_obeyed_nor_read(voice: Synthesizer) -> None:
    plain = voice.speak(Sentence("Hello there.", EN))
    marked = voice.speak(Sentence("<speak>Hello <break time='5s'/><prosody rate='x-slow'>there.</prosody></speak>", EN))
    assert len(marked) == pytest.approx(len(plain), rel=0.02)


@pytest.mark.parametrize("text", ["a" * 10_000, "Hello there. " * 800])
def test_a_text_that_would_block_the_line_is_refused(voice: Synthesizer, text: str) -> None:
    with pytest.raises(SynthesisFailed):
        voice.speak(Sentence(text, EN))


def test_a_language_it_does_not_speak_is_refused_and_not_mispronounced(voice: Synthesizer) -> None:
    assert not voice.speaks(Language("xx"))
    with pytest.raises(SynthesisFailed):
        voice.speak(Sentence("Hello.", Language("xx")))
    assert voice.speaks(EN)


def test_slower_takes_longer(voice: Synthesizer) -> None:
    usual, slow = (voice.speak(Sentence(SENTENCES[1], EN, words_per_minute=pace)) for pace in (150, 125))
    assert len(slow) > 1.05 * len(usual)


@pytest.mark.models
@pytest.mark.parametrize("text", SENTENCES)
def test_every_engine_has_the_lines_level_and_none_clips(engine: Synthesizer, text: str) -> None:
    samples = engine.speak(Sentence(text, EN))
    assert speech_level(samples) == pytest.approx(-26, abs=1)
    assert np.abs(samples.astype(int)).max() <= HIGHEST


@pytest.mark.models
@pytest.mark.parametrize(("pace", "slow", "least", "most"), [(150, False, 145, 160), (125, True, 118, 132)])
def test_the_lines_prompts_are_heard_at_the_pace_that_was_asked_for(
    engine: Synthesizer, pace: int, slow: bool, least: int, most: int
) -> None:
    constants = {"agency": "the Social Security Office of Arland"}
    texts = [words for _, _, words in all_words(load_prompts(PROMPTS, constants), EN, constants)][::EVERY]
    found = [measure(pieces(text.replace(GAP, VALUE), EN, pace, slow), engine) for text in texts]
    heard = sum(prompt.words for prompt in found) * 60 / sum(prompt.seconds for prompt in found)
    assert least <= heard <= most


@pytest.mark.models
def test_hibari_speaks_equal_sentences_with_equal_samples(hibari: HibariVoice) -> None:
    first, again = (hibari.speak(Sentence(SENTENCES[1], EN)) for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.models
def test_espeak_leaves_no_sentence_out(espeak: EspeakVoice) -> None:
    lengths = {text: set() for text in SENTENCES}
    for _ in range(20):
        for text in SENTENCES:
            lengths[text].add(len(espeak.speak(Sentence(text, EN))))
    # its glottal pulses run on from sentence to sentence, so a window at the edge may come or go
    assert all(max(found) - min(found) <= 240 for found in lengths.values())


@pytest.mark.models
@pytest.mark.parametrize(("language", "text"), [("es", "Buenos días, ¿en qué puedo ayudarle?"), ("ko", "안녕하세요.")])
def test_espeak_speaks_the_other_languages(espeak: EspeakVoice, language: str, text: str) -> None:
    samples = espeak.speak(Sentence(text, Language(language)))
    assert speech_level(samples) == pytest.approx(-26, abs=1)
    assert len(samples) > 4_000
