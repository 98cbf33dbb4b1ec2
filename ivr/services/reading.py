"""Reading what the agency says, field by field. What is not as agreed is AgencyFailed; its text holds no value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from ivr.errors import AgencyFailed
from ivr.references import is_reference

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
T = TypeVar("T")


def newest_first(rows: Any, read: Callable[[Any], T], when: Callable[[T], date]) -> list[T]:
    """A list read row by row, newest first by `when`."""
    if not isinstance(rows, list):
        raise nonsense("a list")
    return sorted(map(read, rows), key=when, reverse=True)


def field(body: Any, name: str) -> Any:
    """A field that must be there."""
    if not isinstance(body, dict) or name not in body:
        raise nonsense(name)
    return body[name]


def word(value: Any, words: frozenset[str], name: str) -> str:
    """A word of an agreed list."""
    if not isinstance(value, str) or value not in words:
        raise nonsense(name)
    return value


def like(value: Any, pattern: re.Pattern[str], name: str) -> str:
    """A text of an agreed form."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise nonsense(name)
    return value


def reference(value: Any) -> str:
    """Seven digits, the last one a check digit."""
    if not isinstance(value, str) or not is_reference(value):
        raise nonsense("reference")
    return value


def day(value: Any, name: str) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(like(value, _DAY, name))
    except ValueError:
        raise nonsense(name) from None


def day_or_none(value: Any, name: str) -> date | None:
    """An ISO date, or null."""
    return None if value is None else day(value, name)


def text(value: Any, name: str, longest: int = 200) -> str:
    """A text of at most `longest` characters."""
    if not isinstance(value, str) or len(value) > longest:
        raise nonsense(name)
    return value


def amount(value: Any, name: str) -> int:
    """Minor currency units, not below zero."""
    if type(value) is not int or value < 0:  # True is an int too
        raise nonsense(name)
    return value


def flag(value: Any, name: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise nonsense(name)
    return value


def rows(value: Any, name: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise nonsense(name)
    return value


def nonsense(name: str) -> AgencyFailed:
    """The error to raise for a field that is not as agreed."""
    return AgencyFailed(f"the agency's answer is not as agreed: {name}")
