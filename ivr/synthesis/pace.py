"""Words a minute as callers hear them, turned into an engine's own setting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """An engine's measured curve.

    Words a minute are those of a whole prompt, first to last sound, the pauses between its sentences counted:
    the words inside a sentence are quicker. Measured with `openline prompts measure` over all prompts.
    """

    points: tuple[tuple[int, float], ...]
    """(words a minute, setting), slowest first, at least two."""

    def setting(self, words_per_minute: int) -> float:
        """Between the points by straight lines; beyond them the nearest point's, since no engine is clear there."""
        slowest, fastest = self.points[0], self.points[-1]
        wanted = min(max(words_per_minute, slowest[0]), fastest[0])
        for (low, low_setting), (high, high_setting) in zip(self.points, self.points[1:], strict=False):
            if wanted <= high:
                return low_setting + (high_setting - low_setting) * (wanted - low) / (high - low)
        return fastest[1]
