"""The tables that clerks edit, as they lie in rules/questions, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.tasks.pre_check import CHECKS, RULES
from ivr.errors import SettingsError
from ivr.services.rule_questions import MOST_QUESTIONS, RuleQuestion, inputs_of, load_tables
from ivr.vocabulary import Language

ROOT = Path(__file__).parents[2]
EN = Language("en")
TABLES = load_tables(ROOT / "rules" / "questions")
PROMPTS = load_prompts(ROOT / "dialogues" / "prompts")


def test_each_of_the_four_benefits_has_its_questions() -> None:
    assert set(TABLES) == {"old_age_pension", "unemployment", "child", "disability"}
    assert all(1 <= len(table.questions) <= MOST_QUESTIONS for table in TABLES.values())


def test_the_tables_and_the_conversation_name_the_same_prompts() -> None:
    assert set().union(*(table.prompts for table in TABLES.values())) == {*CHECKS, *RULES}


@pytest.mark.parametrize("question", [one for table in TABLES.values() for one in table.questions])
def test_a_sentence_names_a_number_only_where_the_table_gives_one(question: RuleQuestion) -> None:
    for prompt in (question.ask, question.reason):
        gaps = PROMPTS.prompt(prompt, EN).gaps
        assert gaps <= ({"value"} if question.number else set()), prompt


def test_every_fact_can_be_left_open_by_the_third_key() -> None:
    for table in TABLES.values():
        for question in table.questions:
            options = [(one.key, one.value) for one in PROMPTS.prompt(question.ask, EN).options]
            assert options == [("1", "yes"), ("2", "no"), ("3", "dont_know")]


YOUNG = RuleQuestion("young", "q", "r", "age", "below", "limit")
LEARNING = RuleQuestion("young_learning", "q", "r", "age", "below", "later_limit")
OLD = RuleQuestion("old", "q", "r", "age", "at_least", "limit")
HOURS = RuleQuestion("few", "q", "r", "hours", "at_most", "limit")
NUMBERS = {"limit": 18, "later_limit": 25}


@pytest.mark.parametrize(
    ("questions", "row", "inputs"),
    [
        ([YOUNG], [True], {"age": 17}),
        ([YOUNG], [False], {"age": 18}),
        ([OLD], [True], {"age": 18}),
        ([OLD], [False], {"age": 17}),
        ([HOURS], [True], {"hours": 18}),
        ([HOURS], [False], {"hours": 19}),
        ([YOUNG, LEARNING], [False, True], {"age": 18}),
        ([YOUNG, LEARNING], [False, False], {"age": 25}),
        ([YOUNG, LEARNING], [True, True], {"age": 17}),
        ([YOUNG, LEARNING], [True, False], None),
    ],
)
def test_answers_become_a_situation_in_which_they_are_true(
    questions: list[RuleQuestion], row: list[bool], inputs: dict[str, int] | None
) -> None:
    assert inputs_of(questions, row, NUMBERS) == inputs


QUESTION = "{fact: a, ask: b, reason: c, input: d}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("likely: [", "is no table"),
        ("- a list", "is no table"),
        ("questions: []\nlikely: x", "has 0 questions"),
        (f"likely: x\nquestions: [{', '.join(QUESTION.replace('a,', f'a{n},', 1) for n in range(8))}]", "8 questions"),
        (f"likely: x\nquestions: [{QUESTION}, {QUESTION}]", "two questions for one fact"),
        ("likely: x\nquestions: [{fact: a, ask: b, reason: c}]", "input"),
        ("likely: x\nquestions: [{fact: a, ask: b, reason: c, input: d, above: e}]", "above is no part"),
        (
            "likely: x\nquestions: [{fact: a, ask: b, reason: c, input: d, below: e, at_least: f}]",
            "more than one number",
        ),
        ("likely: x\nquestions: [{fact: 7, ask: b, reason: c, input: d}]", "7 is no name"),
    ],
)
def test_a_wrong_table_is_refused_with_its_fault(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "pension.yml").write_text(text)
    with pytest.raises(SettingsError, match=fault):
        load_tables(tmp_path)
