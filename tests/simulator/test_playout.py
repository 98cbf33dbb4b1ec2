"""The carrier's queue of sound and marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ivr.simulator.g711 import SILENCE
from ivr.simulator.playout import PlayOut


def test_a_mark_on_an_empty_queue_comes_back_at_once() -> None:
    assert PlayOut().mark("a") == ["a"]


def test_a_mark_comes_back_with_the_frame_that_holds_its_last_byte() -> None:
    queue = PlayOut()
    queue.push(b"\x01" * 161)
    assert queue.mark("a") == []
    assert queue.take() == (b"\x01" * 160, [])
    assert queue.take() == (b"\x01" + SILENCE[1:], ["a"])


def test_what_runs_dry_is_silence() -> None:
    queue = PlayOut()
    queue.push(b"\x01" * 10)
    assert queue.take()[0] == b"\x01" * 10 + SILENCE[10:]
    assert queue.take()[0] == SILENCE


def test_clear_brings_back_all_marks_in_order_and_drops_the_sound() -> None:
    queue = PlayOut()
    for name in "abc":
        queue.push(b"\x01" * 800)
        queue.mark(name)
    assert queue.clear() == ["a", "b", "c"]
    assert (queue.waiting, queue.open_marks) == (0, ())
    assert queue.take() == (SILENCE, [])


def test_sound_after_a_clear_plays_normally() -> None:
    queue = PlayOut()
    queue.push(b"\x01" * 800)
    queue.clear()
    queue.push(b"\x02" * 160)
    assert queue.mark("a") == []
    assert queue.take() == (b"\x02" * 160, ["a"])


@given(st.lists(st.one_of(st.binary(max_size=700), st.just("mark"), st.just("take")), max_size=40))
def test_pieces_join_without_a_seam_and_each_mark_comes_back_once(orders: list[bytes | str]) -> None:
    queue, pushed, played, set_marks, returned = PlayOut(), b"", b"", 0, []
    for order in orders:
        if isinstance(order, bytes):
            queue.push(order)
            pushed += order
        elif order == "mark":
            returned += queue.mark(str(set_marks))
            set_marks += 1
        else:
            before = queue.waiting
            frame, marks = queue.take()
            played += frame[: min(160, before)]
            returned += marks
    while queue.waiting:
        before = queue.waiting
        frame, marks = queue.take()
        played += frame[: min(160, before)]
        returned += marks
    assert played == pushed
    assert returned == [str(number) for number in range(set_marks)]
