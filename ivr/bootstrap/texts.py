"""Conversations in writing on the store: texts by number, chats by their own name; one message of each at a time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from ivr import logs
from ivr.bootstrap.carrier_side import KeptRegister
from ivr.bootstrap.settled import bands_of
from ivr.bootstrap.stores import Stores, read_hint
from ivr.calls.text_session import TextParts, TextSession, Written
from ivr.conversation.conversation import Conversation
from ivr.conversation.events import CallStarted
from ivr.conversation.prompts import Prompts
from ivr.conversation.states import CHAT, SMS, ConversationState, Phase, state_from_json
from ivr.errors import StoreFailed
from ivr.settings import Settings
from ivr.telephony.sms import ChatAnswer, ChatMessage, IncomingText
from ivr.vocabulary import CallId, Language

LEASE = timedelta(seconds=20)
"""How long one message may take; after it another process may go on, since the first has died."""
WAIT_S, STEP_S = 10.0, 0.05
"""For the message before this one."""
SORRY = "text_sorry"


@dataclass(frozen=True, slots=True)
class _Arrival:
    """Where a message belongs."""

    key: str
    """What is held while it is answered: the number's fingerprint, or the chat's name."""
    caller: str
    called: str
    channel: str
    began: float = field(default_factory=time.monotonic)
    """What it waits for the message before it is no longer there for its answer."""


class KeptTexts:
    """TextDesk."""

    def __init__(
        self,
        settings: Settings,
        stores: Stores,
        prompts: Prompts,
        parts: TextParts,
        register: KeptRegister,
        today: Callable[[], date],
    ) -> None:
        self._settings = settings
        self._stores = stores
        self._prompts = prompts
        self._parts = parts
        self._register = register
        self._today = today

    def answer(self, text: IncomingText) -> str:
        """See TextDesk."""
        key = self._stores.calls.calling_hash(text.sender)
        if not key:
            return ""  # a short code, a name or another network: nobody to talk to
        if not self._stores.texts.receive(text.message_id):
            return self._stores.texts.answer(text.message_id) or ""
        if text.opts_out:
            self._stores.texts.let_go(key, None)
            return ""
        arrival = _Arrival(key, text.sender, text.called, SMS)
        with self._held(arrival) as is_held:
            if not is_held:
                return self._sorry()
            going_on = self._stores.texts.conversation(key)
            written = self._written(arrival, going_on or CallId(text.message_id), text.message_id, text.body)
        return written.text

    def chat(self, message: ChatMessage) -> ChatAnswer:
        """See TextDesk."""
        if not self._stores.texts.receive(message.message_id):
            kept = self._stores.texts.answer(message.message_id)
            return ChatAnswer(**json.loads(kept)) if kept else ChatAnswer((), False, False)
        arrival = _Arrival(message.conversation, "", "chat", CHAT)
        with self._held(arrival) as is_held:
            if not is_held:
                return ChatAnswer((self._sorry(),), False, False)
            session = self._session(arrival, message.conversation)
            if session.state.phase in (Phase.LEAVING, Phase.ENDED):
                return ChatAnswer((), False, True)
            if session.state.phase is Phase.BEGINNING:
                written = session.begin(self._beginning(message.conversation))
            elif message.secret is not None:
                written = session.take_secret(message.secret)
            else:
                written = session.take(message.body)
            answer = ChatAnswer(tuple(written.paragraphs), written.wants_pin, written.is_over)
            self._stores.texts.keep_answer(message.message_id, message.conversation, json.dumps(asdict(answer)))
            self._settle(arrival, message.conversation, written)
        return answer

    def moved(self, message_id: str, status: str, error: int) -> None:
        """See TextDesk."""
        if self._stores.texts.move(message_id, status, error) and error:
            logs.logger().warning("text_not_delivered", status=status, error=error)

    # --- one message

    def _written(self, arrival: _Arrival, call_id: CallId, message_id: str, body: str) -> Written:
        session = self._session(arrival, call_id)
        if session.state.phase is Phase.BEGINNING:
            written = session.open(self._beginning(call_id), body)
        else:
            written = session.take(body)
        self._stores.texts.keep_answer(message_id, call_id, written.text)
        self._settle(arrival, call_id, written)
        return written

    def _session(self, arrival: _Arrival, call_id: CallId) -> TextSession:
        self._stores.calls.arrive(call_id, arrival.caller, arrival.called)
        state = _read(self._stores.calls.state(call_id))
        if state is None:
            state = ConversationState(language=self._settings.languages[0], channel=arrival.channel)
        bands = bands_of(self._settings)
        conversation = Conversation(self._prompts, self._settings.currency, bands, state)
        session = TextSession(call_id, self._parts, conversation, began=arrival.began)
        if state.phase is Phase.WORKING:  # whoever answered the message before has died
            session.begin(self._beginning(call_id))
        return session

    def _beginning(self, call_id: CallId) -> CallStarted:
        record = self._stores.calls.find(call_id)
        from_hash = record.from_hash if record is not None else ""
        return CallStarted(
            phone_number_known=bool(record is not None and record.caller),
            draft_waiting=self._has_draft(from_hash),
            languages=self._settings.languages,
            hint=read_hint(self._stores.hints.hint(from_hash)),
            today=self._today().isoformat(),
        )

    def _has_draft(self, from_hash: str) -> bool:
        draft = self._stores.drafts.newest(from_hash) if from_hash else None
        return draft is not None and draft.state == "open" and bool(draft.answers)

    def _settle(self, arrival: _Arrival, call_id: CallId, written: Written) -> None:
        """The next message goes on here, or begins anew."""
        self._stores.texts.let_go(arrival.key, None if written.is_over else call_id)
        if written.is_over:
            self._register.finished(call_id, "completed", 0)

    @contextmanager
    def _held(self, arrival: _Arrival) -> Iterator[bool]:
        """Alone with this number's conversation. False: the message before it takes too long."""
        until = time.monotonic() + WAIT_S
        while not (is_held := self._stores.texts.hold(arrival.key, LEASE)) and time.monotonic() < until:
            time.sleep(STEP_S)
        try:
            yield is_held
        except Exception:
            if is_held:
                self._release(arrival)
            raise

    def _release(self, arrival: _Arrival) -> None:
        try:
            self._stores.texts.release(arrival.key)
        except StoreFailed:  # then the lease ends it
            logs.logger().warning("text_hold_not_released", exc_info=True)

    def _sorry(self) -> str:
        return self._prompts.words(SORRY, Language(self._settings.languages[0]))


