"""Fixed phrases that cannot wait: none of the set is missed, none of the look-alikes raises an alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ivr.conversation.safety import KINDS, SENTENCES
from ivr.errors import SettingsError
from ivr.understanding.alarm_files import load_alarms, parse_alarms
from ivr.understanding.alarms import Alarms
from ivr.vocabulary import Language

ROOT = Path(__file__).parents[2]
EN = Language("en")
WORDS = load_alarms(ROOT / "dialogues" / "words")
ALARMS = Alarms(WORDS)
SETS = yaml.safe_load((Path(__file__).parent / "alarms_en.yml").read_text("utf-8"))
HIT = [(kind, sentence) for kind, sentences in SETS["alarms"].items() for sentence in sentences]


@pytest.mark.parametrize(("kind", "sentence"), HIT, ids=lambda one: one)
def test_no_sentence_of_the_set_is_missed(kind: str, sentence: str) -> None:
    assert ALARMS.find(sentence, EN) == kind


@pytest.mark.parametrize("sentence", SETS["harmless"])
def test_no_look_alike_raises_an_alarm(sentence: str) -> None:
    assert ALARMS.find(sentence, EN) == ""


def test_each_kind_is_tested_with_twelve_sentences_and_the_look_alikes_are_sixty() -> None:
    assert set(SETS["alarms"]) == KINDS - BY_OTHER_WAYS == set(WORDS[EN].kinds)
    assert min(len(sentences) for sentences in SETS["alarms"].values()) >= 12
    assert len(SETS["harmless"]) >= 60


BY_OTHER_WAYS = {"distress", "fraud_misuse"}
"""Kinds without phrases of their own: an intent, and an answer in the intake of a fraud report."""
EXAMPLES = [
    (path.stem, line.strip().removeprefix("- "))
    for folder in ("nlu/en", "tests/nlu/en")
    for path in sorted((ROOT / folder).glob("*.yml"))
    for part in yaml.safe_load(path.read_text("utf-8"))["nlu"]
    for line in part["examples"].splitlines()
    if line.strip()
]
LED_TO_A_PERSON = KINDS | {"hardship", "complaint", "death_report"}


def test_no_example_of_another_matter_raises_an_alarm() -> None:
    """The training and held-out sentences of every other intent: thousands of sentences, none written for this."""
    others = [(intent, text) for intent, text in EXAMPLES if intent not in LED_TO_A_PERSON]
    assert len(others) > 1_500
    assert [(intent, text, found) for intent, text in others if (found := ALARMS.find(text, EN))] == []


def test_every_example_of_distress_is_found_without_rasa() -> None:
    missed = [text for intent, text in EXAMPLES if intent == "distress" and ALARMS.find(text, EN) not in SENTENCES]
    assert missed == []


@pytest.mark.parametrize(
    "sentence",
    [
        "my customer number is four six eight five and i want to kill myself",
        "I want to, um, kill... myself!",
        "when is my pension coming and please change my bank account",
        "kill myself " * 300,
    ],
)
def test_it_is_found_in_the_middle_of_anything(sentence: str) -> None:
    assert ALARMS.find(sentence, EN)


def test_the_most_urgent_kind_counts() -> None:
    assert ALARMS.find("change my bank account or i kill myself", EN) == "self_harm"


def test_a_language_without_a_list_finds_nothing_and_a_wrong_file_is_named() -> None:
    assert ALARMS.find("kill myself", Language("xx")) == ""
    with pytest.raises(SettingsError, match=r"en\.yml: kinds\.self_harm"):
        parse_alarms({"kinds": {"self_harm": {"words": []}}}, "en.yml", {})
    with pytest.raises(SettingsError, match="begin"):
        parse_alarms({"kinds": {"self_harm": {"said": ["* kill"]}}}, "en.yml", {})


def test_the_spanish_list_finds_every_example_of_distress_and_no_other_matter() -> None:
    """Its own set is still to be written by a speaker; until then the examples of every intent are the test."""
    spanish = Language("es")
    examples = [
        (path.stem, line.strip().removeprefix("- "))
        for folder in ("nlu/es", "tests/nlu/es")
        for path in sorted((ROOT / folder).glob("*.yml"))
        for part in yaml.safe_load(path.read_text("utf-8"))["nlu"]
        for line in part["examples"].splitlines()
        if line.strip()
    ]
    assert [text for intent, text in examples if intent == "distress" and not ALARMS.find(text, spanish)] == []
    others = [(intent, text) for intent, text in examples if intent not in LED_TO_A_PERSON]
    assert [(intent, text, found) for intent, text in others if (found := ALARMS.find(text, spanish))] == []
