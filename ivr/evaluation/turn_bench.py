"""Times of spoken turns, over whole calls through the front door: percentiles of each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

PARTS = ("end_of_speech_to_turn_end", "recognition", "understanding", "services", "synthesis", "first_sound")
OPEN = "open"
"""A question whose answer may be anything: the end of the turn waits 1.5 s there (service rule 12)."""


@dataclass(slots=True)
class TurnFigures:
    """What was measured; milliseconds."""

    answered: list[int] = field(default_factory=list)
    """Last speech -> first sound heard, where the words answered a closed question."""
    open: list[int] = field(default_factory=list)
    after_turn_end: list[int] = field(default_factory=list)
    parts: dict[str, list[int]] = field(default_factory=lambda: {part: [] for part in PARTS})

    @property
    def turns(self) -> int:
        """How many spoken turns were measured."""
        return len(self.answered) + len(self.open)

    def add(self, turns: Sequence[dict[str, Any]], entries: Iterable[dict[str, Any]]) -> None:
        """Take in a call: the report's turns, and the `times` entries of its timeline, in the same order."""
        spoken = [turn["times_ms"] for turn in turns if turn["times_ms"].get(PARTS[0]) is not None]
        asked = [entry for entry in entries if entry.get("kind") == "times"]
        for times, entry in zip(spoken, asked, strict=False):
            if times["first_sound"] is None:
                continue
            (self.open if entry.get("asked") == OPEN else self.answered).append(times["first_sound"])
            self.after_turn_end.append(entry["times_ms"]["after_turn_end"])
            for part in PARTS:
                self.parts[part].append(times[part])

    def as_json(self) -> dict[str, Any]:
        """As `openline bench turn --json` prints it."""
        return {
            "turns": self.turns,
            "end_of_speech_to_first_sound_ms": percentiles(self.answered + self.open),
            "answered_ms": percentiles(self.answered),
            "open_ms": percentiles(self.open),
            "after_turn_end_ms": percentiles(self.after_turn_end),
            "parts_ms": {part: percentiles(values) for part, values in self.parts.items()},
        }


def percentiles(values: Sequence[int]) -> dict[str, int | None]:
    """Median and 95th percentile; None where nothing was measured."""
    if not values:
        return {"p50": None, "p95": None}
    p50, p95 = np.percentile(np.asarray(values), [50, 95])
    return {"p50": round(float(p50)), "p95": round(float(p95))}
