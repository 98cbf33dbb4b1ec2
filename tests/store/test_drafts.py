"""Tests of drafts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from ivr.errors import StoreFailed
from ivr.references import is_reference
from ivr.store.database import Database
from ivr.store.drafts import Drafts
from tests.store.clock import START, SetClock

DAY = timedelta(days=1)


@pytest.fixture
def drafts(database: Database, clock: SetClock) -> Drafts:
    return Drafts(database, clock)


def test_a_draft_has_a_reference_before_the_first_answer(drafts: Drafts) -> None:
    draft = drafts.open("child", "hash", "CA1.1")
    assert is_reference(draft.reference)
    assert (draft.benefit, draft.answers, draft.asked, draft.state) == ("child", {}, (), "open")
    assert draft.opened == draft.changed == START


def test_the_same_key_brings_the_same_draft(drafts: Drafts) -> None:
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: drafts.open("child", "hash", "CA1.1").reference, range(12)))
    assert len(set(opened)) == 1
    assert drafts.open("child", "hash", "CA1.2").reference != opened[0]


def test_answers_come_back_in_their_order(drafts: Drafts, clock: SetClock) -> None:
    reference = drafts.open("disability", "hash", "CA1.1").reference
    clock.pass_by(DAY)
    changed = drafts.change(reference, {"ill_since": "2026-01-03", "birth_date": "1950-02-01"}, ["birth_date"])
    assert changed == drafts.find(reference)
    assert list(changed.answers.items()) == [("ill_since", "2026-01-03"), ("birth_date", "1950-02-01")]
    assert (changed.benefit, changed.asked, changed.changed) == ("disability", ("birth_date",), START + DAY)
    assert drafts.change(reference, {}).asked == ("birth_date",)


def test_the_number_that_called_finds_the_draft_it_changed_last(drafts: Drafts, clock: SetClock) -> None:
    first = drafts.open("child", "hash", "CA1.1")
    clock.pass_by(DAY)
    drafts.open("unemployment", "hash", "CA2.1")
    drafts.open("disability", "another", "CA3.1")
    clock.pass_by(DAY)
    drafts.change(first.reference, {"number_of_children": "2"})
    newest = drafts.newest("hash")
    assert newest is not None
    assert newest.reference == first.reference


def test_a_withheld_number_finds_nobodys_draft(drafts: Drafts) -> None:
    drafts.open("child", "", "CA1.1")
    assert drafts.newest("") is None


def test_a_draft_is_there_for_seven_days_after_its_last_change(drafts: Drafts, clock: SetClock) -> None:
    reference = drafts.open("child", "hash", "CA1.1").reference
    clock.pass_by(6 * DAY)
    drafts.change(reference, {"a": "b"})
    clock.pass_by(7 * DAY - timedelta(seconds=1))
    assert drafts.find(reference) is not None
    assert drafts.newest("hash") is not None
    clock.pass_by(timedelta(seconds=1))
    assert drafts.find(reference) is None
    assert drafts.newest("hash") is None
    with pytest.raises(StoreFailed, match="no open draft"):
        drafts.change(reference, {})


def test_a_closed_draft_is_found_no_more_and_closes_once(drafts: Drafts) -> None:
    reference = drafts.open("child", "hash", "CA1.1").reference
    assert drafts.close(reference)
    assert not drafts.close(reference)
    assert drafts.find(reference) is None
    with pytest.raises(StoreFailed, match="no open draft"):
        drafts.change(reference, {"too": "late"})


@pytest.mark.parametrize("reference", ["", "123456", "12345678", "'; DROP TABLE drafts; --"])
def test_an_unknown_reference_finds_nothing(drafts: Drafts, reference: str) -> None:
    drafts.open("child", "hash", "CA1.1")
    assert drafts.find(reference) is None
    assert not drafts.close(reference)
