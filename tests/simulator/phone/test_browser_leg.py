"""The caller's end between a browser that sends in bursts and a carrier that asks every 20 ms."""

from __future__ import annotations

from ivr.simulator.phone.browser_leg import SILENCE, BrowserLeg
from ivr.simulator.phone.outbox import Outbox


def frame(number: int) -> bytes:
    return bytes([number]) * 160


def leg() -> BrowserLeg:
    return BrowserLeg(Outbox(), played=lambda: None, over=lambda reason: None)


def test_a_silent_browser_is_heard_as_silence() -> None:
    assert leg().frame() == SILENCE


def test_sound_begins_once_three_frames_are_there_and_stays_in_order() -> None:
    caller = leg()

    caller.speak(frame(1) + frame(2))
    too_early = caller.frame()
    caller.speak(frame(3))

    assert too_early == SILENCE
    assert [caller.frame() for _ in range(4)] == [frame(1), frame(2), frame(3), SILENCE]


def test_after_a_gap_it_waits_for_three_frames_again() -> None:
    caller = leg()
    caller.speak(frame(1) + frame(2) + frame(3))
    for _ in range(4):
        caller.frame()

    caller.speak(frame(4))

    assert caller.frame() == SILENCE


def test_speech_that_came_late_and_all_at_once_is_heard_whole() -> None:
    caller = leg()

    caller.speak(b"".join(frame(number) for number in range(30)))

    assert [caller.frame() for _ in range(31)] == [*(frame(number) for number in range(30)), SILENCE]


def test_a_delay_is_caught_up_in_a_pause() -> None:
    caller = leg()

    caller.speak(frame(1) + SILENCE * 20 + frame(2))

    heard = [caller.frame() for _ in range(10)]
    assert heard == [frame(1), *[SILENCE] * 7, frame(2), SILENCE]


def test_a_delay_never_grows_beyond_what_the_leg_keeps() -> None:
    caller = leg()

    caller.speak(b"".join(frame(number) for number in range(60)))

    assert caller.frame() == frame(20)


def test_keys_are_handed_out_once_and_in_order() -> None:
    caller = leg()

    for key in "471*#":
        caller.press(key)

    assert caller.keys() == "471*#"
    assert caller.keys() == ""


def test_a_carrier_that_never_asks_for_keys_does_not_fill_memory() -> None:
    caller = leg()

    for _ in range(1_000):
        caller.press("1")

    assert len(caller.keys()) == 64


def test_the_handset_goes_down_once_and_for_all() -> None:
    caller = leg()
    before = caller.wants_to_hang_up()

    caller.hang_up()

    assert not before
    assert caller.wants_to_hang_up()


def test_what_the_line_plays_goes_to_the_browser_and_the_end_is_told() -> None:
    outbox, played, reasons = Outbox(), [], list[str]()
    caller = BrowserLeg(outbox, played=lambda: played.append(1), over=reasons.append)

    caller.hears(frame(7))
    caller.ended("line")

    assert outbox.take() == frame(7)
    assert len(played) == 1
    assert reasons == ["line"]
