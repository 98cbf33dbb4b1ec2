"""When the agency's staff can be reached, in the agency's own time zone. Pure: the time is an argument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

LOOK_AHEAD_DAYS = 60
"""Nobody is closed for longer; beyond it there is no next opening."""
WINDOW = timedelta(hours=2)
"""Of a call-back (service.md, section 8)."""


@dataclass(frozen=True, slots=True)
class Span:
    """From and until, aware, in the agency's zone."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A week and its exceptions. ValueError where hours overlap or end before they begin."""

    zone: ZoneInfo
    week: Mapping[int, tuple[tuple[time, time], ...]]
    """0 Monday … 6 Sunday -> opens and closes, in order; a day that is missing is closed."""
    exceptions: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    """Holidays (no hours) and days with other hours."""

    def __post_init__(self) -> None:
        for hours in (*self.week.values(), *self.exceptions.values()):
            moments = [moment for opens_closes in hours for moment in opens_closes]
            if any(later <= earlier for earlier, later in pairwise(moments)):
                raise ValueError(f"opening hours must follow each other: {hours}")

    def is_open(self, at: datetime) -> bool:
        """At this moment; the closing minute itself is closed."""
        return any(span.begins <= at < span.ends for span in self.on(at.astimezone(self.zone).date()))

    def on(self, day: date) -> tuple[Span, ...]:
        """The hours of one day of the agency's zone, in order."""
        hours = self.exceptions.get(day, self.week.get(day.weekday(), ()))
        return tuple(Span(self._moment(day, opens), self._moment(day, closes)) for opens, closes in hours)

    def next_opening(self, at: datetime) -> datetime | None:
        """When it opens next, after this moment; None: not within 60 days."""
        return next((span.begins for span in self._spans_from(at) if span.begins > at), None)

    def call_back_windows(self, at: datetime, count: int) -> tuple[Span, ...]:
        """The next windows of at most two hours in which staff are there; none begins before `at`."""
        windows: list[Span] = []
        for span in self._spans_from(at):
            begins = span.begins
            while begins < span.ends and len(windows) < count:
                ends = min(begins + WINDOW, span.ends)
                if begins >= at:
                    windows.append(Span(begins, ends))
                begins = ends
        return tuple(windows)

    def _spans_from(self, at: datetime) -> Iterator[Span]:
        first = at.astimezone(self.zone).date()
        for days in range(LOOK_AHEAD_DAYS + 1):
            yield from self.on(first + timedelta(days=days))

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone)
