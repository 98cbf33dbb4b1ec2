"""The port to the rules: is a benefit's rule in force, what number does it name, what does it say of a situation?

No call's answers cross this port: a benefit is asked about every situation there can be, whoever calls (pre_check.py).
Days are months to the rules: what holds on the first of a month holds for the whole month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

Inputs: TypeAlias = Mapping[str, int | bool]
"""Variable of the rules -> its value in one situation."""


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """Which text of a rule holds."""

    name: str
    """old_age_pension"""
    since: str
    """ISO day from which it holds; empty: it has ended."""
    package: str
    """Who says so, in which version: openfisca_arland/1.0.0"""

    @property
    def ended(self) -> bool:
        """The benefit no longer exists."""
        return not self.since


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the rules as it holds in a month."""

    name: str
    """old_age_pension.minimum_age"""
    value: int
    since: str
    """ISO day from which it holds."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules say of each situation, in the order of asking."""

    outcomes: tuple[bool, ...]
    numbers: tuple[str, ...]
    """Names of the numbers that were looked at."""


class Rules(Protocol):
    """Shared by all threads. Every method raises RulesFailed where the rules are away, late, or answer nonsense."""

    def in_force(self, benefit: str, day: date) -> RuleInForce:
        """The rule that holds in that day's month."""
        ...

    def number(self, name: str, day: date) -> Number:
        """A number as it holds in that day's month."""
        ...

    def decide(self, benefit: str, situations: Sequence[Inputs], day: date) -> Said:
        """What the benefit's rule says of each situation, all in one request.

        Raises RulesFailed too where an answer would rest on an input that a situation does not give.
        """
        ...
