"""A whole conversation without sound: words and keys in, prompts out; Rasa, agency and store are the line's own.

For `openline try` and for scenarios that are played by text. Work is done at once, since nobody waits for sound.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ivr.bootstrap.call_side import stages
from ivr.bootstrap.hearing import wish_finder, wish_splitter
from ivr.bootstrap.settled import bands_of, prompts_of, today_in
from ivr.bootstrap.stores import KeptCalls, Stores, open_stores
from ivr.bootstrap.web import services, understander
from ivr.bootstrap.work_table import work_table
from ivr.calls.keypad import Keypad
from ivr.calls.work import TableWorker
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.conversation import Conversation
from ivr.conversation.states import ConversationState, Phase
from ivr.errors import IvrError
from ivr.recognition.spoken_forms import value_of
from ivr.settings import Settings
from ivr.vocabulary import CallId, Fact, Hypothesis, Milliseconds, Spoken, Utterance


@dataclass(slots=True)
class Typing:
    """What a call has brought so far."""

    said: list[Spoken] = field(default_factory=list)
    """Since the caller's last words."""
    facts: list[Fact] = field(default_factory=list)
    intents: list[str] = field(default_factory=list)
    result: str = ""
    next_step: str = ""


class TypedLine:
    """The line's parts, opened once for many typed calls."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.stores: Stores = open_stores(settings)
        self.kept = KeptCalls(self.stores)
        self.prompts = prompts_of(settings)
        pools = stages(recognition_workers=1)
        table = work_table(services(settings, self.stores))
        self.worker = TableWorker(
            understander(settings), pools.understanding, pools.services, table, wish_splitter(settings)
        )
        self.find_wish = wish_finder(settings)

    def today(self) -> date:
        """In the agency's time zone."""
        return today_in(self.settings)()


class TypedCall:
    """One call."""

    def __init__(self, line: TypedLine, language: str, number: str) -> None:
        self._line = line
        self._call_id = CallId(f"CA{secrets.token_hex(16)}")
        line.stores.calls.arrive(self._call_id, number, "typed")
        settings = line.settings
        bands = bands_of(settings)
        state = ConversationState(language=language)
        self._conversation = Conversation(line.prompts, settings.currency, bands, state)
        self._keypad = Keypad()
        self._listen: decided.Listen | None = None
        self.brought = Typing()

    @property
    def is_over(self) -> bool:
        """The line has said good-bye, handed over, or the caller is gone."""
        return self._conversation.state.phase in (Phase.LEAVING, Phase.ENDED)

    @property
    def open_question(self) -> str:
        """The prompt that waits for an answer; empty: none."""
        question = self._conversation.state.question
        return question.prompt if question is not None else ""

    def begin(self) -> None:
        """The greeting."""
        from_hash = self._line.stores.calls.fingerprint_of(self._call_id)
        waiting = bool(from_hash and self._line.stores.drafts.newest(from_hash))
        today = self._line.today().isoformat()
        self._take(
            happened.CallStarted(
                phone_number_known=True,
                draft_waiting=waiting,
                languages=self._line.settings.languages,
                hint=happened.Hint(self._conversation.state.language),
                today=today,
            )
        )

    def silent(self) -> None:
        """Nothing is said or pressed until the line speaks again."""
        self._turn([happened.NoInput(Milliseconds(8_000))])

    def press(self, keys: str) -> None:
        """Keys, one after the other, and then the pause that ends a number."""
        self._turn(self._keys(keys))

    def say(self, words: str) -> None:
        """An utterance, heard as it was typed."""
        self._turn([self._spoken(words)])

    def hang_up(self) -> None:
        """The caller is gone."""
        self._turn([happened.CallerHungUp()])

    def _turn(self, events: list[happened.CallEvent] | Iterator[happened.CallEvent]) -> None:
        self.brought.said.clear()
        for event in events:
            self._take(event)

    def _keys(self, typed: str) -> Iterator[happened.CallEvent]:
        for key in typed:
            event = self._keypad.press(key)
            if event is not None:
                yield event
        ended = self._keypad.wait(Milliseconds(6_000))
        if ended is not None:
            yield ended

    def _spoken(self, typed: str) -> happened.CallEvent:
        listen = self._listen
        if listen is None:
            return happened.NoInput(Milliseconds(8_000))
        text = typed.lower()
        value = value_of(text, listen.expected, self._line.today())
        utterance = Utterance(text, 1.0, Milliseconds(1_000), "typed", value, (Hypothesis(text, 1.0),))
        return happened.CallerSpoke(utterance, self._line.find_wish(text, listen))

    def _take(self, event: happened.CallEvent) -> None:
        if isinstance(event, happened.WasUnderstood):
            self.brought.intents.append(event.understood.intent)
        decisions = self._conversation.on(event)
        self._line.kept.keep(self._call_id, self._conversation.state.to_json(), [])
        for decision in decisions:
            self._carry_out(decision)

    def _carry_out(self, decision: decided.Decision) -> None:
        match decision:
            case decided.Say():
                self.brought.said.append(decision.spoken)
                self.brought.facts += decision.facts
            case decided.Listen():
                self._listen = decision
                self._keypad.expect(decision.expected)
            case decided.KeepDraft():
                self._line.kept.keep_draft(decision.reference, dict(decision.answers))
            case decided.NoteResult():
                self.brought.result = decision.result
            case decided.Leave():
                self.brought.next_step = decision.next_step
            case _ if isinstance(decision, decided.WORK):
                self._take(self._worked(decision))
            case _:
                pass

    def _worked(self, work: decided.Work) -> happened.CallEvent:
        try:
            return self._line.worker.perform(self._call_id, work)
        except IvrError as error:
            return happened.StageFailed(error.code)
