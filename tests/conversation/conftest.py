"""A conversation over the line's own prompts, driven by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ivr.conversation.conversation import Conversation
from ivr.conversation.decisions import Decision, Listen, Say
from ivr.conversation.events import CallEvent, CallStarted
from ivr.conversation.matters import Bands
from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.prompts import Prompts
from ivr.conversation.states import ConversationState

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return load_prompts(ROOT / "dialogues" / "prompts", {"agency": "the Social Security Office of Arland"})


class Driven:
    """A conversation and what it decided last."""

    def __init__(self, prompts: Prompts, state: ConversationState | None = None) -> None:
        self.conversation = Conversation(prompts, "EUR", Bands(0.6, 0.4), state)
        self.decisions: list[Decision] = []
        self.all_said: list[str] = []

    @property
    def state(self) -> ConversationState:
        return self.conversation.state

    def on(self, *events: CallEvent) -> list[Decision]:
        for event in events:
            self.decisions = self.conversation.on(event)
            self.all_said += self.said()
        return self.decisions

    def said(self) -> list[str]:
        """Ids of the prompts said at the last event."""
        return [decision.spoken.prompt for decision in self.decisions if isinstance(decision, Say)]

    def text(self) -> str:
        """The words said at the last event."""
        return " ".join(decision.spoken.text for decision in self.decisions if isinstance(decision, Say))

    def work(self) -> object:
        """The one piece of work decided at the last event."""
        found = [one for one in self.decisions if type(one).__name__ in WORK_NAMES]
        assert len(found) == 1, f"expected one piece of work, decided were {self.decisions}"
        return found[0]

    def listens(self) -> Listen:
        [found] = [decision for decision in self.decisions if isinstance(decision, Listen)]
        return found


WORK_NAMES = {
    "Understand", "TakeTurn", "Tell", "Verify", "Fetch", "AskClaimStatus", "OpenDraft", "FindDraft", "Submit",
    "AskPinLetter", "BookCallBack", "FindStaff", "Request",
}  # fmt: skip


@pytest.fixture
def drive(prompts: Prompts) -> Callable[..., Driven]:
    def begin(**started: object) -> Driven:
        driven = Driven(prompts)
        driven.on(CallStarted(**{"phone_number_known": True, "today": "2026-11-24", **started}))  # type: ignore[arg-type]
        return driven

    return begin
