"""Several hypotheses of the recognizer, scored as one message.

Every component of a pipeline gets a list of messages, and the first of the last list is the answer. So an early
component turns one message into one per hypothesis, all others run on each, and a late one merges what they found.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

WEIGHT = "asr_weight"
"""0 to 1: how sure the recognizer was of a hypothesis; absent where the text was typed."""
LEAST_WEIGHT = 1e-6
"""Keeps a hypothesis of weight 0 from dividing by nothing."""
LONGEST_RANKING = 10
"""As long as Rasa's own classifiers make it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class NBestExpander(GraphComponent):
    """Reads `metadata.asr.nbest` (a list of {text, conf}) and makes a message of each hypothesis."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Three cost 7 to 14 ms a turn, five up to 90."""
        return {"max_hypotheses": 3}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NBestExpander:
        """Made by Rasa from config.yml."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """One message in, one per hypothesis out; batches (evaluation) pass unchanged."""
        if len(messages) != 1:
            return messages
        recognized = (messages[0].get("metadata") or {}).get("asr") or {}
        hypotheses = (recognized.get("nbest") or [])[: self._config["max_hypotheses"]]
        return [_message(messages[0], h) for h in hypotheses if (h.get("text") or "").strip()] or messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NBestMerger(GraphComponent):
    """Adds up the intents of all hypotheses, each weighted by its weight. Stands before the FallbackClassifier."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NBestMerger:
        """Made by Rasa from config.yml."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """The message whose words speak most for the best intent, carrying the ranking of all."""
        if len(messages) < 2 or messages[0].get(WEIGHT) is None:
            return messages
        weights = [max(message.get(WEIGHT), LEAST_WEIGHT) for message in messages]
        rankings = [
            {entry["name"]: entry["confidence"] for entry in message.get(INTENT_RANKING_KEY) or []}
            for message in messages
        ]
        ranking = _weighted(weights, rankings)
        if not ranking:
            return messages[:1]
        best = ranking[0]["name"]
        chosen = max(range(len(messages)), key=lambda index: weights[index] * rankings[index].get(best, 0.0))
        winner = messages[chosen]
        winner.set(INTENT, ranking[0], add_to_output=True)
        winner.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return [winner]


def _message(first: Message, hypothesis: dict[str, Any]) -> Message:
    """A copy of the message with the words and the weight of one hypothesis."""
    copy = Message(data=dict(first.data), output_properties=set(first.output_properties))
    copy.data[TEXT] = hypothesis["text"].strip()
    copy.data[WEIGHT] = float(hypothesis.get("conf", 1.0))
    return copy


def _weighted(weights: list[float], rankings: list[dict[str, float]]) -> list[dict[str, Any]]:
    """The mean of the rankings, best first."""
    scores: dict[str, float] = {}
    for weight, ranking in zip(weights, rankings, strict=True):
        for name, confidence in ranking.items():
            scores[name] = scores.get(name, 0.0) + weight / sum(weights) * confidence
    ordered = sorted(scores.items(), key=lambda score: -score[1])[:LONGEST_RANKING]
    return [{"name": name, "confidence": confidence} for name, confidence in ordered]
