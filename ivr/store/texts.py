"""Messages in writing: each taken once, the conversation they belong to, and how far ours have come."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.tables import text_messages, text_sessions
from ivr.vocabulary import CallId

CONVERSATION_LIFE = timedelta(hours=12)
"""Without a message; then the next one begins anew. Shorter than the life of a call's state (retention: a day)."""
RANKS = {
    "accepted": 1, "scheduled": 1, "queued": 2, "sending": 3, "sent": 4,
    "delivered": 5, "undelivered": 5, "failed": 5, "canceled": 5, "partially_delivered": 5, "read": 6,
}  # fmt: skip
"""How far a message has come; callbacks come twice and out of order, and none moves back."""


class Texts:
    """Shared by all threads. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    # --- messages in

    def receive(self, message_id: str) -> bool:
        """A message has come. False: it was there already, and has its effect."""
        with self._database.writing() as connection:
            return insert_once(connection, text_messages, {"message_id": message_id, "at": self._clock()})

    def keep_answer(self, message_id: str, call_id: CallId, answer: str) -> None:
        """What the message is answered with, and the conversation it belongs to."""
        sealed = self._database.keyring.seal(answer, _place(message_id))
        changing = update(text_messages).where(text_messages.c.message_id == message_id)
        with self._database.writing() as connection:
            connection.execute(changing.values(sealed_answer=sealed, call_id=call_id))

    def answer(self, message_id: str) -> str | None:
        """What it was answered with; None: it is new, or still being answered."""
        wanted = select(text_messages.c.sealed_answer).where(text_messages.c.message_id == message_id)
        with self._database.reading() as connection:
            sealed = connection.execute(wanted).scalar()
        return None if sealed is None else self._database.keyring.open(sealed, _place(message_id))

    # --- conversations

    def hold(self, from_hash: str, lease: timedelta) -> bool:
        """Take the number's conversation for this message alone. False: another message is being answered."""
        now = self._clock()
        row = {"from_hash": from_hash, "held_until": now + lease, "changed": now}
        taking = update(text_sessions).where(text_sessions.c.from_hash == from_hash, text_sessions.c.held_until <= now)
        with self._database.writing() as connection:
            if insert_once(connection, text_sessions, row):
                return True
            return connection.execute(taking.values(held_until=now + lease)).rowcount == 1

    def conversation(self, from_hash: str) -> CallId | None:
        """The conversation that goes on with this number; None: the next message begins one."""
        alive = text_sessions.c.changed > self._clock() - CONVERSATION_LIFE
        wanted = select(text_sessions.c.call_id).where(text_sessions.c.from_hash == from_hash, alive)
        with self._database.reading() as connection:
            found = connection.execute(wanted).scalar()
        return CallId(found) if found else None

    def let_go(self, from_hash: str, goes_on_as: CallId | None) -> None:
        """The message is answered. goes_on_as: None where the conversation is over."""
        now = self._clock()
        changing = update(text_sessions).where(text_sessions.c.from_hash == from_hash)
        with self._database.writing() as connection:
            connection.execute(changing.values(held_until=now, changed=now, call_id=goes_on_as or ""))

    def release(self, from_hash: str) -> None:
        """The message could not be answered: the next one need not wait, and goes on where this one would have."""
        changing = update(text_sessions).where(text_sessions.c.from_hash == from_hash)
        with self._database.writing() as connection:
            connection.execute(changing.values(held_until=self._clock()))

    # --- messages out

    def move(self, message_id: str, status: str, error: int = 0) -> bool:
        """A message of ours has come this far. False: no news, a step back, or a word nobody knows."""
        rank = RANKS.get(status, 0)
        if not rank:
            return False
        values = {"status": status, "rank": rank, "error": error}
        moving = update(text_messages).where(text_messages.c.message_id == message_id, text_messages.c.rank < rank)
        with self._database.writing() as connection:
            if insert_once(connection, text_messages, {"message_id": message_id, "at": self._clock(), **values}):
                return True
            return connection.execute(moving.values(**values)).rowcount == 1

    def status(self, message_id: str) -> tuple[str, int]:
        """How far a message has come, and the carrier's error (0: none); empty where it is not known."""
        wanted = select(text_messages.c.status, text_messages.c.error).where(text_messages.c.message_id == message_id)
        with self._database.reading() as connection:
            row = connection.execute(wanted).first()
        return (row.status, row.error) if row is not None else ("", 0)


def _place(message_id: str) -> str:
    return f"text_messages.answer:{message_id}"
