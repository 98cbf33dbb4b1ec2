"""Likely, unlikely or cannot say: logic over a table of every possible combination of answers. Pure.

"I do not know" stays open: a verdict holds only where every way of filling what is open leads to it. A question is
asked only while its answer can still change the result: two rows that differ in it alone, with different outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Answers: TypeAlias = Mapping[str, bool | None]
"""Fact -> yes, no, or None where the caller does not know; in the order of answering."""
Row: TypeAlias = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class TruthTable:
    """What the rule says of every combination that can be."""

    facts: tuple[str, ...]
    """In the order in which a clerk would ask."""
    outcomes: Mapping[Row, bool]
    """A row has one answer a fact; impossible combinations (under 18, not under 25) are missing."""


def verdict(table: TruthTable, answers: Answers) -> bool | None:
    """True or False where all that is open leads to it, None where it does not, or where no row fits the answers."""
    found = {table.outcomes[row] for row in _fitting(table, answers)}
    return found.pop() if len(found) == 1 else None


def next_fact(table: TruthTable, answers: Answers) -> str | None:
    """The unasked fact on which the result depends most; None where no further answer can change it."""
    if verdict(table, answers) is not None:
        return None
    unasked = [fact for fact in table.facts if fact not in answers]
    flips = {fact: _flips(table, answers, fact) for fact in unasked}
    needed = [fact for fact in unasked if flips[fact]]
    if needed:
        return max(needed, key=lambda fact: flips[fact])  # of equals the clerk's first
    return next((fact for fact in unasked if _is_open(table, answers, fact)), None)


def deciding_fact(table: TruthTable, answers: Answers) -> str | None:
    """The answer without which the result would be open; where it is open, the unsure answer to blame."""
    if verdict(table, answers) is not None:
        known = [fact for fact, answer in answers.items() if answer is not None]
        return next((fact for fact in reversed(known) if verdict(table, _without(answers, fact)) is None), None)
    unsure = [fact for fact, answer in answers.items() if answer is None]
    return next((fact for fact in unsure if _flips(table, answers, fact)), next(iter(unsure), None))


def _fitting(table: TruthTable, answers: Answers) -> list[Row]:
    """The rows that the known answers leave."""
    known = [(table.facts.index(fact), answer) for fact, answer in answers.items() if answer is not None]
    return [row for row in table.outcomes if all(row[at] is answer for at, answer in known)]


def _flips(table: TruthTable, answers: Answers, fact: str) -> int:
    """How many rows change their outcome when this one answer is turned round."""
    at = table.facts.index(fact)
    rows = _fitting(table, answers)
    turned = ((row, (*row[:at], not row[at], *row[at + 1 :])) for row in rows)
    return sum(other in table.outcomes and table.outcomes[other] is not table.outcomes[row] for row, other in turned)


def _is_open(table: TruthTable, answers: Answers, fact: str) -> bool:
    at = table.facts.index(fact)
    return len({row[at] for row in _fitting(table, answers)}) > 1


def _without(answers: Answers, fact: str) -> Answers:
    return {name: answer for name, answer in answers.items() if name != fact}
