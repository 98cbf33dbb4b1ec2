"""Live captions: what the line says and understands, carried from its timeline to the page while the call lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ivr.simulator.phone import messages
from ivr.simulator.timeline import PolledTimeline, TimelineEntry


class FollowedCall(Protocol):
    """A line's timeline of one call; PolledTimeline is the real one."""

    @property
    def is_available(self) -> bool | None:
        """None: not known yet. False: the line has none, or does not let us read it."""
        ...

    def follow(self, call_sid: str) -> None:
        """Begin to ask about a call, in a thread of its own."""
        ...

    def finish(self) -> None:
        """Ask a last time, then stop."""
        ...


Follow = Callable[[Callable[[TimelineEntry], None]], FollowedCall]
"""Makes one for each call; what it is given gets each entry as it comes, in any thread."""


def timeline_at(origin: str, operator_token: str) -> Follow:
    """The timelines of the line at this origin: http://127.0.0.1:8080."""
    return lambda told: PolledTimeline(origin, operator_token, told)


class Captions:
    """One call's captions; used by the thread of its socket."""

    def __init__(self, follow: Follow, show: Callable[[str], None]) -> None:
        """`show` gets each message for the page and must not wait."""
        self._show = show
        self._timeline = follow(self._told)
        self._followed = False

    def start(self, call_id: str) -> None:
        """Begin to carry what the line tells of this call."""
        self._followed = True
        self._timeline.follow(call_id)

    def stop(self) -> None:
        """Carry the last words too, or say that there were none to be had. Waits for one answer of the line's."""
        if self._followed:
            self._timeline.finish()
            if not self._timeline.is_available:
                self._show(messages.captions_away())

    def _told(self, entry: TimelineEntry) -> None:
        shown = messages.timeline(entry)
        if shown is not None:
            self._show(shown)
