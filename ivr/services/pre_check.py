"""Could the caller get a benefit? The next question, or likely, unlikely, cannot say, with the rule's reason.

A benefit's rule is asked once about every combination of answers there can be; which question comes next, when to stop
and what the result is are decided here, over that table (three_valued.py). So the rules see no caller's answer, every
situation they decide is given in full, and a question costs no further request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from ivr.errors import RulesFailed
from ivr.records import CheckStep
from ivr.services.rule_questions import QuestionTable, inputs_of
from ivr.services.rules import Number, RuleInForce, Rules
from ivr.services.three_valued import Answers, TruthTable, deciding_fact, next_fact, verdict
from ivr.vocabulary import Fact

KEPT_S = 60.0
"""A changed number is heard by callers after a minute at the latest."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules say of a benefit in a month."""

    rule: RuleInForce
    table: TruthTable
    numbers: Mapping[str, Number]
    used: tuple[str, ...]
    """Names of the numbers that the rule looked at."""

    @property
    def stamp(self) -> str:
        """Changes with the rule or any number: answers given under another stamp mean something else."""
        numbers = [f"{one.name}@{one.since}" for one in self.numbers.values()]
        return " ".join([self.rule.package, f"{self.rule.name}@{self.rule.since}", *sorted(numbers)])


class PreCheck:
    """Shared by all threads."""

    def __init__(self, rules: Rules, tables: Mapping[str, QuestionTable], seconds: Callable[[], float]) -> None:
        """seconds: a clock that only counts on."""
        self._rules = rules
        self._tables = tables
        self._seconds = seconds
        self._kept: dict[tuple[str, str], tuple[float, Known | None]] = {}

    def step(self, benefit: str, day: date, answers: Answers, stamp: str = "") -> CheckStep:
        """What comes next. Raises RulesFailed.

        stamp: of the step before; where the rules have changed since, the answers are dropped and asked for anew.
        """
        known = self._known(benefit, day)
        if known is None:
            return CheckStep("ended")
        table = self._tables[benefit]
        fresh = bool(stamp) and stamp != known.stamp
        given = {} if fresh else {fact: answer for fact, answer in answers.items() if fact in table.facts}
        fact = next_fact(known.table, given)
        if fact is not None:
            question = table.question(fact)
            return CheckStep("ask", question.ask, fact, _value(known, question.number), known.stamp, anew=fresh)
        return _result(known, table, given)

    def _known(self, benefit: str, day: date) -> Known | None:
        """None: the benefit has ended."""
        key, now = (benefit, f"{day:%Y-%m}"), self._seconds()
        kept = self._kept.get(key)
        if kept is None or now - kept[0] > KEPT_S:
            self._kept = {key: value for key, value in self._kept.items() if now - value[0] <= KEPT_S}
            kept = self._kept[key] = (now, self._ask(benefit, day))
        return kept[1]

    def _ask(self, benefit: str, day: date) -> Known | None:
        rule = self._rules.in_force(benefit, day)
        if rule.ended:
            return None
        table = self._tables.get(benefit)
        if table is None:
            raise RulesFailed(f"there is no table of questions for {benefit}")
        named = {question.number for question in table.questions if question.number}
        numbers = {name: self._rules.number(name, day) for name in sorted(named)}
        values = {name: number.value for name, number in numbers.items()}
        rows = {
            row: inputs
            for row in product((True, False), repeat=len(table.questions))
            if (inputs := inputs_of(table.questions, row, values)) is not None
        }
        said = self._rules.decide(benefit, list(rows.values()), day)
        numbers |= {name: self._rules.number(name, day) for name in said.numbers if name not in numbers}
        truth = TruthTable(table.facts, dict(zip(rows, said.outcomes, strict=True)))
        return Known(rule, truth, numbers, said.numbers)


def _result(known: Known, table: QuestionTable, answers: Answers) -> CheckStep:
    what = {True: "likely", False: "unlikely", None: "cannot_say"}[verdict(known.table, answers)]
    decided_by = deciding_fact(known.table, answers) or ""
    reason, value = (table.likely, "") if what == "likely" else ("", "")
    if not reason and decided_by:
        question = table.question(decided_by)
        reason, value = question.reason, _value(known, question.number)
    rule = f"{known.rule.name}@{known.rule.since}"
    source = f"rules:{known.rule.package}"
    facts = [Fact("pre_check", what, source, rule, reason)]
    facts += [
        Fact("rule_number", str(number.value), source, f"{number.name}@{number.since}")
        for number in known.numbers.values()
        if number.name in known.used
    ]
    return CheckStep(what, reason, decided_by, value, known.stamp, facts=tuple(facts))


def _value(known: Known, name: str) -> str:
    return str(known.numbers[name].value) if name else ""
