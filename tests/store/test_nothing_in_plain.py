"""What is personal stands nowhere in the files of the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ivr.errors import StoreFailed
from ivr.store.call_backs import CallBacks
from ivr.store.call_log import CallLog
from ivr.store.database import Database, open_engine
from ivr.store.drafts import Drafts
from ivr.store.encryption import Keyring
from ivr.store.identity_counters import IdentityCounters
from ivr.store.journal import Journal
from ivr.store.outbox import Outbox
from ivr.store.retention import Ages
from ivr.store.schema import upgrade
from ivr.store.stream_tokens import StreamTokens
from ivr.vocabulary import CallId
from tests.store.clock import SetClock

CALL = CallId("CA0001")
NUMBER, BORN = "46858160", date(1947, 7, 4)
PERSONAL = [
    "+351210000001",
    "+351210000002",
    NUMBER,
    "1947-07-04",
    "my widow's pension",
    "31240",
    "disability",
    "distress",
]


def _fill(database: Database, clock: SetClock) -> str:
    log = CallLog(database, clock)
    log.arrive(CALL, "+351210000001", "+351800000000")
    log.keep(
        CALL, '{"customer_number": "46858160"}', [("caller_spoke", {"text": "my widow's pension", "amount": "31240"})]
    )
    log.set_next_step(CALL, "staff", "distress")
    token = StreamTokens(database, clock).issue(CALL)
    log.remember(CALL, "arrive", f"<Parameter value='{token}'/>")
    drafts = Drafts(database, clock)
    draft = drafts.open("disability", log.calling_hash("+351210000001"), "CA0001.1")
    drafts.change(draft.reference, {"birth_date": "1947-07-04"}, ["birth_date"])
    call_backs = CallBacks(database, clock)
    call_backs.propose(CALL, "+351210000002")
    call_backs.promise(CALL, "+351210000002", "morning", "distress")
    counters = IdentityCounters(database, clock, Ages().identity, Ages().identity)
    counters.attempt(NUMBER, log.calling_hash("+351210000001"), lambda *tallies: None)
    counters.ask_letter(NUMBER, BORN, Ages().identity)
    Outbox(database, clock).put("pin_letter", "k", {"customer_number": NUMBER, "birth_date": "1947-07-04"})
    return token


def test_no_file_of_the_database_holds_a_personal_value(tmp_path: Path, clock: SetClock) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/store.db")
    upgrade(engine)
    token = _fill(Database(engine, Keyring.parse(Keyring.generate())), clock)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert any(CALL.encode() in content for content in files.values()), "the values would be found if they were there"
    for name, content in files.items():
        found = [value for value in [*PERSONAL, token] if value.encode() in content]
        assert found == [], name
    engine.dispose()


def test_another_key_opens_nothing(database: Database, clock: SetClock) -> None:
    _fill(database, clock)
    thief = Database(database.engine, Keyring.parse(Keyring.generate()))
    for read in (
        lambda: CallLog(thief, clock).state(CALL),
        lambda: CallLog(thief, clock).next_step(CALL),
        lambda: CallLog(thief, clock).find(CALL),
        lambda: CallLog(thief, clock).remembered(CALL, "arrive"),
        lambda: Journal(thief, clock).timeline(CALL),
        lambda: CallBacks(thief, clock).waiting(),
        lambda: CallBacks(thief, clock).proposed(CALL),
        lambda: Outbox(thief, clock).take(Ages().identity),
    ):
        with pytest.raises(StoreFailed, match="changed or moved"):
            read()


def test_errors_of_the_database_hold_no_values(tmp_path: Path, clock: SetClock) -> None:
    empty = Database(open_engine(f"sqlite:///{tmp_path}/store.db"), Keyring.parse(Keyring.generate()))
    with pytest.raises(StoreFailed) as failure:
        CallLog(empty, clock).arrive(CALL, "+351210000001", "+351800000000")
    assert str(failure.value) == "the store cannot be used (OperationalError)"
    empty.close()
