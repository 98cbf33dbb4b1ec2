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
LANGUAGES = ("en", "es")
EXAMPLES = {language: sentences_of(ROOT / "nlu" / language) for language in LANGUAGES}
HELD_OUT = {language: sentences_of(ROOT / "tests/nlu" / language) for language in LANGUAGES}
INTENTS = sorted({intent for _, intent in EXAMPLES["en"]})
EVENTS = {
    *("call_start", "answer", "facts_arrived", "draft_opened", "confirmed", "submitted"),
    *("resume_old_age_pension", "resume_unemployment", "resume_child", "resume_disability"),
}
AS_HEARD = {"en": re.compile(r"[a-z0-9' -]+"), "es": re.compile(r"[a-záéíóúüñ0-9 ]+")}
"""Lower case and no punctuation, as recognizers write."""

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@in_each_language
@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_enough_examples(language: str, intent: str) -> None:
    assert sum(one == intent for _, one in EXAMPLES[language]) >= 30
    assert sum(one == intent for _, one in HELD_OUT[language]) >= 8


def test_there_are_enough_intents_and_general_questions() -> None:
    assert len(INTENTS) >= 25
    assert sum(intent.startswith("faq_") for intent in INTENTS) >= 22


@in_each_language
def test_every_intent_of_the_domain_is_an_event_or_has_examples(language: str) -> None:
    parts = [yaml.safe_load(path.read_text()) for path in (ROOT / "dialogues/domain").glob("*.yml")]
    declared = {name for part in parts for entry in part.get("intents", []) for name in entry}
    assert declared == {*(intent for _, intent in EXAMPLES[language]), *EVENTS}


@in_each_language
def test_sentences_look_as_a_recognizer_writes_them(language: str) -> None:
    heard = AS_HEARD[language]
    both = [*EXAMPLES[language], *HELD_OUT[language]]
    assert [text for text, _ in both if not heard.fullmatch(text) or text != " ".join(text.split())] == []


@in_each_language
def test_no_example_holds_a_number_that_would_be_masked(language: str) -> None:
    both = [*EXAMPLES[language], *HELD_OUT[language]]
    assert [text for text, intent in both if intent != OUT_OF_SCOPE and masked(text) != text] == []


@in_each_language
def test_no_sentence_is_there_twice(language: str) -> None:
    both = Counter(text for text, _ in [*EXAMPLES[language], *HELD_OUT[language]])
    assert [text for text, count in both.items() if count > 1] == []


def test_a_sentence_of_two_languages_means_the_same_in_both() -> None:
    """One model serves all languages: "ok", "pin 0000"."""
    meant: dict[str, set[str]] = {}
    for text, intent in (pair for pairs in EXAMPLES.values() for pair in pairs):
        meant.setdefault(text, set()).add(intent)
    assert {text: intents for text, intents in meant.items() if len(intents) > 1} == {}


@in_each_language
def test_nothing_that_is_reported_on_is_trained_on(language: str) -> None:
    foreign = [*foreign_sentences(ROOT, language, "val"), *foreign_sentences(ROOT, language, "test")]
    assert len(foreign) >= 100
    trained = {text for pairs in EXAMPLES.values() for text, _ in pairs}
    assert trained & {*foreign, *(text for text, _ in HELD_OUT[language])} == set()


def test_the_known_sentence_is_an_example() -> None:
    assert (KNOWN_SENTENCE, KNOWN_INTENT) in EXAMPLES["en"]


def test_borrowed_sentences_carry_their_credit() -> None:
    for path in ("nlu/en/out_of_scope.yml", "tests/nlu/data/en/out_of_scope.yml"):
        assert "CC BY 3.0" in (ROOT / path).read_text()
