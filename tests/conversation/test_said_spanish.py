"""Values as words in Spanish: what a caller hears of dates, money, digits and hours."""

import re
from datetime import date, time
from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from ivr.conversation.said import (
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
from ivr.conversation.said_spanish import counted
from ivr.vocabulary import Language

ES = Language("es")
WORDS_ONLY = re.compile(r"[a-záéíóúñü ]+")
DIGIT_WORDS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (31240, "trescientos doce euros con cuarenta céntimos"),
        (31200, "trescientos doce euros"),
        (31205, "trescientos doce euros con cinco céntimos"),
        (100, "un euro"),
        (101, "un euro con un céntimo"),
        (2121, "veintiún euros con veintiún céntimos"),
        (3131, "treinta y un euros con treinta y un céntimos"),
        (10100, "ciento un euros"),
        (2_100_000, "veintiún mil euros"),
        (40, "cuarenta céntimos"),
        (1, "un céntimo"),
        (0, "cero euros"),
        (-250, "menos dos euros con cincuenta céntimos"),
        (100_000_000, "un millón de euros"),
        (200_000_000, "dos millones de euros"),
        (100_000_100, "un millón un euros"),
    ],
)
def test_money_agrees_with_its_noun(minor: int, words: str) -> None:
    assert said_money(minor, "EUR", ES) == words


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (20000, "GBP", "doscientas libras"),
        (50100, "GBP", "quinientas una libras"),
        (2501, "GBP", "veinticinco libras con un penique"),
        (100, "GBP", "una libra"),
        (1299, "USD", "doce dólares con noventa y nueve centavos"),
        (2100, "CHF", "veintiún francos suizos"),
        (1250, "CHF", "doce coma cinco cero francos suizos"),
        (20000, "SEK", "doscientas coronas suecas"),
    ],
)
def test_other_currencies_have_their_gender_and_units(minor: int, currency: str, words: str) -> None:
    assert said_money(minor, currency, ES) == words


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_no_amount_leaves_a_digit_or_a_symbol(minor: int) -> None:
    assert WORDS_ONLY.fullmatch(said_money(minor, "EUR", ES))


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_two_amounts_never_sound_alike(one: int, other: int) -> None:
    assert (said_money(one, "EUR", ES) == said_money(other, "EUR", ES)) == (one == other)


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["euros", "libras"]))
def test_no_number_before_a_noun_keeps_its_bare_one_or_the_other_gender(number: int, noun: str) -> None:
    words = counted(number, noun)
    assert not re.search(r"uno (?:de )?\w+$", words)
    if noun == "libras" and number < 1_000_000:
        assert "cientos" not in words


def test_a_payment_date_has_weekday_day_and_month_and_no_year() -> None:
    assert said_date(date(2025, 12, 3), ES) == "miércoles tres de diciembre"
    assert said_date(date(2026, 1, 1), ES) == "jueves primero de enero"
    assert said_date(date(2026, 1, 31), ES) == "sábado treinta y uno de enero"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(1958, 5, 3), "tres de mayo de mil novecientos cincuenta y ocho"),
        (date(1900, 1, 1), "primero de enero de mil novecientos"),
        (date(2000, 2, 29), "veintinueve de febrero de dos mil"),
        (date(2021, 8, 21), "veintiuno de agosto de dos mil veintiuno"),
    ],
)
def test_a_birth_date_has_its_year_and_no_weekday(day: date, words: str) -> None:
    assert said_date(day, ES, with_year=True) == words


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_date_names_its_weekday_and_month(day: date) -> None:
    words = said_date(day, ES)
    assert WORDS_ONLY.fullmatch(words)
    assert words.startswith(format_date(day, "EEEE", locale="es"))
    assert words.endswith(format_date(day, "MMMM", locale="es"))


@given(st.text("0123456789", max_size=24))
def test_digits_come_back_and_stand_in_groups_of_two_to_four(digits: str) -> None:
    words = said_digits(digits, ES)
    assert "".join(str(DIGIT_WORDS.index(word)) for word in words.replace("/", " ").split()) == digits
    if len(digits) > 1:
        assert all(2 <= len(group.split()) <= 4 for group in words.split(" / "))


def test_references_and_phone_numbers_are_said_in_groups() -> None:
    assert said_reference("4711080", ES) == "cuatro siete uno / uno cero ocho cero"
    assert said_phone("+351912345678", ES, "PT") == "nueve uno dos / tres cuatro cinco / seis siete ocho"
    assert said_phone("+442079460000", ES, "PT").startswith("más cuatro cuatro / ")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(0, 0), "las doce de la noche"),
        (time(1, 0), "la una de la madrugada"),
        (time(8, 0), "las ocho de la mañana"),
        (time(9, 5), "las nueve y cinco de la mañana"),
        (time(10, 15), "las diez y cuarto de la mañana"),
        (time(12, 0), "las doce del mediodía"),
        (time(13, 0), "la una de la tarde"),
        (time(17, 30), "las cinco y media de la tarde"),
        (time(21, 0), "las nueve de la noche"),
    ],
)
def test_hours_have_their_article_and_part_of_the_day(moment: time, words: str) -> None:
    assert said_time(moment, ES) == words


def test_opening_hours_name_both_ends() -> None:
    assert said_hours(time(9), time(17, 30), ES) == "de las nueve de la mañana a las cinco y media de la tarde"


@given(st.times(), st.times())
def test_two_minutes_of_a_day_never_sound_alike(one: time, other: time) -> None:
    alike = said_time(one, ES) == said_time(other, ES)
    assert alike == ((one.hour, one.minute) == (other.hour, other.minute))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "cero"),
        (21, "veintiuno"),
        (1101, "mil ciento uno"),
        (-7, "menos siete"),
        (Decimal("2.5"), "dos coma cinco"),
    ],
)
def test_a_number_alone_is_said_in_full(number: int | Decimal, words: str) -> None:
    assert said_number(number, ES) == words


def test_a_list_has_y_before_its_last_item() -> None:
    assert said_list(["su carné", "una nómina", "una carta"], ES) == "su carné, una nómina y una carta"
