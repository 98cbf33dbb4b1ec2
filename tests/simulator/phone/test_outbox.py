"""What waits for the browser."""

from __future__ import annotations

from ivr.simulator.phone.outbox import Outbox


def test_messages_go_before_sound() -> None:
    box = Outbox()

    box.put_sound(b"one")
    box.put("caption")
    box.put_sound(b"two")

    assert [box.take() for _ in range(3)] == ["caption", b"one", b"two"]


def test_a_browser_that_does_not_read_loses_old_sound_and_no_message() -> None:
    box = Outbox()
    box.put("caption")

    for number in range(80):
        box.put_sound(bytes([number]))

    assert [box.take() for _ in range(51)] == ["caption", *(bytes([number]) for number in range(30, 80))]


def test_a_closed_box_hands_out_its_messages_and_then_nothing() -> None:
    box = Outbox()
    box.put_sound(b"late")
    box.put("the call has ended")

    box.close()

    assert box.take() == "the call has ended"
    assert box.take() is None
