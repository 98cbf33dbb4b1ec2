"""The ports of this folder in the memory of one process: for tests and trials. They keep every promise but lasting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ivr.telephony.ports import NextStep, Phrase, StaffNumber
from ivr.telephony.signature import TOKEN_LIFETIME_S, new_token, token_hash
from ivr.vocabulary import CallId

DEATHS_WITHIN_S = 60.0
Clock = Callable[[], float]
"""Seconds, from any beginning."""


class RememberedTokens:
    """Stream tokens."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, tuple[CallId, float]] = {}
        self._lock = threading.Lock()

    def issue(self, call_id: CallId) -> str:
        """See StreamTokens."""
        token = new_token()
        with self._lock:
            self._open[token_hash(token)] = (call_id, self._clock() + TOKEN_LIFETIME_S)
        return token

    def open_tokens(self) -> int:
        """How many were issued and not used up."""
        return len(self._open)

    def redeem(self, token: str, call_id: CallId) -> bool:
        """See StreamTokens. A token that another call shows is not used up: the owner may still come."""
        key = token_hash(token)
        with self._lock:
            owner, expires = self._open.get(key, (CallId(""), 0.0))
            is_good = owner == call_id and self._clock() < expires
            if is_good:
                del self._open[key]
        return is_good


class RememberedCalls:
    """A call register and the documents of each step."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._documents: dict[tuple[CallId, str], str] = {}
        self._deaths: dict[tuple[CallId, str], float] = {}
        self.arrived: dict[CallId, str] = {}
        """Call -> caller."""
        self.next_steps: dict[CallId, NextStep] = {}
        """What each call does when its stream closes."""
        self.ended: dict[CallId, str] = {}
        """Call -> the status that came first."""

    def arrive(self, call_id: CallId, caller: str, called: str) -> None:
        """See CallRegister."""
        self.arrived.setdefault(call_id, caller)

    def next_step(self, call_id: CallId) -> str | None:
        """See CallRegister."""
        return self.next_steps.get(call_id)

    def note_death(self, call_id: CallId, step: str) -> int:
        """See CallRegister."""
        with self._lock:
            self._deaths.setdefault((call_id, step), self._clock())
            oldest = self._clock() - DEATHS_WITHIN_S
            return sum(1 for (dead, _), at in self._deaths.items() if dead == call_id and at > oldest)

    def finished(self, call_id: CallId, status: str, seconds: int) -> None:
        """See CallRegister."""
        self.ended.setdefault(call_id, status)

    def remembered(self, call_id: CallId, step: str) -> str | None:
        """See Documents."""
        return self._documents.get((call_id, step))

    def remember(self, call_id: CallId, step: str, document: str) -> str:
        """See Documents."""
        return self._documents.setdefault((call_id, step), document)


class RememberedCallBacks:
    """Call-backs; references count up."""

    def __init__(self) -> None:
        self._proposed: dict[CallId, str] = {}
        self.booked: dict[CallId, tuple[str, str, str]] = {}
        """Call -> number, window, reason."""

    def propose(self, call_id: CallId, number: str) -> None:
        """See CallBacks."""
        self._proposed[call_id] = number

    def proposed(self, call_id: CallId) -> str:
        """See CallBacks."""
        return self._proposed.get(call_id, "")

    def book(self, call_id: CallId, window: str, reason: str) -> str:
        """See CallBacks."""
        self.booked.setdefault(call_id, (self._proposed[call_id], window, reason))
        return f"{list(self.booked).index(call_id) + 1:07d}"


@dataclass
class RememberedMessages:
    """Messages that callers left."""

    lengths: dict[str, int] = field(default_factory=dict)
    """Recording -> seconds."""
    states: dict[str, str] = field(default_factory=dict)
    """Recording -> completed or absent."""

    def left(self, call_id: CallId, recording_id: str, seconds: int) -> None:
        """See VoiceMessages."""
        self.lengths.setdefault(recording_id, seconds)

    def ready(self, call_id: CallId, recording_id: str, status: str) -> None:
        """See VoiceMessages."""
        self.states.setdefault(recording_id, status)


@dataclass
class Switches:
    """Readiness and staff, set by hand."""

    room: bool = True
    ready: bool = True
    staff: StaffNumber | None = None

    def has_room(self) -> bool:
        """See Readiness."""
        return self.room

    def is_ready(self) -> bool:
        """See Readiness."""
        return self.ready

    def reach(self, call_id: CallId) -> StaffNumber | None:
        """See Staff."""
        return self.staff


class Notes:
    """A journal that can be read."""

    def __init__(self) -> None:
        self.notes: list[tuple[CallId, str, dict[str, str]]] = []

    def note(self, call_id: CallId, event: str, **fields: str) -> None:
        """See Journal."""
        self.notes.append((call_id, event, fields))

    def events(self) -> list[str]:
        """The events, in order."""
        return [event for _, event, _ in self.notes]


class PromptIdWording:
    """Says each prompt's id and values: tests read which prompt it is, not how it is worded."""

    def phrase(self, call_id: CallId, prompt: str, **values: str) -> Phrase:
        """See Wording."""
        return Phrase(" ".join([prompt, *values.values()]), "en-US")
