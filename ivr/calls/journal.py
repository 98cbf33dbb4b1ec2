"""What happened, turn by turn: gathered, and written with the state in one transaction before the answer sounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Protocol

from ivr.conversation.decisions import Decision, KeepDraft, KeepHint, NoteFlag, NoteResult, Say
from ivr.conversation.events import (
    CallerHungUp,
    CallerSpoke,
    CallEvent,
    CallStarted,
    DigitsEntered,
    Hint,
    KeyPressed,
    NoInput,
    PinEntered,
    Replied,
    StageFailed,
    WasUnderstood,
)
from ivr.conversation.states import ConversationState
from ivr.vocabulary import CallId, Kind, Milliseconds, Reply, Understood

Entry = tuple[str, Mapping[str, Any]]
"""Kind and contents; contents never hold a PIN."""


class CallStore(Protocol):
    """What a call writes. Raises StoreFailed."""

    def keep(self, call_id: CallId, state: str, entries: list[Entry]) -> None:
        """State and entries in one transaction."""
        ...

    def keep_draft(self, reference: str, answers: Mapping[str, str]) -> None:
        """The draft's answers."""
        ...

    def keep_hint(self, call_id: CallId, hint: Hint, person: str) -> None:
        """What makes the next call from the same telephone, or of the same person, easier."""
        ...

    def set_next_step(self, call_id: CallId, step: str, reason: str) -> None:
        """What /voice/resume will do."""
        ...


class Journal:
    """One call's journal, for the call's thread."""

    def __init__(self, call_id: CallId, store: CallStore) -> None:
        self._call_id = call_id
        self._store = store
        self._entries: list[Entry] = []

    def note(self, kind: str, at: Milliseconds, **contents: Any) -> None:
        """Gather an entry; it is written with the next state."""
        self._entries.append((kind, {"at_ms": at, **contents}))

    def event(self, event: CallEvent, at: Milliseconds, kind_asked: Kind | None) -> None:
        """An event as it may be kept: no words at a PIN, no digits but their number."""
        for kind, contents in _entries_of(event, kind_asked):
            self.note(kind, at, **contents)

    def decision(self, decision: Decision, at: Milliseconds) -> None:
        """What was decided and is worth telling."""
        match decision:
            case Say():
                self.note("prompt_started", at, prompt=decision.spoken.prompt, text=decision.spoken.text)
                if decision.facts:
                    facts = [asdict(fact) for fact in decision.facts]
                    self.note("facts", at, prompt=decision.spoken.prompt, facts=facts)
            case NoteResult():
                self.note("result", at, result=decision.result)
            case NoteFlag():
                self.note("flagged", at, flag=decision.flag)
            case KeepHint():
                self._store.keep_hint(self._call_id, decision.hint, decision.person)
            case KeepDraft():
                self._store.keep_draft(decision.reference, dict(decision.answers))

    def next_step(self, step: str, reason: str, at: Milliseconds) -> None:
        """What the carrier's script does once the stream is closed; written at once. Raises StoreFailed."""
        self.note("next_step", at, step=step, reason=reason)
        self._store.set_next_step(self._call_id, step, reason)

    def write(self, state: ConversationState, always: bool) -> None:
        """State and all gathered entries, both or neither; without entries only where `always`. Raises StoreFailed."""
        if always or self._entries:
            self._store.keep(self._call_id, state.to_json(), self._entries)
            self._entries = []


def _entries_of(event: CallEvent, kind_asked: Kind | None) -> list[Entry]:
    match event:
        case CallStarted():
            return [("call_started", {"transfer_failed": event.transfer_failed})]
        case CallerSpoke():
            return [("caller_spoke", _spoken(event, kind_asked))]
        case KeyPressed():
            return [("keys", {"count": 1, "key": event.key})]
        case DigitsEntered():
            return [("keys", {"count": len(event.digits)})]
        case PinEntered():
            return [("keys", {"count": 0, "pin": True})]
        case NoInput():
            return [("no_input", {"waited_ms": event.waited})]
        case WasUnderstood():
            return [("understood", _understood(event.understood))]
        case Replied():
            return [("replied", _replied(event.reply))]
        case StageFailed():
            return [("stage_failed", {"code": event.code})]
        case CallerHungUp():
            return [("hung_up", {})]
        case _:
            return [("event", {"name": type(event).__name__})]


def _spoken(event: CallerSpoke, kind_asked: Kind | None) -> dict[str, Any]:
    heard = event.utterance
    contents: dict[str, Any] = {
        "confidence": round(heard.confidence, 3),
        "engine": heard.engine,
        "spoken_ms": heard.spoken,
        "wish": event.wish,
        "line_fault": event.line_fault,
        "rejected": heard.rejected,
    }
    if kind_asked is not Kind.PIN:
        contents |= {"text": heard.text, "value": heard.value}
    return contents


def _understood(understood: Understood) -> dict[str, Any]:
    return {
        "intent": understood.intent,
        "confidence": round(understood.confidence, 3),
        "ranking": understood.ranking,
        "answers": understood.answers,
    }


def _replied(reply: Reply) -> dict[str, Any]:
    return {"intent": reply.intent, "form": reply.active_form, "slot": reply.requested_slot}
