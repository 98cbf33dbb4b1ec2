"""Tests of hints by calling number."""

from __future__ import annotations

import pytest

from ivr.store.caller_hints import CallerHint, CallerHints
from ivr.store.database import Database
from tests.store.clock import SetClock


@pytest.fixture
def hints(database: Database, clock: SetClock) -> CallerHints:
    return CallerHints(database, clock)


def test_the_hint_kept_last_is_given_to_the_next_call(hints: CallerHints) -> None:
    assert hints.hint("ruth") == CallerHint()
    hints.remember("ruth", CallerHint("en", "slow"))
    hints.remember("ruth", CallerHint("es", ""))
    assert hints.hint("ruth") == CallerHint("es", "")
    assert hints.hint("thomas") == CallerHint()


def test_withheld_numbers_share_no_hint(hints: CallerHints) -> None:
    hints.remember("", CallerHint("es", "slow"))
    assert hints.hint("") == CallerHint()
