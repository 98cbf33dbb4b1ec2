"""What the rules need to know of a language. Each language fills one in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SpokenLanguage:
    """Words as callers say them: lower case, no punctuation but apostrophes, phrases with single spaces."""

    code: str
    """ISO 639-1."""
    yes: tuple[str, ...]
    no: tuple[str, ...]
    clear: frozenset[str] = frozenset()
    """Words of yes and no that answer in any sentence; the others ("fine") only where little else is said."""
    contrary: frozenset[str] = frozenset({"yes", "no"})
    """Single words that take back the opposite answer when they follow it."""
    unsure: tuple[str, ...] = ()
    """Where one of these is said, yes or no beside it do not count."""
    fillers: frozenset[str] = frozenset()
    """Words that may stand around or within any answer."""
    beside_numbers: frozenset[str] = frozenset()
    """Words that may stand beside a number of unknown length; any other word there makes it doubtful."""
    corrections: tuple[str, ...] = ()
    """After these, what was said before does not count."""
    digits: Mapping[str, str] = field(default_factory=dict)
    """Words for one digit. Where text2num knows the language only those that it does not know matter."""
    sounds_like: Mapping[str, str] = field(default_factory=dict)
    """Words that a recognizer writes for a digit; believed only where a number of known length is expected."""
    repeats: Mapping[str, int] = field(default_factory=dict)
    """double, triple."""
    plurals: Mapping[str, str] = field(default_factory=dict)
    """ "three zeros": the plural of a digit -> the digit, behind one of plural_counts."""
    plural_counts: Mapping[str, int] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    """Words that are an article as well as 1: counted only beside what can be counted."""
    tens_joiner: str = ""
    """The word between tens and units, where a recognizer writes "40 y 7"."""
    none_at_all: tuple[str, ...] = ()
    """How a caller says 0 to "how many"."""
    number_words: tuple[str, ...] = ()
    """Every word of which numbers are made: what a grammar or an allow-list has to hold."""
    scales: Mapping[str, int] = field(default_factory=dict)
    """hundred, thousand: where a recognizer writes "3 thousand"."""
    months: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    """first … thirty first, for days and for choosing."""
    days: Mapping[str, int] = field(default_factory=dict)
    """Days that are said relative to today: yesterday is -1."""
    not_days: tuple[str, ...] = ()
    """Phrases with a word of days that name no day: "in the morning", where that word is also "tomorrow"."""
    weekdays: Mapping[str, int] = field(default_factory=dict)
    """Monday is 0."""
    last_words: frozenset[str] = frozenset()
    """last: the weekday before today."""
    next_words: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    """Words for day, week, month, year -> those four."""
    ago: frozenset[str] = frozenset()
    ago_leads: bool = False
    """True where "ago" stands before the count."""
    major: frozenset[str] = frozenset()
    """euro, euros."""
    minor: frozenset[str] = frozenset()
    """cent, cents."""
    point: frozenset[str] = frozenset()
    and_cents: frozenset[str] = frozenset()
    """The word between the currency, or its whole number, and the cents: "twelve with five" is 12.05."""
    option: frozenset[str] = frozenset()
    """option, number: what stands before the number of a choice."""
    negations: frozenset[str] = frozenset()
    """not: a choice named behind it is not meant."""
    counts_by_text2num: bool = False
    """True where text2num reads the language's numbers."""
