"""What the carrier's webhooks need (ivr/telephony/ports.py), on the store."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from ivr import logs
from ivr.bootstrap.stores import Stores
from ivr.conversation.states import state_from_json
from ivr.services.handovers import Handovers, Reachable
from ivr.telephony.ports import StaffNumber
from ivr.understanding.understander import Understander
from ivr.vocabulary import CallId, Language

RING_AFTER = timedelta(seconds=15)
"""Whoever rang has put the handset down by then."""
DEATHS_WITHIN = timedelta(seconds=60)
"""A second death within it leads to the keypad menu."""


class KeptRegister:
    """CallRegister and Documents."""

    def __init__(self, stores: Stores, understander: Understander) -> None:
        self._stores = stores
        self._understander = understander

    def arrive(self, call_id: CallId, caller: str, called: str) -> None:
        """See CallRegister."""
        self._stores.calls.arrive(call_id, caller, called)

    def next_step(self, call_id: CallId) -> str | None:
        """See CallRegister."""
        planned = self._stores.calls.next_step(call_id)
        return planned[0] if planned else None

    def note_death(self, call_id: CallId, step: str) -> int:
        """See CallRegister."""
        return self._stores.calls.death(call_id, step, DEATHS_WITHIN)

    def finished(self, call_id: CallId, status: str, seconds: int) -> None:
        """See CallRegister. Rasa forgets the call's dialogues, in the background."""
        if self._stores.calls.finish(call_id, status, seconds):
            threading.Thread(target=self._forget, args=(call_id,), daemon=True).start()

    def remembered(self, call_id: CallId, step: str) -> str | None:
        """See Documents."""
        return self._stores.calls.remembered(call_id, step)

    def remember(self, call_id: CallId, step: str, document: str) -> str:
        """See Documents."""
        return self._stores.calls.remember(call_id, step, document)

    def _forget(self, call_id: CallId) -> None:
        try:
            stored = self._stores.calls.state(call_id)
            dialogues = state_from_json(stored).dialogue if stored else 0
            for number in range(dialogues + 1):
                self._understander.forget(f"{call_id}.{number}")
        except Exception:  # the edge of a background thread: retention deletes what is left
            logs.logger().warning("dialogues_not_forgotten", call_id=call_id, exc_info=True)


class KeptCallBacks:
    """CallBacks by keys, and the messages callers leave."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def propose(self, call_id: CallId, number: str) -> None:
        """See CallBacks."""
        self._stores.call_backs.propose(call_id, number)

    def proposed(self, call_id: CallId) -> str:
        """See CallBacks."""
        return self._stores.call_backs.proposed(call_id)

    def book(self, call_id: CallId, window: str, reason: str) -> str:
        """See CallBacks."""
        number = self._stores.call_backs.proposed(call_id)
        return self._stores.call_backs.promise(call_id, number, window, reason).reference

    def left(self, call_id: CallId, recording_id: str, seconds: int) -> None:
        """See VoiceMessages."""
        self._stores.messages.leave(call_id, recording_id, seconds)

    def ready(self, call_id: CallId, recording_id: str, status: str) -> None:
        """See VoiceMessages."""
        self._stores.messages.move(call_id, recording_id, status)


class KeptRingBacks:
    """RingBacks."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def ask(self, call_id: CallId, number: str, reason: str) -> str:
        """See RingBacks. Who wants no calls gets none, also after ringing us."""
        from_hash = self._stores.calls.calling_hash(number)
        if self._stores.rights.refuses_calls(from_hash):
            return "refused"
        return self._stores.ring_backs.ask(call_id, number, from_hash, reason, RING_AFTER)


class KeptNotes:
    """Journal: the log, a counter, and the call's own journal where the call is known."""

    def __init__(self, stores: Stores, count: Callable[[str], None]) -> None:
        self._stores = stores
        self._count = count

    def note(self, call_id: CallId, event: str, **fields: str) -> None:
        """See Journal."""
        self._count(event)
        logs.logger().info(event, call_id=call_id, **fields)
        if call_id and self._stores.calls.find(call_id) is not None:
            kept = {name: value for name, value in fields.items() if not name.startswith("pii_")}
            self._stores.journal.add(call_id, [(event, {"at_ms": 0, **kept})])


class Desk:
    """Staff: whoever answers the configured number within the opening hours."""

    def __init__(self, handovers: Handovers) -> None:
        self._handovers = handovers

    def reach(self, call_id: CallId) -> StaffNumber | None:
        """See Staff."""
        found = self._handovers.reachability()
        return StaffNumber(found.phone_number) if isinstance(found, Reachable) else None


def language_of(stores: Stores, offered: tuple[str, ...]) -> Callable[[CallId], Language]:
    """The language a call speaks; where it has none yet, that of the caller's last call, else the line's first."""
    first = offered[0]

    def find(call_id: CallId) -> Language:
        stored = stores.calls.state(call_id)
        try:
            return Language(state_from_json(stored).language if stored else _language_before(call_id))
        except ValueError:
            return Language(first)

    def _language_before(call_id: CallId) -> str:
        """That of an earlier call from the same telephone."""
        record = stores.calls.find(call_id)
        known = stores.hints.hint(record.from_hash).language if record is not None else ""
        return known if known in offered else first

    return find
