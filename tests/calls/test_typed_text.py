"""Figures as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.calls.typed_text import canonical_figures, plain_words
from ivr.vocabulary import Expected, Kind, Language


@pytest.mark.parametrize(
    ("kind", "typed", "keyed"),
    [
        (Kind.DATE, "3.5.1958", "03051958"),
        (Kind.DATE, "03/05/1958", "03051958"),
        (Kind.DATE, "3 - 5 - 1958", "03051958"),
        (Kind.DATE, "1958-05-03", "03051958"),
        (Kind.DATE, "03051958", ""),
        (Kind.DATE, "the third of May", ""),
        (Kind.DIGITS, "4711 0815", "47110815"),
        (Kind.DIGITS, "+351 912 345 678", "351912345678"),
        (Kind.DIGITS, "my number is 4711", ""),
        (Kind.PIN, "434 835", "434835"),
        (Kind.AMOUNT, "€ 1,250", "1250"),
        (Kind.AMOUNT, "1.250 euros", "1250"),
        (Kind.AMOUNT, "1250.00", "1250"),
        (Kind.AMOUNT, "12.5", ""),
        (Kind.OPEN, "3.5.1958", ""),
        (Kind.YES_NO, "1 2", ""),
    ],
)
def test_figures_become_keys(kind: Kind, typed: str, keyed: str) -> None:
    assert canonical_figures(typed, Expected(kind, Language("en"))) == keyed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("When's my money?!", "when's my money"),
        ("¿Cuándo llega?", "cuándo llega"),
        ("/restart", "restart"),
        ("연금 언제?", "연금 언제"),
        ("old-age", "old-age"),
    ],
)
def test_words_are_kept_and_signs_are_not(typed: str, words: str) -> None:
    assert plain_words(typed) == words


@given(st.text(max_size=600))
def test_no_text_keeps_a_sign_that_commands(typed: str) -> None:
    words = plain_words(typed)
    assert not set(words) & set('/{}<>[]\\"`$;|&\n\t')
    assert words == " ".join(words.split())
