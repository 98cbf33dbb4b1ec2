"""What a language must bring so that values can be said in it: a table, and rules where a table is not enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class CoinWords:
    """How a language names one currency."""

    one: str
    many: str
    cent: str
    cents: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One language. All words in lower case unless the language writes a capital."""

    locale: str
    """Of the CLDR, for names of days and months and for lists: en_GB."""
    digits: tuple[str, ...]
    """"0" to "9", one word each."""
    cardinal: Callable[[int], str]
    """0 or more -> words, without digits and commas."""
    counted: Callable[[int, str], str]
    """A number and its noun, which is in the number's form already: 2, "euros" -> "two euros", "un euro"."""
    day_of_month: Callable[[int], str]
    """1 to 31 -> "third", "tres"."""
    year: Callable[[int], str]
    """1958 -> "nineteen fifty-eight"."""
    clock: Callable[[time], str]
    """A time of day, to the minute."""
    date: str
    """With {weekday}, {day}, {month}."""
    birth_date: str
    """With {day}, {month}, {year}."""
    hours: str
    """With {opens}, {closes}."""
    money_and_cents: str
    """With {money}, and {cents} (a number's words) or {coins} (number and unit); used from ten cents up."""
    money_and_few_cents: str
    """With {money}, {coins}: below ten the unit must be said, "euros five" is no amount."""
    minus: str
    point: str
    plus: str
    """The sign before a country code."""
    coins: Mapping[str, CoinWords]
    """ISO 4217 code -> names. A code that is not here is named by the CLDR, its cents as decimals."""
    abbreviations: frozenset[str]
    """Lower case, without the last full stop: these end no sentence."""
