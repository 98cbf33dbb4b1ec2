"""Values as words: what a caller hears of dates, money, digits and hours."""

import re
from datetime import date, time
from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from ivr.conversation.said import (
    group_sizes,
    said_date,
    said_digits,
    said_hours,
    said_list,
    said_money,
    said_number,
    said_phone,
    said_reference,
    said_time,
)
from ivr.vocabulary import Language

EN = Language("en")
WORDS_ONLY = re.compile(r"[A-Za-z'\- ]+")
DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def read_digits(words: str) -> str:
    """The digits back from "four seven / one", for round trips."""
    return "".join(str(DIGIT_WORDS.index(word)) for word in words.replace("/", " ").split())


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (31240, "three hundred twelve euros forty"),
        (31200, "three hundred twelve euros"),
        (31205, "three hundred twelve euros and five cents"),
        (100, "one euro"),
        (101, "one euro and one cent"),
        (110, "one euro ten"),
        (200, "two euros"),
        (40, "forty cents"),
        (1, "one cent"),
        (0, "zero euros"),
        (-250, "minus two euros fifty"),
        (100_000_000, "one million euros"),
        (123456789, "one million two hundred thirty-four thousand five hundred sixty-seven euros eighty-nine"),
    ],
)
def test_money_is_said_with_its_currency_and_without_needless_words(minor: int, words: str) -> None:
    assert said_money(minor, "EUR", EN) == words


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (5000, "KRW", "five thousand South Korean won"),
        (1500, "TND", "one point five zero zero Tunisian dinars"),
        (1250, "CHF", "twelve point five zero Swiss francs"),
        (100, "CHF", "one Swiss franc"),
        (2501, "GBP", "twenty-five pounds and one penny"),
        (1299, "USD", "twelve dollars ninety-nine"),
    ],
)
def test_each_currency_has_its_own_minor_units(minor: int, currency: str, words: str) -> None:
    assert said_money(minor, currency, EN) == words


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_no_amount_leaves_a_digit_or_a_symbol(minor: int) -> None:
    assert WORDS_ONLY.fullmatch(said_money(minor, "EUR", EN))


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_two_amounts_never_sound_alike(one: int, other: int) -> None:
    assert (said_money(one, "EUR", EN) == said_money(other, "EUR", EN)) == (one == other)


def test_a_payment_date_has_weekday_day_and_month_and_no_year() -> None:
    assert said_date(date(2025, 12, 3), EN) == "Wednesday the third of December"
    assert said_date(date(2026, 1, 31), EN) == "Saturday the thirty-first of January"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(1958, 5, 3), "the third of May nineteen fifty-eight"),
        (date(1905, 12, 21), "the twenty-first of December nineteen oh five"),
        (date(1900, 1, 1), "the first of January nineteen hundred"),
        (date(2000, 2, 29), "the twenty-ninth of February two thousand"),
        (date(2009, 8, 12), "the twelfth of August two thousand nine"),
        (date(2011, 8, 12), "the twelfth of August twenty eleven"),
    ],
)
def test_a_birth_date_has_its_year_and_no_weekday(day: date, words: str) -> None:
    assert said_date(day, EN, with_year=True) == words


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_date_names_its_weekday_and_month(day: date) -> None:
    words = said_date(day, EN)
    assert WORDS_ONLY.fullmatch(words)
    assert words.startswith(format_date(day, "EEEE", locale="en"))
    assert words.endswith(format_date(day, "MMMM", locale="en"))
    assert num2words(day.day, to="ordinal") in words


@given(st.text("0123456789", max_size=24))
def test_digits_come_back_and_stand_in_groups_of_two_to_four(digits: str) -> None:
    words = said_digits(digits, EN)
    assert read_digits(words) == digits
    if len(digits) > 1:
        assert all(2 <= len(group.split()) <= 4 for group in words.split(" / "))


@given(st.integers(min_value=2, max_value=60))
def test_group_sizes_add_up(length: int) -> None:
    sizes = group_sizes(length)
    assert sum(sizes) == length
    assert set(sizes) <= {2, 3, 4}


def test_a_reference_is_a_group_of_three_and_one_of_four() -> None:
    assert said_reference("4711080", EN) == "four seven one / one zero eight zero"


def test_digits_follow_the_groups_that_are_asked_for() -> None:
    assert said_digits("471108", EN) == "four seven one / one zero eight"
    assert said_digits("47-11 08", EN, sizes=(2, 2, 2)) == "four seven / one one / zero eight"
    with pytest.raises(ValueError, match="do not hold 6 digits"):
        said_digits("471108", EN, sizes=(3, 4))


@pytest.mark.parametrize(
    ("phone_number", "region", "words"),
    [
        ("+351912345678", "PT", "nine one two / three four five / six seven eight"),
        ("912345678", "PT", "nine one two / three four five / six seven eight"),
        ("+16135550198", "PT", "plus one / six one three / five five five / zero one nine eight"),
        ("+442079460958", "PT", "plus four four / two zero / seven nine four six / zero nine five eight"),
        ("12", "PT", "one two"),
        ("", "PT", ""),
    ],
)
def test_a_phone_number_is_said_as_its_country_writes_it(phone_number: str, region: str, words: str) -> None:
    assert said_phone(phone_number, EN, region) == words


@given(st.text("0123456789+ -()", max_size=20), st.sampled_from(["", "PT", "US", "FR", "KR"]))
def test_no_phone_number_raises_or_leaves_a_lone_digit_between_pauses(phone_number: str, region: str) -> None:
    groups = said_phone(phone_number, EN, region).split(" / ")
    assert all(len(group.split()) >= 2 for group in groups if len(groups) > 1)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(0, 0), "midnight"),
        (time(0, 30), "twelve thirty in the morning"),
        (time(9, 0), "nine o'clock in the morning"),
        (time(9, 5), "nine oh five in the morning"),
        (time(12, 0), "twelve noon"),
        (time(12, 15), "twelve fifteen in the afternoon"),
        (time(17, 30), "five thirty in the afternoon"),
        (time(18, 0), "six o'clock in the evening"),
    ],
)
def test_hours_are_said_with_their_part_of_the_day(moment: time, words: str) -> None:
    assert said_time(moment, EN) == words


def test_opening_hours_name_both_ends() -> None:
    expected = "from nine o'clock in the morning to five thirty in the afternoon"
    assert said_hours(time(9), time(17, 30), EN) == expected


@given(st.times(), st.times())
def test_two_minutes_of_a_day_never_sound_alike(one: time, other: time) -> None:
    alike = said_time(one, EN) == said_time(other, EN)
    assert alike == ((one.hour, one.minute) == (other.hour, other.minute))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (1101, "one thousand one hundred one"),
        (-7, "minus seven"),
        (Decimal("2.5"), "two point five"),
        (Decimal("-0.25"), "minus zero point two five"),
    ],
)
def test_numbers_have_no_and_and_no_comma(number: int | Decimal, words: str) -> None:
    assert said_number(number, EN) == words


def test_a_list_has_one_and_before_its_last_item() -> None:
    assert said_list(["your card", "a pay slip", "a letter"], EN) == "your card, a pay slip and a letter"
    assert said_list(["your card", "a letter"], EN) == "your card and a letter"
    assert said_list(["your card"], EN) == "your card"
    assert said_list([], EN) == ""


def test_a_language_without_a_table_is_refused_and_not_guessed() -> None:
    with pytest.raises(KeyError):
        said_number(3, Language("fi"))
