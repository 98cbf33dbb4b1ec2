"""What the examples must keep to: how many, in which shape, and apart from the sentences they are tested with."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from ivr.evaluation.understanding import OUT_OF_SCOPE, foreign_sentences, sentences_of
from ivr.understanding.known_sentence import KNOWN_INTENT, KNOWN_SENTENCE
from ivr.understanding.masking import masked

ROOT = Path(__file__).parents[2]
EXAMPLES = sentences_of(ROOT / "nlu/en")
HELD_OUT = sentences_of(ROOT / "tests/nlu/en")
FOREIGN = [*foreign_sentences(ROOT, "val"), *foreign_sentences(ROOT, "test")]
INTENTS = sorted({intent for _, intent in EXAMPLES})
EVENTS = {
    *("call_start", "answer", "facts_arrived", "draft_opened", "confirmed", "submitted"),
    *("resume_old_age_pension", "resume_unemployment", "resume_child", "resume_disability"),
}
AS_HEARD = re.compile(r"[a-z0-9' -]+")
"""Lower case and no punctuation, as recognizers write."""


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_enough_examples(intent: str) -> None:
    assert sum(one == intent for _, one in EXAMPLES) >= 30
    assert sum(one == intent for _, one in HELD_OUT) >= 8


def test_there_are_enough_intents_and_general_questions() -> None:
    assert len(INTENTS) >= 25
    assert sum(intent.startswith("faq_") for intent in INTENTS) >= 22


def test_every_intent_of_the_domain_is_an_event_or_has_examples() -> None:
    parts = [yaml.safe_load(path.read_text()) for path in (ROOT / "dialogues/domain").glob("*.yml")]
    declared = {name for part in parts for entry in part.get("intents", []) for name in entry}
    assert declared == {*INTENTS, *EVENTS}


def test_sentences_look_as_a_recognizer_writes_them() -> None:
    odd = [text for text, _ in [*EXAMPLES, *HELD_OUT] if not AS_HEARD.fullmatch(text) or text != " ".join(text.split())]
    assert odd == []


def test_no_example_holds_a_number_that_would_be_masked() -> None:
    assert [text for text, intent in [*EXAMPLES, *HELD_OUT] if intent != OUT_OF_SCOPE and masked(text) != text] == []


def test_no_sentence_is_there_twice() -> None:
    repeated = [text for text, count in Counter(text for text, _ in [*EXAMPLES, *HELD_OUT]).items() if count > 1]
    assert repeated == []


def test_nothing_that_is_reported_on_is_trained_on() -> None:
    assert {text for text, _ in EXAMPLES} & set(FOREIGN) == set()


def test_the_known_sentence_is_an_example() -> None:
    assert (KNOWN_SENTENCE, KNOWN_INTENT) in EXAMPLES


def test_borrowed_sentences_carry_their_credit() -> None:
    for path in ("nlu/en/out_of_scope.yml", "tests/nlu/data/out_of_scope.yml"):
        assert "CC BY 3.0" in (ROOT / path).read_text()
