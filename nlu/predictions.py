"""What a trained model makes of sentences, without a server: `python -m nlu.predictions MODEL < sentences.json`.

Reads a JSON list of sentences, writes a JSON list of rankings ([[intent, confidence], ...], best first, without the
fallback). Runs in Rasa's environment. Used to check a model before it is put in place, and for evaluation.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from rasa.core.agent import Agent


def rankings(model: str, sentences: list[str]) -> list[list[list[Any]]]:
    """The ten best intents of each sentence. Raises whatever Rasa raises where the model cannot be loaded."""
    agent = Agent.load(model)
    return asyncio.run(_parse_all(agent, sentences))


async def _parse_all(agent: Agent, sentences: list[str]) -> list[list[list[Any]]]:
    found = [await agent.parse_message(sentence) for sentence in sentences]
    return [
        [[entry["name"], entry["confidence"]] for entry in one["intent_ranking"] if entry["name"] != "nlu_fallback"]
        for one in found
    ]


if __name__ == "__main__":
    json.dump(rankings(sys.argv[1], json.load(sys.stdin)), sys.stdout)
