"""Letters."""

from __future__ import annotations

from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.services.letters import Letters
from ivr.vocabulary import CallId


def _order(services: Services, call_id: CallId, asked: Request) -> object:
    key = f"{call_id}.{asked.key}"
    return Letters(services.client).order(asked.person, asked.get("kind"), key)


REQUESTS = {"letter.order": _order}
