"""Are the prompts fit to be heard? Findings over one prompt, over menus, and over languages. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ivr.conversation.prompts import FORMS, Prompt, Prompts
from ivr.errors import SettingsError
from ivr.evaluation.lint_words import LINT_WORDS, LintWords
from ivr.evaluation.prompt_rules import RULES, Found
from ivr.vocabulary import Language

MENU = "menu_"
"""Option values that begin so are the next prompt; all others are matters."""
FIRST_MENU = "ask_matter"
MENU_LEVELS = 2
"""Rule 4."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to correct."""

    file: str
    """Below dialogues/prompts, or what else is at fault."""
    rule: str
    """The number of the rule in the service reference, or the name of a check."""
    problem: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}: rule {self.rule}: {self.problem}; {self.advice}"


def lint(prompts: Prompts, language: Language, today: date) -> list[Finding]:
    """All findings of one language. today: for texts whose review is due."""
    words = LINT_WORDS.get(language)
    if words is None:
        advice = "add its table to ivr/evaluation/lint_words.py"
        return [Finding(str(language), "lint", "nobody has written the lint's words for this language", advice)]
    found = [
        finding
        for prompt_id in sorted(prompts.ids(language))
        for finding in lint_prompt(prompts.prompt(prompt_id, language), words, today)
    ]
    return [*found, *_menus(prompts, language), *unsayable(prompts, language)]


def lint_prompt(prompt: Prompt, words: LintWords, today: date) -> list[Finding]:
    """All findings of one prompt. today: for texts whose review is due."""
    found = [one for rule in RULES for one in rule(prompt, words)]
    return [Finding(prompt.file, *one) for one in (*found, *_review(prompt, today))]


def _review(prompt: Prompt, today: date) -> Found:
    if prompt.review_by is not None and prompt.review_by < today:
        yield "7", f"its review was due on {prompt.review_by}", "have its owner read it and set new dates"
    if prompt.valid_from is not None and prompt.valid_from > today:
        yield "7", f"it is not valid before {prompt.valid_from}", "keep the old text until then"
    if prompt.valid_from is not None and prompt.review_by is not None and prompt.review_by <= prompt.valid_from:
        yield "7", "review_by is not after valid_from", "set the date of the next review"


def _menus(prompts: Prompts, language: Language) -> Iterator[Finding]:
    """Rule 4: two levels, and every key leads somewhere."""
    level, reached = 1, [FIRST_MENU]
    while reached:
        below = []
        for menu in reached:
            if not prompts.has(menu, language=language):
                yield Finding(f"{language}/{menu}.yml", "4", "a key leads here and there is no prompt", "write it")
                continue
            below += [o.value for o in prompts.prompt(menu, language).options if o.value.startswith(MENU)]
        if below and level == MENU_LEVELS:
            yield Finding(prompts.prompt(reached[0], language).file, "4", f"{below[0]} is a third level", "flatten it")
            return
        level, reached = level + 1, below


def compare(prompts: Prompts, reference: Language, language: Language, wanted: frozenset[str]) -> list[Finding]:
    """Rule 30: the same facts in every language. wanted: the prompts that the language's declared tasks need."""
    found: list[Finding] = []
    for prompt_id in sorted(wanted):
        if not prompts.has(prompt_id, language=language):
            found.append(Finding(f"{language}/{prompt_id}.yml", "30", "the prompt is missing", f"see {reference}"))
        elif prompts.has(prompt_id, language=reference):
            below = prompts.prompt(prompt_id, reference)
            found += _differences(below, prompts.prompt(prompt_id, language))
    for group, labels in prompts.groups(reference).items():
        missing = sorted(set(labels) - set(prompts.groups(language).get(group, {})))
        found += [Finding(f"{language}/labels.yml", "30", f"{group}.{one} is missing", "name it") for one in missing]
    return found


def _differences(reference: Prompt, prompt: Prompt) -> Iterator[Finding]:
    for gap in sorted(reference.gaps ^ prompt.gaps):
        where = "missing" if gap in reference.gaps else "here alone"
        yield Finding(prompt.file, "30", f"{{{gap}}} is {where}", f"say the same as {reference.file}")
    for name in FORMS:
        if bool(reference.form(name)) != bool(prompt.form(name)):
            yield Finding(prompt.file, "30", f"{name} differs from {reference.file}", "write it in both or in none")
    if [(o.value, o.key) for o in reference.options] != [(o.value, o.key) for o in prompt.options]:
        yield Finding(prompt.file, "30", "its options differ", f"use the values and keys of {reference.file}")
    if (reference.asks, reference.length) != (prompt.asks, prompt.length):
        yield Finding(prompt.file, "30", "it asks for something else", f"use asks and length of {reference.file}")


def unsayable(prompts: Prompts, language: Language) -> list[Finding]:
    """Prompts that could not be said although every gap has a value: an option or a key has no words."""
    found: list[Finding] = []
    for prompt_id in sorted(prompts.ids(language)):
        prompt = prompts.prompt(prompt_id, language)
        try:
            for form in FORMS:
                prompts.words(prompt_id, language, form, dict.fromkeys(prompt.gaps, "x"))
        except SettingsError as error:
            found.append(Finding(prompt.file, "26", str(error), "add what is missing"))
    return found
