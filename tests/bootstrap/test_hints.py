"""What a call leaves for the next one, as it is stored and read again."""

from __future__ import annotations

import pytest

from ivr.bootstrap.stores import read_hint, stored_hint
from ivr.conversation.events import Hint
from ivr.store.caller_hints import CallerHint


@pytest.mark.parametrize(
    "hint", [Hint(), Hint("es"), Hint("en", slow=True), Hint("ko", slow=True, louder_db=9.0, needs_time=True)]
)
def test_a_hint_is_read_as_it_was_kept(hint: Hint) -> None:
    assert read_hint(stored_hint(hint)) == hint


def test_ways_of_another_version_count_for_nothing() -> None:
    assert read_hint(CallerHint("es", "whispering louder_much slow")) == Hint("es", slow=True)
