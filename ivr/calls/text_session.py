"""A conversation in writing: what is typed -> events -> decisions -> what is written back. No sound, no line.

The same Conversation as on the telephone, the same work on the same bounded pools. One thread at a time owns a session;
between two messages it lives in the store alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass, field

from ivr import logs
from ivr.calls.journal import CallStore, Journal
from ivr.calls.keypad import BETWEEN_DIGITS, Keypad
from ivr.calls.typed_text import canonical_figures, plain_words
from ivr.calls.work import Worker
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.conversation import Conversation
from ivr.conversation.states import ConversationState, Phase
from ivr.errors import IvrError, StoreFailed
from ivr.understanding.masking import masked
from ivr.vocabulary import CallId, Expected, Hypothesis, Kind, Milliseconds, Secret, Utterance

KEYS = frozenset("0123456789*#")
DOUBLE_STAR, PERSON = "**", "person"
"""Asks for a person wherever a number is asked for, as on the telephone."""
MOST_KEYS = 40
"""More than any number of ours; the rest is dropped."""
TURN_S = 11.0
"""For one message in all; the carrier waits 15 s for the answer to a text."""
ENGINE = "typed"

FindWish = Callable[[str, Expected], str]
"""A universal wish in the words (person, again …); empty: none."""
ReadValue = Callable[[str, Expected], str | None]
"""The canonical answer that the words hold."""


@dataclass(frozen=True, slots=True)
class TextParts:
    """What every conversation in writing of a process shares."""

    worker: Worker
    find_wish: FindWish
    read_value: ReadValue
    store: CallStore


@dataclass(slots=True)
class Written:
    """What is written back."""

    paragraphs: list[str] = field(default_factory=list)
    """One a prompt; options one a line."""
    wants_pin: bool = False
    """The next thing typed is a PIN and belongs into a masked field."""
    is_over: bool = False
    """Good-bye was said, or the conversation goes on elsewhere."""

    @property
    def text(self) -> str:
        """All of it, paragraphs on lines of their own."""
        return "\n".join(self.paragraphs)


class TextSession:
    """Made for one message and thrown away; what it was stands in the store."""

    def __init__(
        self,
        call_id: CallId,
        parts: TextParts,
        conversation: Conversation,
        clock: Callable[[], float] = time.monotonic,
        began: float | None = None,
    ) -> None:
        """began: when the message came, by this clock; None: now."""
        self._call_id = call_id
        self._parts = parts
        self._conversation = conversation
        self._journal = Journal(call_id, parts.store)
        self._clock = clock
        self._began = clock() if began is None else began
        self._written = Written()

    @property
    def state(self) -> ConversationState:
        """Where the conversation stands."""
        return self._conversation.state

    def begin(self, event: happened.CallStarted) -> Written:
        """Greet, or go on where our side died."""
        return self._react([event])

    def open(self, event: happened.CallStarted, typed: str) -> Written:
        """The first message is a wish already: greet, then answer it; where a draft waits that is asked first."""
        self.begin(event)
        question = self._conversation.state.question
        if typed.strip() and question is not None and question.owner == "matters.menu":
            del self._written.paragraphs[1:]
            self.take(typed)
        return self._written

    def take(self, typed: str) -> Written:
        """A message. Digits, star and hash alone are keys; an empty one is answered with the question again.

        A PIN belongs into the masked field: what stands here stays in sight, so it opens nothing and is kept nowhere.
        """
        return self._react(self._events(typed.strip()))

    def take_secret(self, pin: Secret) -> Written:
        """What was typed into the masked field; dropped where no PIN is asked for, and the question comes again."""
        if self._conversation.expected().kind is Kind.PIN:
            return self._react([happened.PinEntered(pin)])
        return self._react([happened.CallerSpoke(_utterance("", None))])

    # --- in

    def _events(self, typed: str) -> Iterator[happened.CallEvent]:
        expected = self._conversation.expected()
        if typed == DOUBLE_STAR:
            yield happened.CallerSpoke(_utterance("", None), PERSON)
            return
        if self._kind_asked() is Kind.PIN and any(sign.isdigit() for sign in typed):
            yield happened.CallerSpoke(_utterance("", None), number_spoken=True)
            return
        keys = canonical_figures(typed, expected) or typed
        if keys and set(keys) <= KEYS:
            yield from _keyed(keys[:MOST_KEYS], expected)
            return
        words = plain_words(typed)
        value = self._parts.read_value(typed, expected) if words else None
        wish = self._parts.find_wish(words, expected) if words else ""
        yield happened.CallerSpoke(_utterance(words, value), wish, number_spoken=masked(words) != words)

    # --- out

    def _react(self, events: Iterator[happened.CallEvent] | list[happened.CallEvent]) -> Written:
        for event in events:
            self._decide(event)
        state = self._conversation.state
        self._written.is_over = state.phase in (Phase.LEAVING, Phase.ENDED)
        self._written.wants_pin = self._conversation.expected().kind is Kind.PIN
        return self._written

    def _decide(self, event: happened.CallEvent) -> None:
        """Decide, store, carry out, and again with what the work brought, until a question is out."""
        upcoming: happened.CallEvent | None = event
        while upcoming is not None:
            asked = self._kind_asked()
            decisions = self._conversation.on(upcoming)
            self._journal.event(upcoming, self._now(), asked)
            for decision in decisions:
                self._keep(decision)
            self._write()
            upcoming = self._carry_out(decisions)

    def _kind_asked(self) -> Kind:
        """What the open question asks, also while the conversation is on hold before it."""
        question = self._conversation.state.question
        asks_pin = question is not None and question.expect == "pin"
        return Kind.PIN if asks_pin else self._conversation.expected().kind

    def _carry_out(self, decisions: list[decided.Decision]) -> happened.CallEvent | None:
        brought: happened.CallEvent | None = None
        for decision in decisions:
            match decision:
                case decided.StopSpeaking() | decided.PlaySound() | decided.DropWork():
                    brought = None
                case decided.Say():
                    self._written.paragraphs.append(decision.spoken.text)
                case decided.ForgetDialogue():
                    self._forget(decision.dialogue_id)
                case decided.Leave():
                    self._plan(decision)
                case _ if isinstance(decision, decided.WORK):
                    brought = self._worked(decision)
                case _:
                    pass
        return brought

    def _worked(self, work: decided.Work) -> happened.CallEvent:
        stage = self._parts.worker.stage(work)
        left = min(stage.deadline / 1000, TURN_S - (self._clock() - self._began))
        try:
            return stage.pool.submit(self._parts.worker.perform, self._call_id, work).result(max(0.0, left))
        except Late:
            logs.logger().warning("errand_late", stage=stage.name)
            return happened.StageFailed(stage.failure)
        except Exception as error:  # the edge of an errand: whatever it is becomes the stage's failure
            logs.logger().warning("errand_failed", stage=stage.name, exc_info=True)
            return happened.StageFailed(error.code if isinstance(error, IvrError) else stage.failure)

    def _forget(self, dialogue_id: str) -> None:
        dialogue, understander = f"{self._call_id}.{dialogue_id}", self._parts.worker.understander
        self._parts.worker.stage(decided.Understand(())).pool.submit(understander.forget, dialogue)

    def _plan(self, leave: decided.Leave) -> None:
        try:
            self._journal.next_step(leave.next_step, leave.reason, self._now())
        except StoreFailed:
            logs.logger().error("next_step_not_stored", exc_info=True)

    def _keep(self, decision: decided.Decision) -> None:
        try:
            self._journal.decision(decision, self._now())
        except StoreFailed:  # the answers are in the state too, and the next answer writes them all again
            logs.logger().error("draft_not_stored", exc_info=True)

    def _write(self) -> None:
        """A conversation in writing has no memory but the store: what is not kept is not answered."""
        self._journal.write(self._conversation.state, always=True)

    def _now(self) -> Milliseconds:
        return Milliseconds(round((self._clock() - self._began) * 1000))


def _keyed(keys: str, expected: Expected) -> Iterator[happened.CallEvent]:
    """As the telephone's keys, all at once; the end of the message ends a number."""
    keypad = Keypad()
    keypad.expect(expected)
    for key in keys if expected.is_number else keys[:1]:
        event = keypad.press(key)
        if event is not None and not isinstance(event, happened.DigitsSoFar):
            yield event
            return
    ended = keypad.wait(BETWEEN_DIGITS)
    if ended is not None:
        yield ended


def _utterance(words: str, value: str | None) -> Utterance:
    hypotheses = (Hypothesis(words, 1.0),) if words else ()
    return Utterance(words, 1.0 if words else 0.0, Milliseconds(0), ENGINE, value, hypotheses)
