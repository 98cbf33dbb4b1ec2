"""The tables that clerks edit, rules/questions/<benefit>.yml: what is asked, and the sentence that gives the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ivr.errors import SettingsError
from ivr.services.rules import Inputs

MOST_QUESTIONS = 7
"""Service reference, row 22; two to the seventh situations are one request."""
COMPARISONS = ("at_least", "below", "at_most")
_NAMES = ("fact", "ask", "reason", "input")
_ALLOWED = frozenset({*_NAMES, *COMPARISONS, "says"})


@dataclass(frozen=True, slots=True)
class RuleQuestion:
    """One question with yes, no, and "I do not know"."""

    fact: str
    """Our name for the answer."""
    ask: str
    """The prompt that asks."""
    reason: str
    """The prompt that gives the reason where this answer decides."""
    input: str
    """The variable of the rules that the answer sets."""
    comparison: str = ""
    """at_least, below, at_most a number of the rules; empty: the variable is true or false itself."""
    number: str = ""
    """The number that the question and its reason name, and that the answer is compared with."""


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """All questions of a benefit."""

    benefit: str
    likely: str
    """The prompt that gives the reason where everything is met."""
    questions: tuple[RuleQuestion, ...]

    def question(self, fact: str) -> RuleQuestion:
        """Raises KeyError."""
        return next(one for one in self.questions if one.fact == fact)

    @property
    def facts(self) -> tuple[str, ...]:
        """In the order of the file."""
        return tuple(one.fact for one in self.questions)

    @property
    def prompts(self) -> frozenset[str]:
        """All that may be said of it."""
        return frozenset({self.likely, *(p for one in self.questions for p in (one.ask, one.reason))})


def load_tables(folder: Path) -> Mapping[str, QuestionTable]:
    """Benefit -> its table. Raises SettingsError naming file and fault."""
    return {path.stem: _table(path) for path in sorted(folder.glob("*.yml"))}


def inputs_of(questions: Iterable[RuleQuestion], row: Iterable[bool], numbers: Mapping[str, int]) -> Inputs | None:
    """A situation in which the answers are these; None where there can be none (under eighteen, not under twenty-five).

    numbers: name -> value, as they hold now. Of the values that fit the one nearest the limit is taken.
    """
    exact: dict[str, bool] = {}
    spans: dict[str, tuple[int | None, int | None]] = {}
    for question, answer in zip(questions, row, strict=True):
        if not question.comparison:
            exact[question.input] = answer
            continue
        limit = numbers[question.number] + (question.comparison == "at_most")
        above = answer is (question.comparison == "at_least")
        least, beyond = spans.get(question.input, (None, None))
        if above:
            least = limit if least is None else max(least, limit)
        else:
            beyond = limit if beyond is None else min(beyond, limit)
        spans[question.input] = least, beyond
    found: dict[str, int | bool] = dict(exact)
    for name, (least, beyond) in spans.items():
        if least is not None and beyond is not None and least >= beyond:
            return None
        found[name] = least if least is not None else (beyond or 0) - 1
    return found


def _table(path: Path) -> QuestionTable:
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = read["questions"]
        questions = tuple(_question(row) for row in rows)
        table = QuestionTable(path.stem, _text(read["likely"]), questions)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        fault = " ".join(str(error).split())
        raise SettingsError(f"{path.name} is no table of questions ({type(error).__name__}: {fault})") from None
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise SettingsError(f"{path.name} has {len(questions)} questions; expected 1 to {MOST_QUESTIONS}")
    if len(set(table.facts)) != len(questions):
        raise SettingsError(f"{path.name} has two questions for one fact")
    return table


def _question(row: Mapping[str, Any]) -> RuleQuestion:
    if unknown := set(row) - _ALLOWED:
        raise ValueError(f"{sorted(unknown)[0]} is no part of a question")
    compared = [one for one in COMPARISONS if one in row]
    if len(compared) + ("says" in row) > 1:
        raise ValueError(f"{row['fact']} names more than one number")
    comparison = compared[0] if compared else ""
    number = row.get(comparison or "says", "")
    fact, ask, reason, variable = (_text(row[name]) for name in _NAMES)
    return RuleQuestion(fact, ask, reason, variable, comparison, number and _text(number))


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is no name")
    return value
