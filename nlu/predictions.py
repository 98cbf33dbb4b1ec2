"""What a trained model makes of utterances, without a server: `python -m nlu.predictions MODEL < utterances.json`.

Reads a JSON list of utterances, each a list of [text, weight], best first; writes a JSON list of rankings
([[intent, confidence], ...], best first, without the fallback). Runs in Rasa's environment.
Used to check a model before it is put in place, and for evaluation.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

Ranking = list[tuple[str, float]]


def rankings(model: str, utterances: list[list[tuple[str, float]]]) -> list[Ranking]:
    """The ten best intents of each utterance. Raises whatever Rasa raises where the model cannot be loaded."""
    return asyncio.run(_parse_all(Agent.load(model), utterances))


async def _parse_all(agent: Agent, utterances: list[list[tuple[str, float]]]) -> list[Ranking]:
    return [_ranking(await agent.processor.parse_message(_message(utterance))) for utterance in utterances]


def _message(utterance: list[tuple[str, float]]) -> UserMessage:
    """The same message as the connector makes of a /parse."""
    heard = [{"text": text, "conf": weight} for text, weight in utterance]
    return UserMessage(utterance[0][0], metadata={"asr": {"nbest": heard}})


def _ranking(parsed: dict[str, Any]) -> Ranking:
    found = [(entry["name"], entry["confidence"]) for entry in parsed["intent_ranking"]]
    return [entry for entry in found if entry[0] != "nlu_fallback"]


if __name__ == "__main__":
    json.dump(rankings(sys.argv[1], json.load(sys.stdin)), sys.stdout)
