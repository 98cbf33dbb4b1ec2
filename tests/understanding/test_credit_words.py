"""Words for credit that runs out, from the real files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.understanding.shortcuts import Shortcuts
from ivr.understanding.word_files import load_words
from ivr.vocabulary import Expected, Kind, Language

SHORTCUTS = Shortcuts(load_words(Path(__file__).parents[2] / "dialogues" / "words"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "call me back free"),
        ("en", "please ring me back now for free"),
        ("en", "sorry my credit is almost gone"),
        ("en", "i have no credit"),
        ("en", "my phone is running out of credit"),
        ("en", "um i am out of minutes"),
        ("es", "llámeme gratis"),
        ("es", "se me acaba el saldo"),
        ("es", "no tengo saldo"),
        ("es", "por favor me quedo sin saldo"),
    ],
)
def test_they_are_understood_without_rasa(language: str, said: str) -> None:
    assert SHORTCUTS.find(said, Expected(Kind.OPEN, Language(language))) == "call_me_back_free"


@pytest.mark.parametrize(
    "said", ["call me back", "i want a call back", "i have no money", "is there a credit for children"]
)
def test_other_wishes_are_not_taken_for_it(said: str) -> None:
    assert SHORTCUTS.find(said, Expected(Kind.OPEN, Language("en"))) != "call_me_back_free"
