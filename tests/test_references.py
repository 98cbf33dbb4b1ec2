"""Tests of the check digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.references import is_reference, with_check_digit

NUMBERS = st.integers(0, 999_999)


def test_the_published_example_of_damm_has_the_check_digit_four() -> None:
    assert with_check_digit(572) == "0005724"


@given(NUMBERS)
def test_a_reference_is_seven_digits_and_fits(number: int) -> None:
    assert is_reference(with_check_digit(number))


@given(NUMBERS, st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, change: int) -> None:
    reference = with_check_digit(number)
    wrong = str((int(reference[place]) + change) % 10)
    assert not is_reference(reference[:place] + wrong + reference[place + 1 :])


@given(NUMBERS, st.integers(0, 5))
def test_two_swapped_neighbors_are_noticed(number: int, place: int) -> None:
    reference = with_check_digit(number)
    first, second = reference[place], reference[place + 1]
    swapped = reference[:place] + second + first + reference[place + 2 :]
    assert is_reference(swapped) == (first == second)


@given(st.text(max_size=9))
def test_any_other_text_is_refused_and_never_raises(text: str) -> None:
    assert isinstance(is_reference(text), bool)


@pytest.mark.parametrize("text", ["", "000572", "00057240", "000572a", "٠٠٠٥٧٢٤", "-005724"])
def test_what_is_not_seven_plain_digits_is_no_reference(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_a_number_of_more_than_six_digits_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 999999"):
        with_check_digit(number)
