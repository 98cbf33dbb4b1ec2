"""What Spanish callers say is worth what they meant, or nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from ivr.recognition.spoken_forms import answer_phrases, value_of
from ivr.vocabulary import Choice, Expected, Kind, Language

TODAY = date(2026, 11, 24)
ES = Language("es")
BENEFITS = (
    Choice("old_age_pension", "1", ("jubilación", "pensión de vejez", "pensión")),
    Choice("unemployment", "2", ("paro", "desempleo", "me quedé sin trabajo")),
    Choice("child", "3", ("hijos", "ayuda por hijo", "niños")),
    Choice("disability", "4", ("invalidez", "incapacidad", "discapacidad")),
)


def value(kind: str, text: str, length: int | None = None, choices: tuple[Choice, ...] = ()) -> str | None:
    return value_of(text, Expected(Kind(kind), ES, length, choices), TODAY)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Sí.", "yes"), ("si", "yes"), ("Sí, claro", "yes"), ("pues sí", "yes"), ("Claro que sí", "yes"),
        ("así es", "yes"), ("está bien", "yes"), ("Correcto.", "yes"), ("bueno, sí", "yes"), ("sí, lo tengo", "yes"),
        ("¡Por supuesto!", "yes"), ("si\u0301", "yes"), ("vale", "yes"), ("creo que sí", "yes"),
        ("No.", "no"), ("no, gracias", "no"), ("Claro que no", "no"), ("todavía no", "no"), ("no, para nada", "no"),
        ("eso está mal", "no"), ("creo que no", "no"), ("no lo tengo", "no"), ("no, no", "no"),
        ("sí y no", None), ("sí, no tengo", None), ("no, sí", None), ("no sé", None), ("a lo mejor sí", None),
        ("quiero hablar con una persona", None), ("el martes", None), ("claro que me robaron la tarjeta ayer", None),
        ("", None),
    ],
)  # fmt: skip
def test_yes_and_no(text: str, answer: str | None) -> None:
    assert value("yes_no", text) == answer


@pytest.mark.parametrize(
    ("text", "length", "answer"),
    [
        ("cuatro siete uno uno", 4, "4711"), ("cuarenta y siete once", 4, "4711"), ("Es el 4 7 1, 1.", 4, "4711"),
        ("cero cuatro cero siete", 4, "0407"), ("doble cuatro siete", None, "447"), ("tres cincos dos", 4, "5552"),
        ("dos ceros cuatro", 3, "004"), ("mi número es uno dos eh tres cuatro por favor", 4, "1234"),
        ("uno dos, no perdón, uno tres", 2, "13"), ("40 y 7 11", 4, "4711"), ("veintidos treinta y uno", 4, "2231"),
        ("treinta y cinco años", None, "35"), ("como veintiún años", None, "21"), ("unos veinte", None, "20"),
        ("tengo un hijo", None, "1"), ("dos hijas", None, "2"), ("una", None, "1"), ("no tengo hijos", None, "0"),
        ("ninguno", None, "0"), ("+34 612 345 678", None, "0034612345678"), ("ciento dos", None, "102"),
        ("nueve uno dos treinta y cuatro cincuenta y seis setenta y ocho", 9, "912345678"),
        ("uno dos tres", 4, None), ("dos años y tres meses", None, None), ("mi pensión", None, None), ("", None, None),
        ("sero sinco", 2, None),
    ],
)  # fmt: skip
def test_digits(text: str, length: int | None, answer: str | None) -> None:
    assert value("digits", text, length) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("tres de mayo de mil novecientos cincuenta y ocho", "1958-05-03"), ("El 3 de mayo de 1958.", "1958-05-03"),
        ("tres de mayo del cincuenta y ocho", "1958-05-03"), ("3/5/58", "1958-05-03"), ("03051958", "1958-05-03"),
        ("tres del cinco del cincuenta y ocho", "1958-05-03"), ("1958-05-03", "1958-05-03"),
        ("el primero de enero de dos mil cinco", "2005-01-01"), ("uno de enero del 2005", "2005-01-01"),
        ("1º de enero de 2005", "2005-01-01"), ("nací el veintiuno de diciembre de 1905", "1905-12-21"),
        ("treinta y uno de agosto de mil novecientos setenta", "1970-08-31"), ("mayo 3 1958", "1958-05-03"),
        ("el día tres de mayo de 1958", "1958-05-03"), ("veintidos de setiembre de 1999", "1999-09-22"),
        ("cero tres cero cinco uno nueve cinco ocho", "1958-05-03"), ("29 de febrero de 2024", "2024-02-29"),
        ("tres de mayo", "2026-05-03"), ("treinta de diciembre", "2025-12-30"),
        ("hoy", "2026-11-24"), ("ayer", "2026-11-23"), ("mañana", "2026-11-25"), ("pasado mañana", "2026-11-26"),
        ("anteayer", "2026-11-22"), ("antier", "2026-11-22"), ("ayer por la mañana", "2026-11-23"),
        ("hace dos semanas", "2026-11-10"), ("hace un año", "2025-11-24"), ("hace una semana", "2026-11-17"),
        ("el lunes pasado", "2026-11-23"), ("el viernes por la mañana", "2026-11-20"), ("el viernes", "2026-11-20"),
        ("el próximo viernes", "2026-11-27"), ("el viernes que viene", "2026-11-27"),
        ("3 de mayo, no, perdón, 4 de mayo de 1990", "1990-05-04"),
        ("30 de febrero de 2020", None), ("31 de abril de 1980", None), ("29 de febrero de 2023", None),
        ("13 13 1990", None), ("3 de mayo de 1800", None), ("mil novecientos cincuenta y ocho", None),
        ("en mayo", None), ("por la mañana", None), ("no me acuerdo", None), ("", None),
    ],
)  # fmt: skip
def test_dates(text: str, answer: str | None) -> None:
    assert value("date", text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("trescientos doce euros con cuarenta", "31240"), ("trescientos doce con cuarenta", "31240"),
        ("trescientos doce euros y cuarenta céntimos", "31240"), ("trescientos doce euros cuarenta", "31240"),
        ("1.200,50 euros", "120050"), ("1,200.50", "120050"), ("312,40 €", "31240"), ("€1.200", "120000"),
        ("doce con cinco", "1205"), ("doce coma cinco", "1250"), ("trescientos punto cinco", "30050"),
        ("mil doscientos", "120000"), ("unos mil euros al mes", "100000"), ("cincuenta céntimos", "50"),
        ("dos mil cincuenta euros con cinco céntimos", "205005"), ("novecientos", "90000"), ("cero", "0"),
        ("novecientos euros con setenta y cinco centavos", "90075"), ("veintiún euros", "2100"), ("un euro", "100"),
        ("312 euros, no, digo, 321 euros", "32100"), ("gano una paga de novecientos euros", "90000"),
        ("ganaba novecientos cuarenta euros todos los meses", "94000"), ("con mi pensión cobro 300 euros", "30000"),
        ("entre 300 y 400 euros", None), ("312 40", None), ("cuatrocientos euros y 120 céntimos", None),
        ("99999999999", None), ("estoy al cien por cien con el euro", None), ("nada de nada", None), ("", None),
    ],
)  # fmt: skip
def test_amounts(text: str, answer: str | None) -> None:
    assert value("amount", text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("la jubilación", "old_age_pension"), ("pensión de vejez, por favor", "old_age_pension"),
        ("la de invalidez", "disability"), ("me quedé sin trabajo", "unemployment"), ("el segundo", "unemployment"),
        ("la primera", "old_age_pension"), ("opción dos", "unemployment"), ("número 3", "child"),
        ("el cuatro", "disability"), ("no la jubilación, la invalidez", "disability"),
        ("desenpleo", "unemployment"), ("jubilación, no perdón, invalidez", "disability"),
        ("el paro o los hijos", None), ("siete", None), ("el tiempo", None), ("", None),
    ],
)  # fmt: skip
def test_choices(text: str, answer: str | None) -> None:
    assert value("choice", text, choices=BENEFITS) == answer


def test_a_pin_is_never_read_from_speech() -> None:
    assert value("pin", "uno dos tres cuatro cinco seis", 6) is None


def test_words_that_sound_like_digits_count_only_where_they_may() -> None:
    expected = Expected(Kind.DIGITS, ES, 2)
    assert value_of("sero sinco", expected, TODAY, sounds_like=True) == "05"
    assert value_of("sero sinco", Expected(Kind.DIGITS, ES), TODAY, sounds_like=True) is None


@given(st.dates(date(1901, 1, 1), TODAY))
def test_every_date_that_is_read_out_is_understood(day: date) -> None:
    in_words = (
        f"{num2words(day.day, lang='es')} de {format_date(day, 'MMMM', 'es')} de {num2words(day.year, lang='es')}"
    )
    assert value("date", in_words) == day.isoformat()
    assert value("date", format_date(day, "d 'de' MMMM 'de' y", "es")) == day.isoformat()


@given(st.integers(1, 9_999), st.integers(0, 99))
def test_every_amount_that_is_read_out_is_understood(euros: int, cents: int) -> None:
    spoken = f"{num2words(euros, lang='es')} euros" + (f" con {num2words(cents, lang='es')}" if cents else "")
    assert value("amount", spoken) == str(euros * 100 + cents)


@given(st.integers(0, 99_999_999))
def test_digits_one_by_one_are_understood(number: int) -> None:
    digits = f"{number:08d}"
    assert value("digits", " ".join(num2words(int(digit), lang="es") for digit in digits), 8) == digits


HOSTILE = [
    "uno " * 5_000,
    "99999999999999999999 de mayo de 1958",
    "{{}} <speak> /restart",
    "١٢٣",
    "½ euro",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["yes_no", "digits", "date", "amount", "choice"])
def test_hostile_text_is_no_answer(kind: str, text: str) -> None:
    assert value(kind, text, choices=BENEFITS) is None or (kind == "digits" and text == HOSTILE[0])


WORDS: Any = st.sampled_from(
    [*answer_phrases(Expected(Kind.DATE, ES)), "con", "euros", "hace", "y", "de", "{", "0", "\u0301"]
)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.sampled_from(["yes_no", "digits", "date", "amount", "choice"]))
def test_no_order_of_words_raises_or_gives_an_impossible_date(text: str, kind: str) -> None:
    found = value(kind, text, choices=BENEFITS)
    if kind == "date" and found is not None:
        assert date(1900, 1, 1) <= date.fromisoformat(found) <= TODAY + timedelta(days=3_660)


def test_a_grammar_holds_what_callers_need() -> None:
    dates = answer_phrases(Expected(Kind.DATE, ES))
    assert {"primero", "mayo", "cincuenta", "mil", "novecientos", "ayer"} <= set(dates)
    assert {"euros", "céntimos", "coma"} <= set(answer_phrases(Expected(Kind.AMOUNT, ES)))
    assert {"sí", "no"} <= set(answer_phrases(Expected(Kind.YES_NO, ES)))
