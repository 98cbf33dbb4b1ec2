"""Invented people whom a newcomer may play, so that nobody needs a customer number of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import SettingsError

SAYINGS = {
    "ruth": "When is my next payment?",
    "thomas": "My money has not come.",
    "edith": "What has happened to my application?",
}
"""One for each kind of record: all is well, a late payment, a claim that is still open."""


@dataclass(frozen=True, slots=True)
class Example:
    """An invented person."""

    name: str
    customer_number: str
    pin: str
    says: str
    """A sentence to try as this person."""


def examples_in(testers: Path) -> tuple[Example, ...]:
    """Of the demo agency's testers.json those with a sentence to try. Raises SettingsError where it cannot be read."""
    try:
        people = json.loads(testers.read_text(encoding="utf-8"))["testers"]
        return tuple(
            Example(people[key]["name"], people[key]["customer_number"], people[key]["pin"], says)
            for key, says in SAYINGS.items()
        )
    except (OSError, ValueError, LookupError) as error:
        raise SettingsError(f"{testers} does not hold the demo agency's testers: {error}") from error
