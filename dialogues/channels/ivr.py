"""The connector through which the line talks to Rasa: understanding alone, one turn, and forgetting a dialogue.

    GET    /webhooks/ivr/                    200 {"ready": true, "model": ...} or 503
    POST   /webhooks/ivr/parse               {"text", "metadata"?}: what the words mean; no dialogue moves
    POST   /webhooks/ivr/turn                {"call_id", "turn_id"} and {"text", "parse"?} or {"event", "entities"?}
    DELETE /webhooks/ivr/dialogues/<id>      204: nothing of it is kept

All but the first want the bearer token. A repeated `turn_id` gets the stored answer and changes nothing.
Rasa's own REST channel is unfit: it has no authentication, answers 200 to every failure and drops metadata.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage, Unauthorized
from sanic.request import Request
from sanic.response import HTTPResponse

Handler = Callable[[UserMessage], Awaitable[Any]]
CHOOSE = "choose"
"""The event of a matter chosen by key: the same as if the words for it had been understood."""
NOT_FOR_RASA = {"back", "restart", "session_start"}
"""Intents that Rasa carries out itself, losing the form; the line has its own way back. They become NO_MATCH."""
NO_MATCH = {"name": "nlu_fallback", "confidence": 1.0}


class IvrInput(InputChannel):
    """Registered in credentials.yml as `dialogues.channels.ivr.IvrInput` with `token`."""

    @classmethod
    def name(cls) -> str:
        """The route: /webhooks/ivr."""
        return "ivr"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> IvrInput:
        """Made by Rasa from credentials.yml."""
        return cls((credentials or {}).get("token") or "")

    def __init__(self, token: str) -> None:
        if not token or token.startswith("${"):
            raise ValueError("the ivr channel needs a token: set IVR_RASA_TOKEN")
        self._expected = f"Bearer {token}".encode()

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes."""
        routes = Blueprint("ivr_webhook", __name__)
        locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = bool(agent and agent.is_ready())
            model = agent.processor.model_filename if ready else None
            return response.json({"ready": ready, "model": model}, status=200 if ready else 503)

        @routes.post("/parse")
        async def parse(request: Request) -> HTTPResponse:
            body = self._read(request)
            message = UserMessage(_words(body), metadata=body.get("metadata") or {})
            try:
                found = await request.app.ctx.agent.processor.parse_message(message)
            except Exception:  # an edge: Rasa would log the caller's words with the stack
                return response.json({"error": "parse failed"}, status=500)
            return response.json(
                {key: found.get(key) for key in ("text", "intent", "intent_ranking", "entities", "answers")}
            )

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            body = self._read(request)
            call, turn_id = _names(body)
            agent: Agent = request.app.ctx.agent
            message = _message(body, agent, call, turn_id)
            async with locks.setdefault(call, asyncio.Lock()):
                answer = await _stored(agent, call, turn_id)
                if answer is None:
                    try:
                        await on_new_message(message)
                    except Exception:  # an edge, as above
                        return response.json({"error": "turn failed"}, status=500)
                    answer = await _stored(agent, call, turn_id)
            return response.json(answer)

        @routes.delete("/dialogues/<call:str>")
        async def forget(request: Request, call: str) -> HTTPResponse:
            self._check(request)
            async with locks.setdefault(call, asyncio.Lock()):
                _delete(request.app.ctx.agent.tracker_store, call)
            return response.empty()

        return routes

    def _check(self, request: Request) -> None:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), self._expected):
            raise Unauthorized("wrong token")

    def _read(self, request: Request) -> dict[str, Any]:
        self._check(request)
        if not isinstance(request.json, dict):
            raise InvalidUsage("an object is required")
        return request.json


def _words(body: dict[str, Any]) -> str:
    """The text, without the slash that would make it an intent command of Rasa's."""
    text = str(body.get("text") or "").strip().lstrip("/ ")
    if not text:
        raise InvalidUsage("text or event is required")
    return text


def _names(body: dict[str, Any]) -> tuple[str, str]:
    call, turn_id = str(body.get("call_id") or ""), str(body.get("turn_id") or "")
    if not call or not turn_id:
        raise InvalidUsage("call_id and turn_id are required")
    return call, turn_id


def _message(body: dict[str, Any], agent: Agent, call: str, turn_id: str) -> UserMessage:
    """The turn as Rasa wants it: words with their parse, or a typed event that skips understanding."""
    parse = _typed(body, agent) if body.get("event") else body.get("parse")
    text = parse["text"] if parse and body.get("event") else _words(body)
    if parse and (parse.get("intent") or {}).get("name") in NOT_FOR_RASA:
        parse = {**parse, "intent": NO_MATCH}
    return UserMessage(text, None, call, parse, "ivr", turn_id)


def _typed(body: dict[str, Any], agent: Agent) -> dict[str, Any]:
    """An event as if it had been parsed, with certainty."""
    event, entities = str(body["event"]), dict(body.get("entities") or {})
    if event == CHOOSE:
        event = str(entities.pop("matter", ""))
    if event not in agent.domain.intents:
        raise InvalidUsage("unknown event or matter")
    sure = {"name": event, "confidence": 1.0}
    found = [{"entity": name, "value": value, "extractor": "ivr"} for name, value in entities.items()]
    return {"text": f"[{event}]", "intent": sure, "intent_ranking": [sure], "entities": found}


async def _stored(agent: Agent, call: str, turn_id: str) -> dict[str, Any] | None:
    """The answer to a turn as its tracker keeps it; None where the latest turn is another one."""
    tracker = await agent.tracker_store.retrieve(call)
    events = list(tracker.events) if tracker else []
    # Read from the events: the tracker's latest_message is stale inside forms.
    at = max((index for index, event in enumerate(events) if isinstance(event, UserUttered)), default=None)
    if tracker is None or at is None or events[at].message_id != turn_id:
        return None
    uttered = events[at]
    return {
        "turn_id": turn_id,
        "intent": uttered.intent.get("name"),
        "messages": _messages(tracker, events[at:]),
        "ranking": (uttered.parse_data or {}).get("intent_ranking", [])[:3],
        "active_form": tracker.active_loop_name or "",
        "requested_slot": tracker.get_slot("requested_slot") or "",
    }


def _messages(tracker: DialogueStateTracker, events: list[Any]) -> list[dict[str, Any]]:
    """Prompts and commands of a turn. A matter is not done while its form is open: `end_task` falls away there."""
    silent = {"nothing", "end_task"} if tracker.active_loop_name else {"nothing"}
    said = [event.data.get("custom") for event in events if isinstance(event, BotUttered)]
    return [message for message in said if message and message.get("do") not in silent]


def _delete(store: TrackerStore, call: str) -> None:
    """Delete every row of a dialogue; Rasa's stores have no such method."""
    inner = getattr(store, "_tracker_store", store)  # the wrapper that falls back to memory
    if isinstance(inner, SQLTrackerStore):
        with inner.session_scope() as session:
            session.query(inner.SQLEvent).filter(inner.SQLEvent.sender_id == call).delete()
            session.commit()
    elif isinstance(inner, InMemoryTrackerStore):
        inner.store.pop(call, None)
    else:
        raise InvalidUsage("this tracker store cannot forget")
