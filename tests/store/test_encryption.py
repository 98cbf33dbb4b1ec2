"""Tests of sealed columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.errors import SettingsError, StoreFailed
from ivr.store.encryption import Keyring

OLD, NEW = Keyring.generate(), Keyring.generate()
KEYRING = Keyring.parse(OLD)


ANY_TEXT = st.text(st.characters())
"""Halves of surrogate pairs too: JSON can hold them."""


@given(ANY_TEXT, ANY_TEXT)
def test_what_was_sealed_opens_again_at_its_place(text: str, place: str) -> None:
    assert KEYRING.open(KEYRING.seal(text, place), place) == text


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert KEYRING.seal("4711", "here") != KEYRING.seal("4711", "here")


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = KEYRING.seal("4711", "calls.state:CA1")
    with pytest.raises(StoreFailed, match=r"calls\.state was changed or moved"):
        KEYRING.open(sealed, "calls.state:CA2")


@given(st.binary(max_size=80))
def test_any_other_bytes_are_refused(sealed: bytes) -> None:
    with pytest.raises(StoreFailed):
        KEYRING.open(sealed, "here")


@given(st.integers(min_value=0), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(KEYRING.seal("471108", "here"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(StoreFailed):
        KEYRING.open(bytes(sealed), "here")


def test_after_a_rotation_old_values_open_and_new_ones_need_the_new_key() -> None:
    rotated = Keyring.parse(f"2:{NEW}, 1:{OLD}")
    assert rotated.open(KEYRING.seal("from before", "here"), "here") == "from before"
    with pytest.raises(StoreFailed, match="store key 2"):
        KEYRING.open(rotated.seal("from now on", "here"), "here")


def test_a_rotation_keeps_the_fingerprints() -> None:
    rotated = Keyring.parse(f"2:{NEW},1:{OLD}")
    assert rotated.fingerprint("+351210000000", "caller") == KEYRING.fingerprint("+351210000000", "caller")


def test_a_fingerprint_depends_on_key_purpose_and_text() -> None:
    prints = {
        KEYRING.fingerprint("12345678", "citizen"),
        KEYRING.fingerprint("12345678", "caller"),
        KEYRING.fingerprint("12345679", "citizen"),
        Keyring.parse(NEW).fingerprint("12345678", "citizen"),
    }
    assert len(prints) == 4


@pytest.mark.parametrize(
    "setting",
    ["", " , ", "short", "1:", "x:" + OLD, OLD[:-4], f"0:{OLD}", f"70000:{OLD}"],
    # The keys are made anew in each process; names of tests must be the same in all of them.
    ids=["empty", "commas", "short", "no key", "no number", "cut short", "zero", "too high"],
)
def test_a_key_that_cannot_be_used_is_said_at_the_start_without_showing_it(setting: str) -> None:
    with pytest.raises(SettingsError) as failure:
        Keyring.parse(setting)
    assert OLD[:20] not in str(failure.value)
