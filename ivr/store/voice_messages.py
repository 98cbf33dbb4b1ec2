"""Messages that callers left with the carrier, until staff have heard them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from ivr.store.database import Clock, Database, insert_once
from ivr.store.tables import voice_messages
from ivr.vocabulary import CallId


@dataclass(frozen=True, slots=True)
class VoiceMessage:
    """One message; its sound lies with the carrier."""

    recording_id: str
    call_id: CallId
    seconds: int
    state: str
    """left, ready (can be fetched), absent (nothing was said), heard."""
    left: datetime


class VoiceMessages:
    """Shared by all threads. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def leave(self, call_id: CallId, recording_id: str, seconds: int) -> None:
        """A message was recorded; a repeat, or one that comes behind `move`, keeps the state."""
        self._insert(call_id, recording_id, "left")
        self._update(recording_id, seconds=seconds)

    def move(self, call_id: CallId, recording_id: str, state: str) -> None:
        """What the carrier tells of it; may come before `leave`."""
        self._insert(call_id, recording_id, state)
        self._update(recording_id, state=state)

    def ready(self) -> tuple[VoiceMessage, ...]:
        """Those that can be fetched and nobody has heard yet, oldest first."""
        wanted = select(voice_messages).where(voice_messages.c.state == "ready").order_by(voice_messages.c.left)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            VoiceMessage(row.recording_id, CallId(row.call_id), row.seconds, row.state, row.left) for row in rows
        )

    def _insert(self, call_id: CallId, recording_id: str, state: str) -> None:
        now = self._clock()
        values = {"call_id": call_id, "recording_id": recording_id, "state": state, "left": now, "changed": now}
        with self._database.writing() as connection:
            insert_once(connection, voice_messages, values)

    def _update(self, recording_id: str, **values: object) -> None:
        this = voice_messages.c.recording_id == recording_id
        with self._database.writing() as connection:
            connection.execute(update(voice_messages).where(this).values(changed=self._clock(), **values))
