"""Decisions that are slow work -> errands -> events. One at a time; an early parse may already know the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ivr.calls.errands import Done, Errands, Stage
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.understanding.understander import Understander
from ivr.vocabulary import CallId, Hypothesis, Milliseconds, Understood, Utterance

Perform = Callable[[CallId, Any], happened.CallEvent]
"""Does one kind of work for a call and returns the event it brings; may raise any IvrError."""


class Worker(Protocol):
    """Knows how each kind of work is done."""

    @property
    def understander(self) -> Understander:
        """Rasa, or what stands for it."""
        ...

    def stage(self, work: decided.Work) -> Stage:
        """Where it runs and how long it may take."""
        ...

    def perform(self, call_id: CallId, work: decided.Work) -> happened.CallEvent:
        """Do it; runs on a pool."""
        ...


class TableWorker:
    """A worker made of a table, filled by bootstrap."""

    def __init__(
        self,
        understander: Understander,
        understanding: Stage,
        services: Stage,
        table: Mapping[type[Any], Perform],
        apart: Callable[[str], tuple[str, ...]] = lambda text: (),
    ) -> None:
        """apart: takes a sentence with several wishes apart; empty where it holds one."""
        self.understander = understander
        self._apart = apart
        self._understanding = understanding
        self._services = services
        self._table = table

    def stage(self, work: decided.Work) -> Stage:
        """Rasa's work on its own pool, so that a slow agency holds up no understanding."""
        rasa = isinstance(work, decided.Understand | decided.TakeTurn | decided.Tell)
        return self._understanding if rasa else self._services

    def perform(self, call_id: CallId, work: decided.Work) -> happened.CallEvent:
        """Do it. Raises KeyError for a kind that has no line in the table."""
        match work:
            case decided.Understand():
                whole = self.understander.parse(_hypotheses(work.hypotheses))
                parts = self._apart(work.hypotheses[0][0]) if work.hypotheses else ()
                return happened.WasUnderstood(
                    whole, tuple(self.understander.parse((Hypothesis(one, 1.0),)) for one in parts)
                )
            case decided.TakeTurn():
                understood = Understood(work.text, work.intent, work.confidence, (), (), work.raw)
                dialogue = f"{call_id}.{work.dialogue_id}"
                return happened.Replied(self.understander.turn(dialogue, work.turn_id, understood))
            case decided.Tell():
                dialogue = f"{call_id}.{work.dialogue_id}"
                reply = self.understander.tell(dialogue, work.turn_id, work.event, dict(work.entities))
                return happened.Replied(reply)
            case _:
                return self._table[type(work)](call_id, work)


class EarlyParse:
    """One call's work under way, and the parse begun at a pause."""

    def __init__(self, call_id: CallId, worker: Worker, errands: Errands) -> None:
        self._call_id = call_id
        self._worker = worker
        self._errands = errands
        self._number = 0
        self._early: tuple[tuple[tuple[str, float], ...], int, happened.CallEvent | None] = ((), 0, None)
        self.running_since: Milliseconds | None = None

    def parse_early(self, utterance: Utterance) -> None:
        """The caller pauses: find out what it means, in case that was all."""
        hypotheses = hypotheses_of(utterance)
        if hypotheses == self._early[0]:
            return
        self._errands.drop(self._early[1])
        self._early = (hypotheses, self._begin(decided.Understand(hypotheses)), None)

    def start(self, work: decided.Work, now: Milliseconds) -> None:
        """Begin, or take up what was begun early; its event comes from ended()."""
        self.drop()
        self.running_since = now
        hypotheses, number, event = self._early
        if isinstance(work, decided.Understand) and work.hypotheses == hypotheses and (event or number):
            self._number = number if event is None else self._begin_known(event)
        else:
            self._number = self._begin(work)
        self._early = ((), 0, None)

    def ended(self, done: Done) -> happened.CallEvent | None:
        """The event of work that ended; None where nobody waits for it (yet)."""
        if done.number == self._early[1]:
            self._early = (self._early[0], 0, done.result) if not done.failure else ((), 0, None)
            return None
        if done.number != self._number:
            return None
        self._number, self.running_since = 0, None
        if done.failure:
            return happened.StageFailed(done.failure)
        event: happened.CallEvent = done.result
        return event

    def drop(self) -> None:
        """What is under way is no longer wanted."""
        self._errands.drop(self._number)
        self._number, self.running_since = 0, None

    def forget(self, dialogue_id: str) -> None:
        """Rasa need not keep a dialogue; nobody waits for that."""
        dialogue, understander = f"{self._call_id}.{dialogue_id}", self._worker.understander
        stage = self._worker.stage(decided.Understand(()))
        self._errands.start(stage, lambda: understander.forget(dialogue))

    def _begin(self, work: decided.Work) -> int:
        return self._errands.start(self._worker.stage(work), lambda: self._worker.perform(self._call_id, work))

    def _begin_known(self, event: happened.CallEvent) -> int:
        """An answer that is known already comes like any other."""
        return self._errands.start(self._worker.stage(decided.Understand(())), lambda: event)


def hypotheses_of(utterance: Utterance) -> tuple[tuple[str, float], ...]:
    """At most three, best first, as Understand holds them."""
    pairs = tuple((one.text, one.weight) for one in utterance.hypotheses) or ((utterance.text, 1.0),)
    return pairs[:3]


def _hypotheses(pairs: tuple[tuple[str, float], ...]) -> tuple[Hypothesis, ...]:
    return tuple(Hypothesis(text, weight) for text, weight in pairs)
