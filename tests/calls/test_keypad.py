"""One answer by keys: ends by length, by hash, or by a pause."""

from __future__ import annotations

import pytest

from ivr.calls.keypad import BETWEEN_DIGITS, Keypad
from ivr.conversation.events import CallEvent, DigitsEntered, DigitsSoFar, KeyPressed, PinEntered
from ivr.vocabulary import Expected, Kind, Language, Milliseconds, Secret

EN = Language("en")
TICK = Milliseconds(20)


def pressed(keypad: Keypad, keys: str) -> list[CallEvent | None]:
    return [keypad.press(key) for key in keys]


def expecting(kind: Kind, length: int | None = None) -> Keypad:
    keypad = Keypad()
    keypad.expect(Expected(kind, EN, length))
    return keypad


def test_outside_a_number_every_key_is_its_own_event() -> None:
    assert pressed(expecting(Kind.YES_NO), "1*#0") == [KeyPressed(key) for key in "1*#0"]


def test_a_number_ends_by_its_length() -> None:
    events = pressed(expecting(Kind.DIGITS, 3), "471")
    assert events == [DigitsSoFar("4"), DigitsSoFar("47"), DigitsEntered("471")]


def test_a_number_of_any_length_ends_by_hash() -> None:
    assert pressed(expecting(Kind.DIGITS), "41#")[-1] == DigitsEntered("41")


def test_a_number_ends_by_a_pause_of_five_seconds() -> None:
    keypad = expecting(Kind.DIGITS, 8)
    keypad.press("4")
    waits = [keypad.wait(TICK) for _ in range(BETWEEN_DIGITS // TICK)]
    assert waits[-1] == DigitsEntered("4")
    assert set(waits[:-1]) == {None}


def test_each_key_begins_the_pause_anew() -> None:
    keypad = expecting(Kind.DIGITS, 8)
    keypad.press("4")
    assert keypad.wait(Milliseconds(4_900)) is None
    keypad.press("7")
    assert keypad.wait(Milliseconds(4_900)) is None


def test_a_pin_is_a_secret_and_never_told_while_it_is_keyed() -> None:
    events = pressed(expecting(Kind.PIN, 6), "434835")
    assert events[:-1] == [DigitsSoFar("")] * 5
    assert events[-1] == PinEntered(Secret("434835"))
    assert "434835" not in repr(events)


@pytest.mark.parametrize("late", [0, 2_900])
def test_hash_behind_a_complete_number_means_nothing(late: int) -> None:
    keypad = expecting(Kind.PIN, 6)
    pressed(keypad, "434835")
    keypad.expect(Expected(Kind.YES_NO, EN))
    keypad.wait(Milliseconds(late))
    assert keypad.press("#") is None
    assert keypad.press("#") == KeyPressed("#"), "a second one is the wish for slower speech"


def test_hash_long_after_a_number_is_a_wish() -> None:
    keypad = expecting(Kind.PIN, 6)
    pressed(keypad, "434835")
    keypad.expect(Expected(Kind.YES_NO, EN))
    keypad.wait(Milliseconds(3_100))
    assert keypad.press("#") == KeyPressed("#")


def test_star_clears_what_was_keyed() -> None:
    keypad = expecting(Kind.DIGITS, 3)
    assert pressed(keypad, "47*123") == [
        DigitsSoFar("4"), DigitsSoFar("47"), KeyPressed("*"), DigitsSoFar("1"), DigitsSoFar("12"), DigitsEntered("123"),
    ]  # fmt: skip


def test_another_process_goes_on_with_what_was_keyed() -> None:
    keypad = Keypad()
    keypad.expect(Expected(Kind.DIGITS, EN, 3), keyed="47")
    assert keypad.press("1") == DigitsEntered("471")


def test_a_shaking_hand_presses_once_and_a_number_with_a_double_digit_is_still_keyed() -> None:
    keypad = Keypad()
    keypad.counts_once = True
    keypad.expect(Expected(Kind.DIGITS, Language("en"), 3))
    pressed = [keypad.press(key, at) for key, at in (("4", 0), ("4", 150), ("4", 900), ("7", 1_000))]
    assert pressed == [DigitsSoFar("4"), None, DigitsSoFar("44"), DigitsEntered("447")]


def test_quick_keys_count_each_where_nobody_asked_for_more() -> None:
    keypad = Keypad()
    keypad.expect(Expected(Kind.DIGITS, Language("en"), 2))
    assert [keypad.press("4", 0), keypad.press("4", 100)] == [DigitsSoFar("4"), DigitsEntered("44")]
