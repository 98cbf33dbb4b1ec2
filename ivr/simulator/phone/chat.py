"""The chat of the web phone: what is typed goes to the line by its front door, signed as a carrier's request."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from ivr.simulator.webhooks import signature

TIME_LIMIT_S = 15.0
"""The line answers a message within 11 s; a carrier waits 15."""
MOST_CHARACTERS = 1_600
_CONVERSATION = re.compile(r"CH[0-9a-f]{32}")


class ChatFailed(Exception):
    """The line gave no usable answer; the text is for the person who typed."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing typed. Its secret shows in no repr."""

    conversation: str
    """As the answer before named it; empty: a new one begins."""
    body: str
    secret: str
    """What stood in the masked field; it goes to the line and is kept nowhere here."""

    def __repr__(self) -> str:
        return f"Typed({self.conversation})"


Chat = Callable[[Typed], dict[str, Any]]
"""Brings it to the line; the answer: conversation, paragraphs, wants_pin, is_over. Raises ChatFailed."""


def typed_from(given: Any) -> Typed:
    """What the page sent. Raises ValueError for anything else."""
    if not isinstance(given, dict):
        raise ValueError("expected an object")
    conversation, body, secret = (given.get(name, "") for name in ("conversation", "body", "secret"))
    if not (isinstance(conversation, str) and isinstance(body, str) and isinstance(secret, str)):
        raise ValueError("expected texts")
    if conversation and not _CONVERSATION.fullmatch(conversation):
        raise ValueError("no conversation of ours")
    if len(body) > MOST_CHARACTERS or len(secret) > MOST_CHARACTERS:
        raise ValueError("too long")
    return Typed(conversation, body, secret)


def chat_with(url: str, auth_token: str, account_sid: str, transport: httpx.BaseTransport | None = None) -> Chat:
    """url: the line's /chat. The transport is for tests; by default the network, without the environment's proxies."""
    client = httpx.Client(transport=transport, trust_env=False, timeout=TIME_LIMIT_S)

    def send(typed: Typed) -> dict[str, Any]:
        conversation = typed.conversation or f"CH{secrets.token_hex(16)}"
        form = {
            "AccountSid": account_sid,
            "ConversationSid": conversation,
            "MessageSid": f"IM{secrets.token_hex(16)}",
            "Body": typed.body,
            "Secret": typed.secret,
        }
        try:
            # Not by Webhooks, which writes each form into a log: this one may hold a PIN.
            answer = client.post(url, data=form, headers={"X-Twilio-Signature": signature(auth_token, url, form)})
            answer.raise_for_status()
            return {"conversation": conversation, **answer.json()}
        except (httpx.HTTPError, ValueError) as problem:
            raise ChatFailed(f"The line did not answer ({type(problem).__name__}). Is it running?") from None

    return send
