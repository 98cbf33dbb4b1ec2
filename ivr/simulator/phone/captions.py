"""Live captions: what the line says and understands, read from its timeline while the call lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

import httpx

from ivr.simulator.phone import messages

PAUSE = 0.3
"""Seconds between two questions: captions keep up with speech, and a call costs three requests a second."""
PAUSE_AFTER_FAILURE = 2.0
"""Seconds: a line that is being restarted is not hammered."""


class Timeline(Protocol):
    """What a line tells of one call."""

    def entries(self, call_id: str, after: int) -> list[dict[str, Any]]:
        """Entries with a number above `after`, in order; without an answer httpx.HTTPError or ValueError."""
        ...


class HttpTimeline:
    """`GET <base>/internal/calls/<CallSid>/timeline?after=n` with the operator's token. Safe in several threads."""

    def __init__(self, base_url: str, operator_token: str, transport: httpx.BaseTransport | None = None) -> None:
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {operator_token}"},
            timeout=2.0,
            trust_env=False,
            transport=transport,
        )

    def entries(self, call_id: str, after: int) -> list[dict[str, Any]]:
        """See Timeline."""
        answer = self._client.get(f"/internal/calls/{call_id}/timeline", params={"after": after})
        answer.raise_for_status()
        found = answer.json()
        listed = found.get("entries") if isinstance(found, dict) else found
        if not isinstance(listed, list):
            raise ValueError("the timeline is no list of entries")
        return [entry for entry in listed if isinstance(entry, dict)]


class Captions:
    """Carries one call's timeline to its page, in a thread of its own, until `stop`."""

    def __init__(self, timeline: Timeline, call_id: str, show: Callable[[str], None]) -> None:
        self._timeline = timeline
        self._call_id = call_id
        self._show = show
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"captions-{call_id[-6:]}", daemon=True)
        self._after = 0

    def start(self) -> None:
        """Begin asking."""
        self._thread.start()

    def stop(self) -> None:
        """Ask once more, so that the last words are shown, and end; waits at most 3 s."""
        self._stopped.set()
        self._thread.join(timeout=3.0)

    def _run(self) -> None:
        complained = False
        while True:
            last_time = self._stopped.is_set()
            pause = PAUSE
            try:
                self._show_new()
            except (httpx.HTTPError, ValueError):
                pause = PAUSE_AFTER_FAILURE
                if not complained:
                    complained = True
                    self._show(messages.captions_away())
            if last_time:
                return
            self._stopped.wait(pause)

    def _show_new(self) -> None:
        for entry in self._timeline.entries(self._call_id, self._after):
            self._after = max(self._after, int(entry.get("n", 0)))
            shown = messages.timeline(entry)
            if shown is not None:
                self._show(shown)
