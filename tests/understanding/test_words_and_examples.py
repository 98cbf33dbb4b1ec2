"""The universal words and the examples of the intents say the same, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from ivr.understanding.shortcuts import Shortcuts
from ivr.understanding.word_files import load_words
from ivr.vocabulary import Expected, Kind, Language

ROOT = Path(__file__).parents[2]
WORDS = load_words(ROOT / "dialogues" / "words")
SHORTCUTS = Shortcuts(WORDS)


def examples(intent_file: Path) -> list[str]:
    """What callers say for an intent, entity marks taken off."""
    blocks = yaml.safe_load(intent_file.read_text(encoding="utf-8"))["nlu"]
    lines = [line[2:] for block in blocks for line in block["examples"].splitlines()]
    return [re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", line) for line in lines]


WISHES = frozenset(WORDS[Language("en")].priority) | {"stop_talking"}
ANSWERED_ALIKE = {"faq_data_protection": {"who_listens", "what_is_kept", "delete_my_data"}}
"""General question -> wishes whose answer is as good."""
INTENT_FILES = [file for language in WORDS for file in sorted((ROOT / "nlu" / language).glob("*.yml"))]


def named(file: Path) -> str:
    return f"{file.parent.name}-{file.stem}"


def found_for(file: Path) -> dict[str, str | None]:
    """Each example of an intent, and the wish that it is at an open question."""
    open_question = Expected(Kind.OPEN, Language(file.parent.name))
    return {said: SHORTCUTS.find(said, open_question) for said in examples(file)}


@pytest.mark.parametrize("file", [file for file in INTENT_FILES if file.stem not in WISHES], ids=named)
def test_nothing_that_belongs_to_another_intent_is_a_wish(file: Path) -> None:
    alike = ANSWERED_ALIKE.get(file.stem, set())
    assert {said: wish for said, wish in found_for(file).items() if wish and wish not in alike} == {}


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize("wish", ["person", "again", "slower", "louder", "back", "why", "wait", "goodbye"])
def test_three_of_four_ways_to_say_a_wish_work_while_rasa_is_away(wish: str, language: str) -> None:
    found = found_for(ROOT / "nlu" / language / f"{wish}.yml")
    assert sum(one == wish for one in found.values()) >= 0.75 * len(found)
