"""The voice process's HTTP side."""

import json

import pytest
from flask.testing import FlaskClient

from ivr.audio import mulaw
from ivr.synthesis.fallback import Fallback
from ivr.synthesis.silent import SilentVoice
from ivr.synthesis.voice_app import create_voice_app
from ivr.vocabulary import Secret
from tests.synthesis.voices_for_tests import Clock, CountingVoice

TOKEN = {"Authorization": "Bearer right"}
HELLO = {"text": "Hello.", "language": "en", "words_per_minute": 150}


@pytest.fixture
def engine() -> CountingVoice:
    return CountingVoice()


@pytest.fixture
def client(engine: CountingVoice) -> FlaskClient:
    return create_voice_app(Fallback([engine], Clock()), Secret("right")).test_client()


def test_a_sentence_comes_back_as_telephone_sound(client: FlaskClient) -> None:
    answer = client.post("/speak", json=HELLO, headers=TOKEN)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "audio/x-mulaw"
    assert answer.headers["X-Voice"] == "counting/1"
    assert mulaw.expand(answer.data).shape == (960,)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "right"}])
def test_nobody_is_served_without_the_token(
    client: FlaskClient, engine: CountingVoice, headers: dict[str, str]
) -> None:
    answer = client.post("/speak", json=HELLO, headers=headers)
    assert answer.status_code == 401
    assert "token" in answer.get_json()["error"]
    assert engine.asked == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"text": None}, "text"),
        ({"text": ["Hello."]}, "text"),
        ({"language": "english!"}, "language"),
        ({"language": 3}, "language"),
        ({"language": "fi"}, "fi"),
        ({"words_per_minute": "150"}, "words_per_minute"),
        ({"words_per_minute": True}, "words_per_minute"),
        ({"words_per_minute": 5}, "words_per_minute"),
    ],
)
def test_a_request_that_makes_no_sense_is_told_which_field(
    client: FlaskClient, engine: CountingVoice, change: dict[str, object], named: str
) -> None:
    answer = client.post("/speak", json={**HELLO, **change}, headers=TOKEN)
    assert answer.status_code == 400
    assert named in answer.get_json()["error"]
    assert engine.asked == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"Hello."', b"\xff"])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/speak", data=body, content_type="application/json", headers=TOKEN)
    assert answer.status_code == 400
    assert "JSON object" in answer.get_json()["error"]


def test_a_body_that_is_too_large_is_refused_unread(client: FlaskClient, engine: CountingVoice) -> None:
    answer = client.post("/speak", json={**HELLO, "text": "a" * 10_000}, headers=TOKEN)
    assert answer.status_code == 413
    assert answer.get_json()["error"]
    assert engine.asked == []


def test_a_text_that_is_no_sentence_is_too_large_too() -> None:
    client = create_voice_app(Fallback([SilentVoice()], Clock()), Secret("right")).test_client()
    answer = client.post("/speak", json={**HELLO, "text": "a" * 700}, headers=TOKEN)
    assert answer.status_code == 413
    assert "700 letters" in answer.get_json()["error"]


def test_voices_that_fail_are_said_to_be_away(client: FlaskClient, engine: CountingVoice) -> None:
    engine.broken = True
    answer = client.post("/speak", json=HELLO, headers=TOKEN)
    assert answer.status_code == 503
    assert answer.get_json() == {"error": "counting/1 is broken"}


def test_other_paths_and_methods_answer_in_json(client: FlaskClient) -> None:
    assert client.get("/speak").status_code == 405
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert json.loads(answer.data)["error"]


def test_health_needs_no_token_and_names_the_voice(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok", "voice": "counting/1"}
