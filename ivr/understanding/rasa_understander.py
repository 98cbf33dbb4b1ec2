"""Rasa over HTTP; alone in knowing Rasa's words. The other end is dialogues/channels/ivr.py."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from ivr.errors import UnderstandingFailed
from ivr.understanding.known_sentence import KNOWN_INTENT, KNOWN_SENTENCE, LEAST_CONFIDENCE
from ivr.understanding.masking import masked, masked_value
from ivr.vocabulary import CommandMessage, Hypothesis, PromptMessage, Reply, Understood

PARSE_SECONDS = 1.5
"""Understanding alone; it takes about 20 ms on a quiet machine."""
TURN_SECONDS = 3.0
"""A turn reads and writes the tracker's database as well; callers wait for it."""
READY_SECONDS = 0.5
HYPOTHESES = 3
"""Each costs about 7 ms; more bring little."""
RANKED = 3
NO_INTENT = "nlu_fallback"
"""Rasa's own first place where it is not sure; the guess behind it is what the line wants to know."""


class RasaUnderstander:
    """One for all calls and threads of a process. Never logs what was said; sends no number of four or more digits."""

    def __init__(
        self, address: str, token: str, parse_seconds: float = PARSE_SECONDS, turn_seconds: float = TURN_SECONDS
    ) -> None:
        """address: of the process, `http://127.0.0.1:5005`; token: the connector's bearer token."""
        self._parse_seconds = parse_seconds
        self._turn_seconds = turn_seconds
        self._client = httpx.Client(
            base_url=f"{address.rstrip('/')}/webhooks/ivr",
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
        )
        self._is_proved = False

    def parse(self, hypotheses: Sequence[Hypothesis]) -> Understood:
        """What the words mean; the dialogue does not move. Empty words are understood as nothing, without asking."""
        best = [Hypothesis(masked(one.text), one.weight) for one in hypotheses[:HYPOTHESES] if one.text.strip()]
        if not best:
            return Understood(text="", intent="", confidence=0.0)
        heard = [{"text": one.text, "conf": one.weight} for one in best]
        body = {"text": best[0].text, "metadata": {"asr": {"nbest": heard}}}
        answer = self._ask("POST", "/parse", self._parse_seconds, body)
        ranking = _ranking(answer, "intent_ranking")
        intent, confidence = ranking[0] if ranking else ("", 0.0)
        raw = json.dumps({key: value for key, value in answer.items() if key != "answers"})
        return Understood(best[0].text, intent, confidence, ranking, _answers(answer), raw)

    def turn(self, dialogue_id: str, turn_id: str, understood: Understood) -> Reply:
        """Move the dialogue on with an utterance. A repeated turn_id gets the stored answer."""
        body: dict[str, Any] = {"call_id": dialogue_id, "turn_id": turn_id, "text": masked(understood.text)}
        if understood.raw:
            body["parse"] = json.loads(understood.raw)
        return _reply(self._ask("POST", "/turn", self._turn_seconds, body))

    def tell(self, dialogue_id: str, turn_id: str, event: str, entities: Mapping[str, str]) -> Reply:
        """Move the dialogue on with a typed event, without understanding anything."""
        safe = {name: masked_value(value) for name, value in entities.items()}
        body = {"call_id": dialogue_id, "turn_id": turn_id, "event": event, "entities": safe}
        return _reply(self._ask("POST", "/turn", self._turn_seconds, body))

    def forget(self, dialogue_id: str) -> None:
        """Delete what is kept of a dialogue. Unknown ids are fine."""
        self._ask("DELETE", f"/dialogues/{dialogue_id}", self._turn_seconds)

    def ready(self) -> bool:
        """True where the next turn will probably be answered. Never raises.

        The first time it also asks the known sentence: a classifier whose file could not be read answers everything
        with a guess, and Rasa says nothing about it.
        """
        try:
            self._ask("GET", "/", READY_SECONDS)
            if not self._is_proved:
                self.prove()
        except UnderstandingFailed:
            return False
        return True

    def prove(self) -> None:
        """Ask the known sentence; raises UnderstandingFailed where the model does not know it."""
        understood = self.parse([Hypothesis(KNOWN_SENTENCE, 1.0)])
        if understood.intent != KNOWN_INTENT or understood.confidence < LEAST_CONFIDENCE:
            raise UnderstandingFailed(
                "the dialogue engine runs, but its model does not know a sentence it was trained on"
            )
        self._is_proved = True

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _ask(self, method: str, path: str, seconds: float, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """One request; its answer, or UnderstandingFailed. Error texts hold neither words nor values."""
        try:
            response = self._client.request(method, path, json=body, timeout=seconds)
        except httpx.TimeoutException as error:
            raise UnderstandingFailed(f"the dialogue engine did not answer {path} within {seconds} s") from error
        except httpx.HTTPError as error:
            raise UnderstandingFailed(f"the dialogue engine cannot be reached: {type(error).__name__}") from error
        if not response.is_success:
            raise UnderstandingFailed(f"the dialogue engine answered {path} with status {response.status_code}")
        if not response.content:
            return {}
        try:
            answer = response.json()
        except ValueError as error:
            raise UnderstandingFailed(f"the dialogue engine answered {path} with no JSON") from error
        if not isinstance(answer, dict):
            raise UnderstandingFailed(f"the dialogue engine answered {path} with something else than an object")
        return answer


def _reply(answer: dict[str, Any]) -> Reply:
    """Rasa's turn in our words. No message at all means that something broke inside Rasa, which says so by silence."""
    messages = tuple(_message(message) for message in answer.get("messages") or [])
    if not messages:
        raise UnderstandingFailed("the dialogue engine answered a turn with nothing")
    ranking = _ranking(answer, "ranking")
    intent, confidence = ranking[0] if ranking else (str(answer.get("intent") or ""), 0.0)
    return Reply(
        intent=intent,
        confidence=confidence,
        messages=messages,
        ranking=ranking,
        active_form=str(answer.get("active_form") or ""),
        requested_slot=str(answer.get("requested_slot") or ""),
    )


def _message(message: Any) -> PromptMessage | CommandMessage:
    """One custom message: a prompt or a command."""
    if isinstance(message, dict) and message.get("prompt"):
        return PromptMessage(str(message["prompt"]), str(message.get("expect") or ""), str(message.get("slot") or ""))
    if isinstance(message, dict) and message.get("do"):
        arguments = tuple((str(name), str(value)) for name, value in message.items() if name != "do")
        return CommandMessage(str(message["do"]), arguments)
    raise UnderstandingFailed("the dialogue engine answered with a message that is neither prompt nor command")


def _answers(answer: Mapping[str, Any]) -> tuple[tuple[str, float, float], ...]:
    """Approved answers found by likeness; an older model finds none."""
    try:
        found = answer.get("answers") or []
        return tuple((str(one["name"]), float(one["score"]), float(one["margin"])) for one in found)
    except (KeyError, TypeError, ValueError) as error:
        raise UnderstandingFailed("the dialogue engine answered with answers that cannot be read") from error


def _ranking(answer: Mapping[str, Any], key: str) -> tuple[tuple[str, float], ...]:
    """Intents and confidences, best first, without Rasa's own fallback."""
    try:
        pairs = [(str(entry["name"]), float(entry["confidence"])) for entry in answer.get(key) or []]
    except (KeyError, TypeError, ValueError) as error:
        raise UnderstandingFailed("the dialogue engine answered with a ranking that cannot be read") from error
    return tuple(pair for pair in pairs if pair[0] != NO_INTENT)[:RANKED]
