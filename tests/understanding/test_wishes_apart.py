"""Tests of sentences with several wishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.understanding.wishes_apart import PARTS_AT_MOST, wishes_apart
from ivr.understanding.word_files import load_words
from ivr.vocabulary import Language

JOINS = load_words(Path(__file__).parents[2] / "dialogues" / "words")[Language("en")].joins


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("when is my payment and i also need a letter", ("when is my payment", "need a letter")),
        ("when is my payment and where is your office", ("when is my payment", "where is your office")),
        ("my claim then an appointment please", ("my claim", "an appointment please")),
        ("one moment, and also, i want a letter", ("one moment,", "i want a letter")),
        ("when does my money come", ()),
        ("me and you", ()),
        ("and when does my money come", ()),
        ("", ()),
    ],
)
def test_a_sentence_is_taken_apart_at_its_joining_words(said: str, parts: tuple[str, ...]) -> None:
    assert wishes_apart(said, JOINS) == parts


def test_a_long_story_has_few_parts() -> None:
    assert len(wishes_apart("i was there and " * 2_000, JOINS)) == PARTS_AT_MOST