class Guarded:
    """A TextDesk whose failures are an answer too: whoever writes must not be left without a word."""

    def __init__(self, desk: KeptTexts, sorry: Callable[[], str]) -> None:
        self._desk = desk
        self._sorry = sorry

    def answer(self, text: IncomingText) -> str:
        """See TextDesk."""
        try:
            return self._desk.answer(text)
        except Exception:  # the edge of a webhook
            logs.logger().error("text_not_answered", exc_info=True)
            return self._sorry()

    def chat(self, message: ChatMessage) -> ChatAnswer:
        """See TextDesk."""
        try:
            return self._desk.chat(message)
        except Exception:  # the edge of a webhook
            logs.logger().error("chat_not_answered", exc_info=True)
            return ChatAnswer((self._sorry(),), False, False)

    def moved(self, message_id: str, status: str, error: int) -> None:
        """See TextDesk. A callback that could not be kept comes no second time and is missed by nobody."""
        try:
            self._desk.moved(message_id, status, error)
        except StoreFailed:
            logs.logger().warning("text_status_not_kept", exc_info=True)


def _read(stored: str | None) -> ConversationState | None:
    """A state of another version, or none: the conversation begins anew."""
    try:
        return state_from_json(stored) if stored else None
    except ValueError:
        logs.logger().error("state_unreadable")
        return None
