"""Could the caller get a benefit?"""

from __future__ import annotations

from datetime import date

from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.vocabulary import CallId

SAID = {"yes": True, "no": False, "dont_know": None}


def _step(services: Services, call_id: CallId, asked: Request) -> object:
    pairs = [pair.partition("=") for pair in asked.get("answers").split(",") if pair]
    answers = {fact: SAID[said] for fact, _, said in pairs}
    day = date.fromisoformat(asked.get("today"))
    return services.pre_check.step(asked.get("benefit"), day, answers, asked.get("stamp"))


REQUESTS = {"pre_check.step": _step}
