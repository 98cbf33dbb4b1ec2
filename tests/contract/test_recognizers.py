"""One contract for every recognizer, the scripted one included."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from ivr.audio.formats import silence
from ivr.errors import RecognitionFailed
from ivr.recognition.choosing import Engine, RecognitionPlan, open_recognizer
from ivr.recognition.models import cache_folder, vosk_model_folder
from ivr.recognition.recognizer import Recognizer
from ivr.recognition.scripted import ScriptedRecognizer
from ivr.vocabulary import Expected, Kind, Language, Samples, Utterance
from tests.contract.spoken import say

YES = {"en": "yes please", "ko": "네"}
NO = {"en": "no thank you", "ko": "아니요"}


ENGLISH_VOSK = ["vosk-en", "together-en"] if vosk_model_folder("en") else []
"""Engines that come under this contract where Vosk's English model is installed."""


@dataclass(frozen=True)
class Engines:
    """A recognizer under test and the language it is tested in."""

    language: str
    open: Callable[[list[str]], Recognizer]
    """The scripted one needs to be told what it will hear; the others ignore that."""

    def expect(self, kind: Kind, length: int | None = None) -> Expected:
        return Expected(kind, Language(self.language), length)


def today() -> date:
    return date(2026, 11, 24)


def _real(engine: Engine, language: str) -> Callable[[list[str]], Recognizer]:
    plan = RecognitionPlan({language: engine}, cache_folder(os.environ), today, {language: ["person"]})
    opened = open_recognizer(plan)
    return lambda script: opened


@pytest.fixture(
    scope="module",
    params=[
        "scripted",
        pytest.param("vosk-ko", marks=pytest.mark.models),
        pytest.param("whisper-en", marks=pytest.mark.models),
        *(pytest.param(name, marks=pytest.mark.models) for name in ENGLISH_VOSK),
    ],
)
def engines(request: pytest.FixtureRequest) -> Iterator[Engines]:
    if request.param == "scripted":
        yield Engines("en", lambda script: ScriptedRecognizer(script, today))
        return
    engine, language = request.param.split("-")
    yield Engines(language, _real(Engine(engine), language))


def hear(recognizer: Recognizer, expected: Expected, samples: Samples) -> Utterance:
    """In frames, as a call does."""
    hearing = recognizer.listen_for(expected)
    for start in range(0, len(samples), 160):
        hearing.hear(samples[start : start + 160])
    return hearing.finish()


@pytest.mark.models
@pytest.mark.skipif(not ENGLISH_VOSK, reason="Vosk's English model is not installed (openline models get en)")
def test_vosk_hears_english_where_its_model_is_installed() -> None:
    recognizer = _real(Engine.AUTO, "en")([])
    assert "vosk" in recognizer.name
    assert hear(recognizer, Expected(Kind.YES_NO, Language("en")), say("yes", "en")).value == "yes"


@pytest.mark.parametrize(("said", "value"), [(YES, "yes"), (NO, "no")])
def test_yes_and_no_are_heard_as_such(engines: Engines, said: dict[str, str], value: str) -> None:
    words = said[engines.language]
    utterance = hear(engines.open([words]), engines.expect(Kind.YES_NO), say(words, engines.language))
    assert utterance.value == value
    assert not utterance.rejected


def test_an_utterance_says_all_that_the_port_promises(engines: Engines) -> None:
    words = YES[engines.language]
    recognizer, samples = engines.open([words]), say(words, engines.language)
    utterance = hear(recognizer, engines.expect(Kind.OPEN), samples)
    assert utterance.text == utterance.text.lower().strip() != ""
    assert 0 < utterance.confidence <= 1
    assert 200 <= utterance.spoken <= len(samples) // 8
    assert "/" in utterance.engine or utterance.engine == "scripted"
    assert 1 <= len(utterance.hypotheses) <= 5
    assert sum(one.weight for one in utterance.hypotheses) == pytest.approx(1)
    assert utterance.hypotheses[0].text == utterance.text


def test_an_early_result_is_the_result_where_nothing_follows(engines: Engines) -> None:
    words = YES[engines.language]
    hearing = engines.open([words]).listen_for(engines.expect(Kind.YES_NO))
    hearing.hear(say(words, engines.language))
    early = hearing.so_far()
    assert hearing.so_far() == early
    assert hearing.finish() == early


def test_a_caller_may_go_on_after_an_early_result(engines: Engines) -> None:
    words = NO[engines.language]
    samples = say(words, engines.language)
    hearing = engines.open([words]).listen_for(engines.expect(Kind.YES_NO))
    hearing.hear(silence(600))
    assert hearing.so_far().value in (None, "no")
    hearing.hear(samples)
    assert hearing.finish().value == "no"


def test_a_finished_hearing_refuses_everything(engines: Engines) -> None:
    words = YES[engines.language]
    hearing = engines.open([words]).listen_for(engines.expect(Kind.YES_NO))
    hearing.hear(say(words, engines.language))
    hearing.finish()
    for act in (lambda: hearing.hear(silence(20)), hearing.so_far, hearing.finish):
        with pytest.raises(RecognitionFailed):
            act()


@pytest.mark.parametrize("kind", [Kind.OPEN, Kind.YES_NO, Kind.DIGITS])
def test_silence_and_steady_noise_are_rejected_without_words(engines: Engines, kind: Kind) -> None:
    noise = (np.random.default_rng(1).standard_normal(24_000) * 500).astype(np.int16)
    for samples in (silence(3_000), noise):
        utterance = hear(engines.open([""]), engines.expect(kind), samples)
        assert utterance.rejected
        assert (utterance.text, utterance.value, utterance.hypotheses) == ("", None, ())


def test_a_hearing_that_heard_nothing_is_rejected(engines: Engines) -> None:
    assert engines.open([]).listen_for(engines.expect(Kind.OPEN)).finish().rejected


def test_another_language_is_refused(engines: Engines) -> None:
    with pytest.raises(RecognitionFailed):
        engines.open([]).listen_for(Expected(Kind.OPEN, Language("fr")))


@pytest.mark.models
def test_calls_of_several_threads_do_not_mix(engines: Engines) -> None:
    said = [YES[engines.language], NO[engines.language]] * 3
    recognizers = [engines.open([words]) for words in said]

    def answer(place: int) -> str | None:
        words = said[place]
        return hear(recognizers[place], engines.expect(Kind.YES_NO), say(words, engines.language)).value

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(answer, range(len(said)))) == ["yes", "no"] * 3
