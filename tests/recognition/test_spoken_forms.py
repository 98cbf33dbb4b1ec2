"""What callers say is worth what they meant, or nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from ivr.recognition.spoken_forms import LANGUAGES, answer_phrases, best_answer, value_of
from ivr.vocabulary import Choice, Expected, Hypothesis, Kind, Language

TODAY = date(2026, 11, 24)
EN = Language("en")
BENEFITS = (
    Choice("old_age_pension", "1", ("old age pension", "pension", "retirement")),
    Choice("unemployment", "2", ("unemployment", "unemployment benefit", "lost my job")),
    Choice("child", "3", ("child", "child benefit", "children")),
    Choice("disability", "4", ("disability", "disability pension", "sickness")),
)


def value(kind: str, text: str, length: int | None = None, choices: tuple[Choice, ...] = ()) -> str | None:
    return value_of(text, Expected(Kind(kind), EN, length, choices), TODAY)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes.", "yes"), ("Yes, I do.", "yes"), ("Yeah, that's right", "yes"), ("well yes of course", "yes"),
        ("okay", "yes"), ("mm-hm", "yes"), ("That's correct.", "yes"), ("it is", "yes"),
        ("No.", "no"), ("no, I haven't", "no"), ("not really", "no"), ("That’s not right", "no"), ("nope", "no"),
        ("of course not", "no"), ("I don't think so", "no"), ("Not yet.", "no"),
        ("think fine and had had had", None), ("right so my number was stolen", None),
        ("yes it was my own fault", "yes"),
        ("yes no", None), ("no that's right", None), ("I have no PIN", None), ("yes and no", None),
        ("I'm not sure", None), ("maybe", None), ("I want a person", None), ("know your customer", None), ("", None),
    ],
)  # fmt: skip
def test_yes_and_no(text: str, answer: str | None) -> None:
    assert value("yes_no", text) == answer


@pytest.mark.parametrize(
    ("text", "length", "answer"),
    [
        ("double four seven", None, "447"), ("double 47", 3, "447"), ("triple oh one", 4, "0001"),
        ("oh four nought seven", 4, "0407"), ("four hundred and two", 3, "402"), ("forty seven eleven", 4, "4711"),
        ("It's 4 7 1, 1.", 4, "4711"), ("4,711", 4, "4711"), ("47-11", 4, "4711"), ("nineteen oh five", 4, "1905"),
        ("my number is one two uh three four please", 4, "1234"), ("one two no sorry one three", 2, "13"),
        ("thirty-five years", None, "35"), ("about 3 thousand", None, "3000"), ("a hundred", None, "100"),
        ("none", None, "0"), ("I have two children", None, "2"), ("+351 912 345 678", None, "00351912345678"),
        ("for 26688999", 8, None), ("it's 26688999 for sure", 8, None), ("four two", 2, "42"),
        ("one two three", 4, None), ("two years and three months", None, None), ("my pension", None, None),
        ("for to ate won", 4, None), ("", None, None),
    ],
)  # fmt: skip
def test_digits(text: str, length: int | None, answer: str | None) -> None:
    assert value("digits", text, length) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("third of May nineteen fifty eight", "1958-05-03"), ("May 3rd, 1958.", "1958-05-03"),
        ("May the third, nineteen fifty-eight", "1958-05-03"), ("3 5 1958", "1958-05-03"), ("3/5/58", "1958-05-03"),
        ("03051958", "1958-05-03"), ("oh three oh five one nine five eight", "1958-05-03"),
        ("the third of the fifth fifty eight", "1958-05-03"), ("1958-05-03", "1958-05-03"),
        ("the twenty first of December nineteen oh five", "1905-12-21"),
        ("March second two thousand and five", "2005-03-02"),
        ("29 february 2024", "2024-02-29"), ("the 5th of may 24", "2024-05-05"), ("5 may 30", "1930-05-05"),
        ("May 3rd", "2026-05-03"), ("the thirtieth of December", "2025-12-30"),
        ("today", "2026-11-24"), ("tomorrow", "2026-11-25"), ("yesterday", "2026-11-23"),
        ("the day before yesterday", "2026-11-22"), ("two weeks ago", "2026-11-10"), ("a year ago", "2025-11-24"),
        ("last Monday", "2026-11-23"), ("on Friday", "2026-11-20"), ("next Friday", "2026-11-27"),
        ("it may be the third of may 2001", "2001-05-03"), ("3 may no sorry 4 may 1990", "1990-05-04"),
        ("30 february 2020", None), ("29 february 2023", None), ("13 13 1990", None), ("may 3 1800", None),
        ("nineteen fifty eight", None), ("in May", None), ("I can't remember", None), ("", None),
    ],
)  # fmt: skip
def test_dates(text: str, answer: str | None) -> None:
    assert value("date", text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("three hundred twelve euros forty", "31240"), ("three hundred and twelve euros and forty cents", "31240"),
        ("1,200.50", "120050"), ("1.200,50 euros", "120050"), ("€312.40", "31240"), ("€1,200", "120000"),
        ("twelve hundred", "120000"), ("about a thousand euros a month", "100000"), ("fifty cents", "50"),
        ("two thousand and fifty euros and five cents", "205005"), ("three hundred point five", "30050"),
        ("nine hundred", "90000"), ("312 euros, no, I mean 321 euros", "32100"), ("zero", "0"),
        ("my pay was nine hundred and forty euros every month", "94000"),
        ("I'm 100% for the euro", None), ("2001 turn with your own", None),
        ("between 300 and 400 euros", None), ("312 40", None), ("four hundred euros and 120 cents", None),
        ("99999999999", None), ("nothing to speak of", None), ("", None),
    ],
)  # fmt: skip
def test_amounts(text: str, answer: str | None) -> None:
    assert value("amount", text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("old age pension", "old_age_pension"), ("the disability pension please", "disability"),
        ("I lost my job", "unemployment"), ("the second one", "unemployment"), ("option two", "unemployment"),
        ("number 3", "child"), ("four", "disability"), ("press one", "old_age_pension"),
        ("not the pension, the disability", "disability"), ("unemploymend", "unemployment"),
        ("child, no sorry, disability", "disability"),
        ("pension or child", None), ("seven", None), ("the weather", None), ("not the pension", None), ("", None),
    ],
)  # fmt: skip
def test_choices(text: str, answer: str | None) -> None:
    assert value("choice", text, choices=BENEFITS) == answer


def test_a_pin_is_never_read_from_speech() -> None:
    assert value("pin", "one two three four five six", 6) is None


def test_words_that_sound_like_digits_count_only_where_the_length_is_known() -> None:
    heard = (Hypothesis("for to", 0.6), Hypothesis("for to ate", 0.4))
    assert best_answer(heard, Expected(Kind.DIGITS, EN, 3), TODAY) == (1, "428")
    assert best_answer(heard, Expected(Kind.DIGITS, EN), TODAY) == (0, None)


def test_the_first_hypothesis_of_the_expected_length_is_taken() -> None:
    heard = (Hypothesis("4 7 1", 0.5), Hypothesis("4 7 1 1", 0.3), Hypothesis("4 7 7 1", 0.2))
    assert best_answer(heard, Expected(Kind.DIGITS, EN, 4), TODAY) == (1, "4711")


def test_korean_yes_no_and_digits_are_known() -> None:
    korean = Language("ko")
    assert value_of("네", Expected(Kind.YES_NO, korean), TODAY) == "yes"
    assert value_of("아니요", Expected(Kind.YES_NO, korean), TODAY) == "no"
    assert value_of("사 칠 일 일", Expected(Kind.DIGITS, korean, 4), TODAY) == "4711"


def test_a_language_without_tables_has_no_values() -> None:
    assert value_of("oui", Expected(Kind.YES_NO, Language("fr")), TODAY) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_a_grammar_offers_for_yes_and_no_is_understood(language: str) -> None:
    expected = Expected(Kind.YES_NO, Language(language))
    assert {value_of(phrase, expected, TODAY) for phrase in answer_phrases(expected)} == {"yes", "no"}


@given(st.text(alphabet="0123456789", min_size=1, max_size=10))
def test_any_digits_are_understood_spelled_one_by_one(digits: str) -> None:
    spelled = " ".join(num2words(int(digit)) for digit in digits)
    assert value("digits", spelled, len(digits)) == digits
    assert value("digits", " ".join(digits), len(digits)) == digits


@given(st.integers(1, 999_999))
def test_any_number_is_understood_in_words(number: int) -> None:
    assert value("digits", num2words(number)) == str(number)


@given(st.integers(1, 999_999), st.integers(0, 99))
def test_any_amount_is_understood_in_words_and_in_figures(euros: int, cents: int) -> None:
    words = f"{num2words(euros)} euros" + (f" and {num2words(cents)} cents" if cents else "")
    assert value("amount", words) == str(euros * 100 + cents)
    assert value("amount", f"{euros:,}.{cents:02d}") == str(euros * 100 + cents)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_any_birth_date_is_understood_as_people_say_it(day: date) -> None:
    month = day.strftime("%B")
    ordinal = num2words(day.day, to="ordinal")
    spoken_year = num2words(day.year, to="year")
    assert value("date", f"the {ordinal} of {month} {spoken_year}") == day.isoformat()
    assert value("date", f"{month} {ordinal}, {day.year}") == day.isoformat()
    assert value("date", day.strftime("%d/%m/%Y")) == day.isoformat()
    assert value("date", day.strftime("%d%m%Y")) == day.isoformat()


@given(st.integers(0, 20_000))
def test_a_number_of_days_ago_is_so_many_days_ago(days: int) -> None:
    assert value("date", f"{days} days ago") == (TODAY - timedelta(days=days)).isoformat()


@given(st.text(max_size=60), st.sampled_from([kind for kind in Kind if kind is not Kind.PIN]))
def test_no_text_whatever_raises(text: str, kind: Kind) -> None:
    found = value_of(text, Expected(kind, EN, choices=BENEFITS), TODAY, sounds_like=True)
    assert found is None or kind not in (Kind.OPEN, Kind.ANY_KEY, Kind.NOTHING)
