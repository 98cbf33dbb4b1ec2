"""What the line sends to Rasa, and what it makes of each way in which Rasa can fail. The far end is a real socket."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from ivr.errors import UnderstandingFailed
from ivr.understanding.known_sentence import KNOWN_INTENT
from ivr.understanding.rasa_understander import RasaUnderstander
from ivr.vocabulary import CommandMessage, Hypothesis, PromptMessage, Understood

RANKING = [{"name": KNOWN_INTENT, "confidence": 0.9}, {"name": "greet", "confidence": 0.1}]
PARSED = {"text": "x", "intent": RANKING[0], "intent_ranking": RANKING, "entities": []}
TURNED = {
    "turn_id": "1",
    "intent": "apply_child",
    "messages": [{"do": "open_draft", "what": "child"}, {"prompt": "ask_birth", "expect": "date", "slot": "birth"}],
    "ranking": RANKING,
    "active_form": "child_form",
    "requested_slot": "birth",
}


@dataclass
class FarEnd:
    """What it answers to each path, and what it was asked."""

    address: str = ""
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str, Any, str]] = field(default_factory=list)
    slow: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def will_answer(self, path: str, answer: object, status: int = 200) -> None:
        self.answers[path] = (status, answer if isinstance(answer, bytes) else json.dumps(answer).encode())


@pytest.fixture
def far_end() -> Iterator[FarEnd]:
    end = FarEnd()
    end.will_answer("/", {"ready": True})
    end.will_answer("/parse", PARSED)
    end.will_answer("/turn", TURNED)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            path = self.path.removeprefix("/webhooks/ivr")
            end.asked.append((self.command, path, json.loads(body or b"null"), self.headers["authorization"]))
            if end.slow.is_set():
                end.released.wait(10)
            status, content = end.answers.get(path, (204, b""))
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815 - the names are the standard library's

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    end.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield end
    end.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def rasa(far_end: FarEnd) -> Iterator[RasaUnderstander]:
    understander = RasaUnderstander(far_end.address, "secret")
    yield understander
    understander.close()


def test_three_hypotheses_go_out_with_the_token(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    heard = [Hypothesis(f"words {letter}", 0.25) for letter in "abcd"]
    understood = rasa.parse(heard)
    [(method, path, body, token)] = far_end.asked
    assert (method, path, token) == ("POST", "/parse", "Bearer secret")
    assert body["text"] == "words a"
    assert body["metadata"]["asr"]["nbest"] == [{"text": f"words {letter}", "conf": 0.25} for letter in "abc"]
    assert (understood.intent, understood.confidence) == (KNOWN_INTENT, 0.9)


def test_numbers_are_masked_in_every_message(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    understood = rasa.parse([Hypothesis("my number is 47110815", 0.6), Hypothesis("four seven one one oh eight", 0.4)])
    rasa.turn("CA1.1", "1", Understood("my number is 47110815", KNOWN_INTENT, 0.9, raw=understood.raw))
    rasa.tell("CA1.1", "2", "answer", {"birth_date": "1948-05-03"})
    sent = json.dumps(far_end.asked)
    assert "4711" not in sent
    assert "four seven" not in sent
    assert "1948" not in sent


def test_the_parse_is_handed_back_so_that_nothing_is_parsed_twice(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    reply = rasa.turn("CA1.1", "7", rasa.parse([Hypothesis("a child", 1.0)]))
    body = far_end.asked[-1][2]
    assert (body["call_id"], body["turn_id"], body["parse"]) == ("CA1.1", "7", PARSED)
    assert reply.messages == (
        CommandMessage("open_draft", (("what", "child"),)),
        PromptMessage("ask_birth", "date", "birth"),
    )
    assert (reply.active_form, reply.requested_slot) == ("child_form", "birth")


def test_the_fallback_of_rasa_is_no_intent_of_ours(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    unsure = [{"name": "nlu_fallback", "confidence": 0.4}, {"name": "greet", "confidence": 0.31}]
    far_end.will_answer("/parse", {**PARSED, "intent": unsure[0], "intent_ranking": unsure})
    understood = rasa.parse([Hypothesis("mumble", 1.0)])
    assert (understood.intent, understood.confidence, understood.ranking) == ("greet", 0.31, (("greet", 0.31),))


def test_silence_is_not_sent(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    assert rasa.parse([Hypothesis("  ", 1.0)]).intent == ""
    assert far_end.asked == []


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({**TURNED, "messages": []}, 200),
        ({"error": "turn failed"}, 500),
        ({}, 401),
        (b"<html>", 200),
        ([], 200),
        ({**TURNED, "messages": ["hello"]}, 200),
        ({**TURNED, "messages": [{"text": "hello"}]}, 200),
        ({**TURNED, "ranking": [{"name": "greet"}]}, 200),
    ],
)
def test_nonsense_is_a_failure(far_end: FarEnd, rasa: RasaUnderstander, answer: object, status: int) -> None:
    far_end.will_answer("/turn", answer, status)
    with pytest.raises(UnderstandingFailed):
        rasa.tell("CA1.1", "1", "call_start", {})


def test_a_failure_never_repeats_what_was_said(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    far_end.will_answer("/parse", {}, 500)
    with pytest.raises(UnderstandingFailed) as failure:
        rasa.parse([Hypothesis("my husband has died", 1.0)])
    assert "husband" not in str(failure.value)


def test_a_slow_engine_is_given_up(far_end: FarEnd) -> None:
    far_end.slow.set()
    hurried = RasaUnderstander(far_end.address, "secret", parse_seconds=0.05)
    with pytest.raises(UnderstandingFailed, match=r"within 0\.05 s"):
        hurried.parse([Hypothesis("hello", 1.0)])
    hurried.close()


def test_an_engine_that_is_away_is_not_ready_and_fails() -> None:
    away = RasaUnderstander("http://127.0.0.1:9", "secret")
    assert not away.ready()
    with pytest.raises(UnderstandingFailed, match="cannot be reached"):
        away.forget("CA1.1")
    away.close()


def test_an_untrained_model_is_not_ready(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    far_end.will_answer("/parse", {**PARSED, "intent_ranking": [{"name": "why", "confidence": 0.02}]})
    assert not rasa.ready()
    far_end.will_answer("/parse", PARSED)
    assert rasa.ready()


def test_the_known_sentence_is_asked_once(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    assert rasa.ready()
    assert rasa.ready()
    assert [path for _, path, _, _ in far_end.asked] == ["/", "/parse", "/"]


def test_forgetting_names_the_dialogue(far_end: FarEnd, rasa: RasaUnderstander) -> None:
    rasa.forget("CA1.2")
    assert far_end.asked[0][:2] == ("DELETE", "/dialogues/CA1.2")
