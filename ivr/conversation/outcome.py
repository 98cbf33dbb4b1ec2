"""What is to be said of a record, before it is words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ivr.vocabulary import Fact


@dataclass(frozen=True, slots=True)
class Outcome:
    """One word for Rasa, values for a prompt, facts for the journal."""

    word: str
    """As in dialogues/README.md; also the prompt's id."""
    values: dict[str, Any] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
