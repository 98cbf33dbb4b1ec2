"""Do the tables of the quick check (rules/questions) fit what can be said? For clerks who changed one."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.conversation.prompts import Prompt
from ivr.conversation.tasks.pre_check import ANSWERS, CHECKS, RULES
from ivr.evaluation.content_checks import Content
from ivr.evaluation.prompt_lint import Finding
from ivr.services.rule_questions import QuestionTable, RuleQuestion, load_tables

FOLDER = "rules/questions"


def tables_fit_prompts(content: Content) -> Iterator[Finding]:
    """Every question and reason is there, in each language. Raises SettingsError where a table cannot be read."""
    for table in load_tables(content.root / FOLDER).values():
        file = f"{FOLDER}/{table.benefit}.yml"
        for name in sorted(table.prompts - {*CHECKS, *RULES}):
            yield Finding(file, "22", f"the check does not know {name}", "add it to CHECKS or RULES of the task")
        yield from _said(content, table, file)


def _said(content: Content, table: QuestionTable, file: str) -> Iterator[Finding]:
    for language in content.languages:
        for name in sorted(table.prompts - content.prompts.ids(language)):
            yield Finding(file, "22", f"{language} has no prompt {name}", "write it, or correct the name")
        for question in table.questions:
            for name in (question.ask, question.reason):
                if content.prompts.has(name, language=language):
                    yield from _fits(content.prompts.prompt(name, language), question, file)


def _fits(prompt: Prompt, question: RuleQuestion, file: str) -> Iterator[Finding]:
    if not question.number and "value" in prompt.gaps:
        advice = "name it behind at_least, below, at_most or says"
        yield Finding(file, "22", f"{prompt.id} says a number, and {question.fact} has none", advice)
    if prompt.id == question.ask and [(option.key, option.value) for option in prompt.options] != ANSWERS:
        yield Finding(prompt.file, "22", "its options are not yes, no and dont_know", "give it the keys 1, 2, 3 so")
