"""The client of the voice process."""

import socket

import httpx
import pytest

from ivr.errors import SynthesisFailed
from ivr.synthesis.fallback import Fallback
from ivr.synthesis.readable import TextRefused
from ivr.synthesis.voice_app import create_voice_app
from ivr.synthesis.voice_http import VoiceHttp
from ivr.vocabulary import Language, Secret, Sentence
from tests.synthesis.voices_for_tests import EN, Clock, CountingVoice, sentence

LANGUAGES = frozenset({EN})


def client_of(engine: CountingVoice, shown: str = "right") -> VoiceHttp:
    app = create_voice_app(Fallback([engine], Clock()), Secret("right"))
    return VoiceHttp("http://voice", Secret(shown), LANGUAGES, httpx.WSGITransport(app))


def answering(answer: httpx.Response) -> VoiceHttp:
    return VoiceHttp("http://voice", Secret("right"), LANGUAGES, httpx.MockTransport(lambda request: answer))


def test_what_the_process_spoke_is_what_the_call_hears() -> None:
    engine = CountingVoice()
    assert client_of(engine).speak(sentence("Hello 12.")).shape == (160 * len("Hello twelve."),)
    assert engine.asked == ["Hello twelve."]


def test_failures_of_the_process_are_failures_of_the_voice() -> None:
    engine = CountingVoice()
    engine.broken = True
    with pytest.raises(SynthesisFailed, match="status 503"):
        client_of(engine).speak(sentence("Hello."))
    with pytest.raises(SynthesisFailed, match="status 401"):
        client_of(CountingVoice(), shown="wrong").speak(sentence("Hello."))


def test_an_answer_that_is_no_sound_is_never_played() -> None:
    page = httpx.Response(200, html="<h1>proxy</h1>")
    with pytest.raises(SynthesisFailed):
        answering(page).speak(sentence("Hello."))


def test_what_can_be_refused_at_home_never_leaves() -> None:
    engine = CountingVoice()
    with pytest.raises(SynthesisFailed, match="'fi'"):
        client_of(engine).speak(Sentence("Hei.", Language("fi")))
    with pytest.raises(TextRefused):
        client_of(engine).speak(sentence("a" * 10_000))
    assert engine.asked == []


def test_a_process_that_is_away_is_noticed_at_once() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # bound and not listening: refused
        voice = VoiceHttp(f"http://127.0.0.1:{bound.getsockname()[1]}", Secret("right"), LANGUAGES)
        with pytest.raises(SynthesisFailed, match="ConnectError"):
            voice.speak(sentence("Hello."))
        voice.close()


@pytest.mark.line
def test_a_process_that_hangs_is_given_up_in_time() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # connected by the kernel, never answered
        voice = VoiceHttp(f"http://127.0.0.1:{listening.getsockname()[1]}", Secret("right"), LANGUAGES)
        with pytest.raises(SynthesisFailed, match="ReadTimeout"):
            voice.speak(sentence("Hello."))
        voice.close()
