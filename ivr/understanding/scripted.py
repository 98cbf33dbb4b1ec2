"""Understands what a script says, with the manners of the real one: for tests and for `openline try` without Rasa."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ivr.errors import UnderstandingFailed
from ivr.vocabulary import CommandMessage, Hypothesis, PromptMessage, Reply, Understood

Message = PromptMessage | CommandMessage
NO_MATCH: tuple[Message, ...] = (CommandMessage("no_match"),)
SURE = 1.0
UNSURE = 0.1


class ScriptedUnderstander:
    """Answers from two tables. As the real one it stores the answer to a turn, forgets on request and may be away.

    meanings: sentence -> intent. replies: what a turn is answered with, looked up as `intent`, as `event`, or, before
    that, as `event:value` for an event with one entity (`facts_arrived:next_scheduled`, `answer:contact_way` by name).
    `choose` is answered as the matter it names. Whatever is in no table is a no-match.
    """

    def __init__(self, meanings: Mapping[str, str], replies: Mapping[str, Sequence[Message]]) -> None:
        self._meanings = dict(meanings)
        self._replies = {key: tuple(messages) for key, messages in replies.items()}
        self._latest: dict[str, tuple[str, Reply]] = {}
        self.is_away = False
        """Set by a test: every question is then answered with UnderstandingFailed."""

    def parse(self, hypotheses: Sequence[Hypothesis]) -> Understood:
        """The first hypothesis that is in the table."""
        self._answer_only_if_here()
        texts = [one.text for one in hypotheses[:3] if one.text.strip()]
        if not texts:
            return Understood(text="", intent="", confidence=0.0)
        intent = next((self._meanings[text] for text in texts if text in self._meanings), "")
        if not intent:
            return Understood(texts[0], "out_of_scope", UNSURE, (("out_of_scope", UNSURE),), raw=json.dumps(""))
        return Understood(texts[0], intent, SURE, ((intent, SURE),), raw=json.dumps(intent))

    def turn(self, dialogue_id: str, turn_id: str, understood: Understood) -> Reply:
        """The messages of the intent, once a turn_id."""
        keys = (understood.intent,) if understood.confidence > UNSURE else ()
        return self._answer(dialogue_id, turn_id, understood.intent, understood.confidence, keys)

    def tell(self, dialogue_id: str, turn_id: str, event: str, entities: Mapping[str, str]) -> Reply:
        """The messages of the event, once a turn_id."""
        if event == "choose":
            event, entities = entities.get("matter", ""), {}
        keys = [f"{event}:{part}" for pair in entities.items() for part in reversed(pair)]
        return self._answer(dialogue_id, turn_id, event, SURE, (*keys, event))

    def forget(self, dialogue_id: str) -> None:
        """The latest answer is gone."""
        self._answer_only_if_here()
        self._latest.pop(dialogue_id, None)

    def ready(self) -> bool:
        """False while away."""
        return not self.is_away

    def _answer(self, dialogue_id: str, turn_id: str, intent: str, confidence: float, keys: Sequence[str]) -> Reply:
        self._answer_only_if_here()
        before = self._latest.get(dialogue_id)
        if before and before[0] == turn_id:
            return before[1]
        messages = next((self._replies[key] for key in keys if key in self._replies), NO_MATCH)
        if not messages:
            raise UnderstandingFailed("the script answers a turn with nothing")
        asked = next((one.slot for one in messages if isinstance(one, PromptMessage) and one.slot), "")
        reply = Reply(intent, confidence, messages, ((intent, confidence),), requested_slot=asked)
        self._latest[dialogue_id] = (turn_id, reply)
        return reply

    def _answer_only_if_here(self) -> None:
        if self.is_away:
            raise UnderstandingFailed("the scripted understander is away")
