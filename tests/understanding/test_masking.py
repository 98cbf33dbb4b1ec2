"""No number that identifies somebody leaves the line, however it is said."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.understanding.masking import HELD, MASK, masked, masked_value

DIGIT_WORDS = ("zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("my pin is 471108", f"my pin is {MASK}"),
        ("47 11 08 15", MASK),
        ("47-11 is it", f"{MASK} is it"),
        ("four seven one one", MASK),
        ("it's four seven um one one and thank you", f"it's {MASK} and thank you"),
        ("double four seven one please", f"{MASK} please"),
        ("forty seven eleven oh eight", MASK),
        ("born on the third of may nineteen forty-eight", f"born on the third of may {MASK}"),
        ("mi número es cuatro siete uno uno", f"mi número es {MASK}"),
        ("es el cuarenta y siete once gracias", f"es el {MASK} gracias"),
        ("nací en mil novecientos cincuenta y ocho", f"nací en {MASK}"),
        ("doble cero eh veintidos trece por favor", f"{MASK} por favor"),
        ("사 칠 일 일", MASK),
    ],
)
def test_a_long_number_is_masked(said: str, sent: str) -> None:
    assert masked(said) == sent


@pytest.mark.parametrize(
    "said",
    [
        "when is my next payment",
        "i have three children",
        "twenty five euros",
        "one of those",
        "press 1 2 3",
        "",
        "tengo dos hijos",
    ],
)
def test_short_numbers_and_words_stay(said: str) -> None:
    assert masked(said) == said


@given(st.lists(st.sampled_from(DIGIT_WORDS), min_size=4, max_size=12))
def test_four_or_more_spoken_digits_never_pass(digits: list[str]) -> None:
    assert masked(f"it is {' '.join(digits)} thanks") == f"it is {MASK} thanks"


@given(
    st.text(alphabet=string.digits + " -.", max_size=30), st.text(alphabet=string.ascii_lowercase + " ", max_size=20)
)
def test_no_four_written_digits_pass(number: str, words: str) -> None:
    kept = masked(f"{words} {number} {words}").replace(MASK, "")
    assert not any(len([c for c in word if c.isdigit()]) >= 4 for word in kept.split())


def test_masking_twice_changes_nothing() -> None:
    once = masked("customer number four seven one one oh eight one five, i think")
    assert masked(once) == once


@pytest.mark.parametrize(("value", "sent"), [("1948-05-03", HELD), ("held", "held"), ("yes", "yes"), ("12", "12")])
def test_a_slot_never_holds_a_long_number(value: str, sent: str) -> None:
    assert masked_value(value) == sent
