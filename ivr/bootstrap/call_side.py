"""What a call needs, and how a stream is served."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from ivr import logs
from ivr.bootstrap.settled import bands_of
from ivr.bootstrap.stores import Stores, read_hint
from ivr.calls.call_runner import CallParts, CallRunner
from ivr.calls.errands import Stage
from ivr.calls.line import Line, Started
from ivr.calls.live_calls import LiveCalls
from ivr.conversation.conversation import Conversation
from ivr.conversation.events import CallStarted, Hint
from ivr.conversation.prompts import Prompts
from ivr.conversation.states import ConversationState, Phase, state_from_json
from ivr.errors import StoreFailed
from ivr.settings import Settings
from ivr.vocabulary import CallId, Milliseconds


@dataclass(frozen=True, slots=True)
class Stages:
    """The bounded pools of a process, with the longest a call waits for each."""

    recognition: Stage
    understanding: Stage
    services: Stage
    synthesis: Stage


def stages(recognition_workers: int) -> Stages:
    """Recognition computes, so its pool is as wide as the engine; the others wait for sockets."""
    return Stages(
        recognition=_stage("recognition", recognition_workers + 1, 3_000),
        understanding=_stage("understanding", 8, 3_500),
        services=_stage("services", 8, 3_500),
        synthesis=_stage("synthesis", 8, 2_800),
    )


def _stage(name: str, workers: int, deadline: int) -> Stage:
    failure = {"services": "agency-failed"}.get(name, f"{name}-failed")
    return Stage(name, ThreadPoolExecutor(workers, thread_name_prefix=name), Milliseconds(deadline), failure)


@dataclass(frozen=True, slots=True)
class StreamServer:
    """Runs a call on a stream, in the thread of the request."""

    settings: Settings
    stores: Stores
    prompts: Prompts
    live: LiveCalls
    address: str
    """This process's private address."""
    parts: Callable[[], CallParts]
    """The parts, once the models are loaded."""
    now: Callable[[], datetime]

    def serve(self, line: Line, started: Started) -> None:
        """From start to end; what the call was before is read from the store."""
        with self.live.serving(started.call_id):
            logs.bind_call(started.call_id)
            state, begin = self._taken_up(started.call_id)
            bands = bands_of(self.settings)
            conversation = Conversation(self.prompts, self.settings.currency, bands, state)
            CallRunner(line, started.call_id, self.parts(), conversation).run(begin)

    def _taken_up(self, call_id: CallId) -> tuple[ConversationState, CallStarted]:
        """The stored state (a new one where there is none) and how the call begins."""
        calls = self.stores.calls
        record = calls.find(call_id)
        calls.own(call_id, self.address)
        before, stored = calls.next_step(call_id), calls.state(call_id)
        calls.set_next_step(call_id, "")
        state = _read(stored) or ConversationState(language=self.settings.languages[0])
        hash_of_caller = record.from_hash if record is not None else ""
        return state, CallStarted(
            phone_number_known=bool(record is not None and record.caller),
            draft_waiting=state.phase is Phase.BEGINNING and self._has_draft(hash_of_caller),
            languages=self.settings.languages,
            hint=self._hint(hash_of_caller),
            transfer_failed=before is not None and before[0] == "staff",
            today=self.now().astimezone(self.settings.zone).date().isoformat(),
        )

    def _hint(self, from_hash: str) -> Hint | None:
        """What an earlier call left; a store that is away costs the caller a question, not the call."""
        try:
            return read_hint(self.stores.hints.hint(from_hash))
        except StoreFailed:
            return None

    def _has_draft(self, from_hash: str) -> bool:
        try:
            draft = self.stores.drafts.newest(from_hash) if from_hash else None
        except StoreFailed:
            return False
        return draft is not None and draft.state == "open" and bool(draft.answers)


def _read(stored: str | None) -> ConversationState | None:
    """A state of another version, or none: the call begins anew."""
    try:
        state = state_from_json(stored) if stored else None
    except ValueError:
        logs.logger().error("state_unreadable")
        return None
    return None if state is not None and state.phase is Phase.ENDED else state
