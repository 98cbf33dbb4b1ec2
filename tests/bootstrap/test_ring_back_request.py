"""Who may be rung back because credit ran out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ivr.bootstrap.carrier_side import KeptRingBacks
from ivr.bootstrap.requests.ring_back import REQUESTS
from ivr.bootstrap.stores import Stores, open_stores
from ivr.conversation.decisions import Request
from ivr.settings import load_settings
from ivr.store.schema import upgrade
from ivr.task_records import RingBackAsked
from ivr.vocabulary import CallId, PersonRef

ROOT = Path(__file__).parents[2]
ASKED = Request("ring_back.ask", (), PersonRef(""), "0.1")
COSTLY, ABROAD, SHARED = "+351760000001", "+34910000001", "+351808000000"
WITHHELD = "+266696687"


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    stores = open_stores(load_settings(ROOT, {"OPENLINE_VAR": str(tmp_path)}))
    upgrade(stores.database.engine)
    yield stores
    stores.database.close()


def ask(stores: Stores, call: str, caller: str = "+351910000001", has_way_out: bool = True) -> bool:
    stores.calls.arrive(CallId(call), caller, "")
    services: Any = SimpleNamespace(stores=stores, texts_out=has_way_out, region="PT")
    record = REQUESTS["ring_back.ask"](services, CallId(call), ASKED)
    assert isinstance(record, RingBackAsked)
    return record.is_coming


def test_the_calling_number_is_rung_once(stores: Stores) -> None:
    assert [ask(stores, "CA1"), ask(stores, "CA1"), ask(stores, "CA2")] == [True, True, False]
    assert stores.ring_backs.state(CallId("CA1")) == "waiting"
    assert stores.ring_backs.state(CallId("CA2")) == ""


@pytest.mark.parametrize("caller", ["anonymous", "", WITHHELD, COSTLY, ABROAD, SHARED])
def test_nobody_to_ring_is_no_promise(stores: Stores, caller: str) -> None:
    assert not ask(stores, "CA1", caller)


def test_a_line_that_cannot_call_promises_nothing(stores: Stores) -> None:
    assert not ask(stores, "CA1", has_way_out=False)


def test_who_asked_for_no_calls_gets_none_also_by_ringing(stores: Stores) -> None:
    number = "+351910000001"
    stores.calls.arrive(CallId("CA1"), number, "")
    from_hash = stores.calls.calling_hash(number)
    stores.rights.ask("no_calls", CallId("CA1"), from_hash, "key")
    assert KeptRingBacks(stores).ask(CallId("CA2"), number, "missed_call") == "refused"
    assert stores.ring_backs.state(CallId("CA2")) == ""
