"""Finds the approved answer whose sample questions mean most nearly what was asked; it needs no intent of its own.

Sample questions stand in the answer's own file (dialogues/prompts/<language>/faq/, `asked_as`), so an editor who adds
an answer trains nothing. The encoder is multilingual: a question in one language finds a sample in another.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.embedding import encoder

Vectors = npt.NDArray[np.float32]
ANSWERS = "answers"
"""The message's key: [{"name", "score", "margin"}], best first, two at most."""
_FILE = "examples.npy"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class AnswerSearch(GraphComponent):
    """Stands behind the SentenceEncoder and the NBestMerger. Decides nothing: the line compares score and margin.

    score: cosine to the nearest sample question. margin: how much nearer that is than the nearest training example of
    any intent, so that "when is my money coming" is not answered with a general text.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, examples: Vectors) -> None:
        self._storage = storage
        self._resource = resource
        self._examples = examples
        self._names, questions = sample_questions(Path(config["folder"]))
        self._questions = _unit(np.asarray(encoder().encode(questions))) if questions else examples[:0]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`folder`: the prompts, from where Rasa is started."""
        return {"folder": "dialogues/prompts"}

    @staticmethod
    def required_packages() -> list[str]:
        """None by name, see SentenceEncoder."""
        return []

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerSearch:
        """Made by Rasa for training."""
        return cls(config, model_storage, resource, np.zeros((0, 512), np.float32))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerSearch:
        """Made by Rasa from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, np.load(folder / _FILE).astype(np.float32))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the vectors of all examples; half precision is enough to compare them."""
        found = [_vector(example) for example in training_data.intent_examples]
        self._examples = np.array([vector for vector in found if vector is not None], np.float32).reshape(-1, 512)
        with self._storage.write_to(self._resource) as folder:
            np.save(folder / _FILE, self._examples.astype(np.float16))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add to the examples."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the answers to each message that holds words."""
        for message in messages:
            vector = _vector(message)
            if vector is not None and len(self._questions):
                message.set(ANSWERS, self._nearest(vector), add_to_output=True)
        return messages

    def _nearest(self, vector: Vectors) -> list[dict[str, Any]]:
        likeness = self._questions @ vector
        of_intents = float((self._examples @ vector).max()) if len(self._examples) else 0.0
        best: dict[str, float] = {}
        for name, score in zip(self._names, likeness, strict=True):
            best[name] = max(best.get(name, -1.0), float(score))
        first = sorted(best.items(), key=lambda found: -found[1])[:2]
        return [{"name": name, "score": score, "margin": score - of_intents} for name, score in first]


def sample_questions(folder: Path) -> tuple[list[str], list[str]]:
    """The answers' names and their sample questions, side by side, of all languages."""
    pairs = [(path.stem, str(question)) for path in sorted(folder.glob("*/faq/*.yml")) for question in _asked_as(path)]
    return [name for name, _ in pairs], [question.lower() for _, question in pairs]


def _asked_as(path: Path) -> Iterable[Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return (content.get("asked_as") or ()) if isinstance(content, dict) else ()


def _vector(message: Message) -> Vectors | None:
    """Of length 1; None where nothing was encoded."""
    _, sentence = message.get_dense_features(TEXT, [])
    return None if sentence is None else _unit(np.asarray(sentence.features, np.float32))[0]


def _unit(vectors: npt.NDArray[Any]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
