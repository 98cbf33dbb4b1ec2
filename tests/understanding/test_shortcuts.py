"""The universal words work in every state and never fire inside a sentence that means something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.errors import SettingsError
from ivr.understanding.shortcuts import Shortcuts
from ivr.understanding.word_files import expand, load_words, parse_words
from ivr.vocabulary import Choice, Expected, Kind, Language

ENGLISH = Language("en")
ROOT = Path(__file__).parents[2]
WORDS = load_words(ROOT / "dialogues" / "words")
SHORTCUTS = Shortcuts(WORDS)


def expecting(kind: Kind, *choices: Choice) -> Expected:
    return Expected(kind, ENGLISH, choices=choices)


MEANT = {
    "person": [
        "person",
        "a person please",
        "um can I talk to a person please",
        "no, I just want to speak to somebody",
        "could you put me through to an agent",
        "operator",
        "I'd like to speak with a real human being",
        "get me a human",
        "help",
        "can you help me please",
        "yes, somebody please",
        "I don't want to talk to a machine",
        "is there anybody there",
        "is there a person I can talk to",
        "connect me to someone please",
        "person person person",
        "I said a person",
        "let me talk to your supervisor",
        "customer service",
        "well I would rather talk to a person if possible",
    ],
    "again": [
        "again",
        "can you repeat that please",
        "sorry what did you say",
        "pardon?",
        "what",
        "once more please",
        "say that again",
        "I didn't catch that",
        "could I hear that again",
        "repeat the question",
        "sorry?",
        "what was the amount",
    ],
    "slower": [
        "slower",
        "could you speak more slowly please",
        "you're talking too fast",
        "that was too fast for me",
        "slow down a bit",
        "not so fast",
        "a little slower please",
        "can you say it again slower",
        "I can't follow",
    ],
    "louder": [
        "louder",
        "speak up please",
        "I can't hear you",
        "I can hardly hear you",
        "could you be a bit louder",
        "you are too quiet",
        "I'm hard of hearing",
        "turn it up",
    ],
    "simpler": ["simpler", "in simple words please", "can you explain that", "could you say that in other words"],
    "not_understood": [
        "I don't understand",
        "I did not understand that",
        "what does that mean",
        "I don't get it",
        "that's too complicated for me",
        "sorry I don't know what you mean",
    ],
    "back": [
        "back",
        "go back please",
        "can I go back one step",
        "the previous question",
        "I made a mistake",
        "no go back",
        "sorry that was wrong",
    ],
    "why": [
        "why",
        "why do you need that",
        "why do you want to know that",
        "but why",
        "what do you need that for",
        "why are you asking me that",
    ],
    "wait": [
        "wait",
        "wait, I need to get my papers",
        "hold on please",
        "one moment please",
        "just a moment",
        "let me find my glasses",
        "no wait",
        "give me a minute",
        "I'm looking for it",
        "hang on, I have to fetch the letter",
        "bear with me",
        "not yet",
    ],
    "goodbye": ["goodbye", "thank you, goodbye", "that's all thanks", "no that's all", "bye bye", "I want to hang up"],
}
"""Wish -> what callers say for it at an open question."""

OTHER_MATTERS = [
    "a person stole my card",
    "somebody called me and asked for my PIN",
    "my back hurts",
    "I hurt my back at work",
    "I want my money back",
    "how long do I have to wait",
    "how long is the wait for a decision",
    "call me back please",
    "can you call me back tomorrow",
    "why is my payment late",
    "why did I get less this month",
    "are you a real person or a machine",
    "I need help with the rent",
    "what does a person need to apply",
    "when is my next payment",
    "say hello to my grandson again",
    "I went back to work last month",
    "I have to go back to hospital",
    "again they did not pay me",
    "my money has not come again",
    "the letter says I must wait six weeks",
    "I don't understand the letter you sent me",
    "can somebody explain my decision letter",
    "my husband cannot hear and needs a pension",
    "I am not a person who complains",
    "no person",
    "no somebody",
    "why not",
    "do I have to wait",
    "can I wait",
    "is it slower by post",
    "I want to apply for a pension",
    "hello",
    "yes please",
    "no",
    "",
    "please",
    "could you please",
    "what is the office address",
    "my person number is on the letter",
    "I lost my papers",
    "I cannot get my papers from the doctor",
    "the operator of my machine retired",
    "goodbye letter from my employer",
    "that is all I got last month",
]


@pytest.mark.parametrize(("wish", "said"), [(wish, said) for wish, many in MEANT.items() for said in many])
def test_a_wish_is_found_in_what_callers_say(wish: str, said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.OPEN)) == wish


@pytest.mark.parametrize("said", OTHER_MATTERS)
def test_a_sentence_that_means_something_else_is_no_wish(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.OPEN)) is None


@pytest.mark.parametrize("kind", [Kind.DIGITS, Kind.PIN, Kind.DATE, Kind.AMOUNT])
@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("a person please", "person"),
        ("can I talk to somebody", "person"),
        ("wait a moment", "wait"),
        ("let me get my letter", "wait"),
        ("repeat please", "again"),
        ("why do you need that", "why"),
        ("slower", "slower"),
        ("I can't hear you", "louder"),
        ("I don't understand", "not_understood"),
        ("go back", "back"),
        ("goodbye", "goodbye"),
    ],
)
def test_unmistakable_words_work_while_a_number_is_expected(kind: Kind, said: str, wish: str) -> None:
    assert SHORTCUTS.find(said, expecting(kind)) == wish


@pytest.mark.parametrize(
    "said",
    ["what", "bye", "sorry", "not yet", "the last one", "slowly", "loud", "five minutes", "one", "that is all", "two"],
)
def test_doubtful_words_are_no_wish_while_a_number_is_expected(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.DIGITS)) is None
    assert SHORTCUTS.find(said, expecting(Kind.DATE)) is None


@pytest.mark.parametrize("kind", list(Kind))
def test_a_person_is_reached_by_word_in_every_kind_of_question(kind: Kind) -> None:
    assert SHORTCUTS.find("I want to talk to a person", expecting(kind)) == "person"


@pytest.mark.parametrize(
    "said",
    ["yes I need help", "I do need help", "somebody helps me", "I need somebody to help me", "somebody", "no help"],
)
def test_saying_that_one_needs_help_every_day_answers_the_question(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.YES_NO)) is None


@pytest.mark.parametrize("said", ["that was wrong", "no, change that", "that's it", "not yet"])
def test_an_answer_to_a_read_back_is_no_step_back(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.YES_NO)) is None


def test_the_choices_of_a_question_come_before_the_universal_words() -> None:
    last = Choice("payment_last", "2", ("the last one", "my last payment"))
    assert SHORTCUTS.find("um the last one please", expecting(Kind.CHOICE, last)) is None
    assert SHORTCUTS.find("um the last one please", expecting(Kind.CHOICE)) == "back"


@pytest.mark.parametrize("said", ["ready", "I'm back", "okay I have it", "got it", "go on", "yes", "here it is"])
def test_a_caller_on_hold_says_when_the_papers_are_there(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.ANY_KEY)) == "ready"


@pytest.mark.parametrize("said", ["ready", "got it", "go on", "here it is"])
def test_ready_means_nothing_outside_hold_mode(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.OPEN)) is None


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("wait, a person", "person"),
        ("can you say that again a bit slower please", "slower"),
        ("I don't understand, say that again", "not_understood"),
        ("sorry, one moment", "wait"),
    ],
)
def test_of_two_wishes_the_more_urgent_one_counts(said: str, wish: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.OPEN)) == wish


def test_a_language_without_words_has_no_wishes() -> None:
    assert SHORTCUTS.find("person", Expected(Kind.OPEN, Language("xx"))) is None
    assert SHORTCUTS.yes_or_no("yes", Language("xx")) is None


YES = [
    "yes",
    "yeah",
    "yes please",
    "yes that's right",
    "that is correct",
    "I do",
    "sure",
    "okay",
    "uh yes I am",
    "all correct",
    "one",
    "of course",
    "yes it is",
]
NO = [
    "no",
    "nope",
    "no thanks",
    "no that's wrong",
    "I don't",
    "not really",
    "no I have not",
    "that's not right",
    "two",
    "well no",
]
NEITHER = [
    "maybe",
    "yes and no",
    "no yes",
    "I think",
    "yes but my number changed",
    "one two",
    "on Tuesday",
    "",
    "no idea where",
]


@pytest.mark.parametrize(("said", "answer"), [*((s, "yes") for s in YES), *((s, "no") for s in NO)])
def test_yes_and_no_are_known_in_many_words(said: str, answer: str) -> None:
    assert SHORTCUTS.yes_or_no(said, ENGLISH) == answer


@pytest.mark.parametrize("said", NEITHER)
def test_what_says_both_or_neither_is_no_answer(said: str) -> None:
    assert SHORTCUTS.yes_or_no(said, ENGLISH) is None


@given(st.text(max_size=80), st.sampled_from(list(Kind)))
def test_no_text_makes_it_fail(text: str, kind: Kind) -> None:
    found = SHORTCUTS.find(text, expecting(kind))
    assert found is None or found in WORDS[ENGLISH].priority


@given(st.lists(st.sampled_from([" ".join(tokens) for tokens in WORDS[ENGLISH].fillers]), max_size=3), st.data())
def test_politeness_around_a_wish_changes_nothing(around: list[str], data: st.DataObject) -> None:
    before = " ".join(around)
    after = data.draw(st.sampled_from(["", "please", "thank you"]))
    assert SHORTCUTS.find(f"{before} slower {after}", expecting(Kind.OPEN)) == "slower"


def test_a_word_that_ends_one_phrase_and_begins_the_next_is_no_stutter() -> None:
    assert SHORTCUTS.find("can you you know slower", expecting(Kind.OPEN)) == "slower"
    assert SHORTCUTS.find("slower slower please please", expecting(Kind.OPEN)) == "slower"


# --- the file


def test_alternatives_are_written_out() -> None:
    assert sorted(expand("(a|b) c (d|)")) == [("a", "c"), ("a", "c", "d"), ("b", "c"), ("b", "c", "d")]
    assert sorted(expand("((a|b) c|d)")) == [("a", "c"), ("b", "c"), ("d",)]


@pytest.mark.parametrize("template", ["(a|b", "a|b", "a) b"])
def test_an_unclosed_alternative_is_refused(template: str) -> None:
    with pytest.raises(SettingsError, match="bracket or bar"):
        expand(template)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ({"wishes": {"person": {"always": ["person"]}}, "priority": []}, "priority must name every wish"),
        ({"wishes": {"person": {"sometimes": ["person"]}}}, "wishes.person: sometimes"),
        ({"wishes": {}, True: ["yes"]}, "put yes and no in quotes"),
        ({"wishes": {}, "fillers": [False]}, "fillers: expected a list of texts"),
        (["person"], "expected keys and values"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_key(content: object, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint) as refused:
        parse_words(content, "en.yml")
    assert "en.yml" in str(refused.value)


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text("wishes: [", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"en\.yml"):
        load_words(tmp_path)
