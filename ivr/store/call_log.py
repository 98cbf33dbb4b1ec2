"""Calls and their state: what any web process needs in order to go on with any call."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, update

from ivr.errors import StoreFailed
from ivr.store.database import Clock, Database, insert_once
from ivr.store.journal import Entry, append
from ivr.store.tables import calls, deaths, documents
from ivr.vocabulary import CallId

FORGOTTEN_AFTER = timedelta(hours=4)
"""Without any change; Twilio ends a call after four hours by itself."""
_PHONE_NUMBER = re.compile(r"\+?[0-9]{3,20}")
"""Anything else ("anonymous", "sip:…") is no number that one could ring back or recognize."""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call as the store knows it."""

    call_id: CallId
    from_hash: str
    """Keyed fingerprint of the number that calls; empty: withheld, or erased."""
    caller: str
    """The number that calls; empty: withheld, or erased."""
    called: str
    """The number that was dialed."""
    arrived: datetime
    owner: str
    """Private address of the process that owns the call; empty: none yet."""
    status: str
    """The carrier's word for how it ended; empty: it goes on."""
    finished: datetime | None
    seconds: int
    """How long it was, as the carrier counts; 0 while it goes on."""


class CallLog:
    """Writing and reading calls; shared by all threads. Every method raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def arrive(self, call_id: CallId, caller: str, called: str) -> bool:
        """A call rings; caller: as the carrier names it. False: it was known already, and nothing changes."""
        now = self._clock()
        number = caller if _PHONE_NUMBER.fullmatch(caller) else ""
        values = {
            "call_id": call_id,
            "from_hash": self.calling_hash(caller),
            "sealed_caller": self._database.keyring.seal(number, _place("caller", call_id)),
            "called": called,
            "arrived": now,
            "changed": now,
        }
        with self._database.writing() as connection:
            return insert_once(connection, calls, values)

    def calling_hash(self, caller: str) -> str:
        """The fingerprint under which drafts, hints and failures of this number are found; empty: it is withheld."""
        return self._database.keyring.fingerprint(caller, "calling number") if _PHONE_NUMBER.fullmatch(caller) else ""

    def own(self, call_id: CallId, address: str) -> None:
        """The process at this address holds the call's thread from now on."""
        self._change(call_id, owner=address)

    def keep(self, call_id: CallId, state: str, entries: Sequence[Entry] = ()) -> None:
        """Keep the call's state (JSON) and what led to it: both or neither. Also used at each key."""
        sealed = self._database.keyring.seal(state, _place("state", call_id))
        with self._database.writing() as connection:
            append(connection, self._database.keyring, call_id, entries, self._clock())
            connection.execute(
                update(calls).where(calls.c.call_id == call_id).values(sealed_state=sealed, changed=self._clock())
            )

    def state(self, call_id: CallId) -> str | None:
        """The state kept last; None: none, or erased."""
        return self._unsealed(call_id, "state")

    def set_next_step(self, call_id: CallId, step: str, reason: str = "") -> None:
        """What /voice/resume is to do when the stream has closed, and why; an empty step: nothing is planned."""
        text = json.dumps([step, reason])
        sealed = self._database.keyring.seal(text, _place("next_step", call_id)) if step else None
        self._change(call_id, sealed_next_step=sealed)

    def next_step(self, call_id: CallId) -> tuple[str, str] | None:
        """The planned step and its reason; None: nobody planned one, so our side died (or never knew the call)."""
        text = self._unsealed(call_id, "next_step")
        if text is None:
            return None
        step, reason = json.loads(text)
        return step, reason

    def death(self, call_id: CallId, step: str, within: timedelta) -> int:
        """Our side of the stream died now; the same step counts once. Returns how often within this time."""
        now = self._clock()
        with self._database.writing() as connection:
            insert_once(connection, deaths, {"call_id": call_id, "step": step, "at": now})
            recent = (deaths.c.call_id == call_id) & (deaths.c.at > now - within)
            return connection.execute(select(func.count()).where(recent)).scalar_one()

    def remember(self, call_id: CallId, step: str, document: str) -> str:
        """Keep what a webhook answers. Returns the document that was kept first: a repeat changes nothing."""
        sealed = self._database.keyring.seal(document, _place(f"document {step}", call_id))
        values = {"call_id": call_id, "step": step, "sealed_document": sealed, "made": self._clock()}
        with self._database.writing() as connection:
            if insert_once(connection, documents, values):
                return document
        kept = self.remembered(call_id, step)
        return document if kept is None else kept

    def remembered(self, call_id: CallId, step: str) -> str | None:
        """What this step of the call was answered with; None: it is new."""
        wanted = (documents.c.call_id == call_id) & (documents.c.step == step)
        with self._database.reading() as connection:
            sealed = connection.execute(select(documents.c.sealed_document).where(wanted)).scalar()
        return None if sealed is None else self._database.keyring.open(sealed, _place(f"document {step}", call_id))

    def finish(self, call_id: CallId, status: str, seconds: int = 0) -> bool:
        """The call is over. False: that was known already (the first status stands), or there is no such call."""
        now = self._clock()
        ending = update(calls).where(calls.c.call_id == call_id, calls.c.finished.is_(None))
        with self._database.writing() as connection:
            return (
                connection.execute(ending.values(status=status, seconds=seconds, finished=now, changed=now)).rowcount
                == 1
            )

    def find(self, call_id: CallId) -> CallRecord | None:
        """The call; None: it never arrived."""
        with self._database.reading() as connection:
            row = connection.execute(select(calls).where(calls.c.call_id == call_id)).first()
        return None if row is None else self._record(row)

    def number_of(self, call_id: CallId) -> str:
        """The calling number; empty: withheld, erased, or the call never arrived."""
        record = self.find(call_id)
        return record.caller if record is not None else ""

    def fingerprint_of(self, call_id: CallId) -> str:
        """That of the calling number (calling_hash); empty: withheld, or the call never arrived."""
        record = self.find(call_id)
        return record.from_hash if record is not None else ""

    def live(self) -> tuple[CallRecord, ...]:
        """The calls that go on, longest first; without those whose end the carrier forgot to tell."""
        goes_on = calls.c.finished.is_(None) & (calls.c.changed > self._clock() - FORGOTTEN_AFTER)
        with self._database.reading() as connection:
            rows = connection.execute(select(calls).where(goes_on).order_by(calls.c.arrived)).all()
        return tuple(map(self._record, rows))

    def _record(self, row: Row[Any]) -> CallRecord:
        sealed, place = row.sealed_caller, _place("caller", row.call_id)
        caller = "" if sealed is None else self._database.keyring.open(sealed, place)
        ending = {"status": row.status, "finished": row.finished, "seconds": row.seconds}
        return CallRecord(
            CallId(row.call_id), row.from_hash, caller, row.called, arrived=row.arrived, owner=row.owner, **ending
        )

    def _change(self, call_id: CallId, **values: object) -> None:
        changing = update(calls).where(calls.c.call_id == call_id).values(changed=self._clock(), **values)
        with self._database.writing() as connection:
            if connection.execute(changing).rowcount == 0:
                raise StoreFailed("there is no such call in the store")

    def _unsealed(self, call_id: CallId, name: str) -> str | None:
        with self._database.reading() as connection:
            column = calls.c[f"sealed_{name}"]
            sealed = connection.execute(select(column).where(calls.c.call_id == call_id)).scalar()
        return None if sealed is None else self._database.keyring.open(sealed, _place(name, call_id))


def _place(what: str, call_id: CallId) -> str:
    return f"calls.{what}:{call_id}"
