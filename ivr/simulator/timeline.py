"""What the line tells of a call while it runs: prompts, hearing, facts. Only an operator may read it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

FAST_S, SLOW_S = 0.1, 0.4
"""Between two looks: while the caller waits for the line to listen; while it speaks."""
PATIENCE = 30
"""Looks that may fail before the line counts as one without a timeline: its web process opens the call first."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry as the line wrote it."""

    kind: str
    at_ms: int
    """On the line's clock, since the call began there."""
    details: Mapping[str, Any]

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> TimelineEntry:
        """From the line's JSON object."""
        return cls(str(given.get("kind", "")), int(given.get("at_ms", 0)), given)


class Timeline(Protocol):
    """What a scripted caller asks every 20 ms; no method may wait."""

    @property
    def is_available(self) -> bool | None:
        """None: not known yet. False: the line has none, or does not let us read it."""
        ...

    def entries(self) -> list[TimelineEntry]:
        """All so far, oldest first. The list only grows."""
        ...

    def hurry(self, is_urgent: bool) -> None:
        """Whether the caller waits for the next entry."""
        ...


class NoTimeline:
    """A line that tells nothing."""

    is_available = False

    def entries(self) -> list[TimelineEntry]:
        return []

    def hurry(self, is_urgent: bool) -> None:
        return


LAST_LOOKS = 20
"""Looks at a line that has not told of the end yet."""


class PolledTimeline:
    """Asks GET <origin>/internal/calls/<CallSid>/timeline?after=<n> from a thread of its own."""

    def __init__(self, origin: str, operator_token: str, told: Callable[[TimelineEntry], None] | None = None) -> None:
        """told: called for each entry as it comes, in the polling thread."""
        self._origin, self._token, self._told = origin.rstrip("/"), operator_token, told
        self._entries: list[TimelineEntry] = []
        self._available: bool | None = None
        self._failures = 0
        self._urgent = False
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_available(self) -> bool | None:
        return self._available

    def entries(self) -> list[TimelineEntry]:
        return self._entries

    def hurry(self, is_urgent: bool) -> None:
        self._urgent = is_urgent

    def follow(self, call_sid: str) -> None:
        """Begin to ask about a call."""
        self._thread = threading.Thread(target=self._poll, args=(call_sid,), name="timeline", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Ask a last time, then stop."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _poll(self, call_sid: str) -> None:
        url = f"{self._origin}/internal/calls/{call_sid}/timeline"
        # Reading the certificates takes 30 ms in which no call's frame leaves: only where they are needed.
        verify = self._origin.startswith("https")
        headers = {"Authorization": f"Bearer {self._token}"}
        with httpx.Client(headers=headers, timeout=2.0, trust_env=False, verify=verify) as client:
            while self._available is not False:
                is_last = self._over.wait(FAST_S if self._urgent or not self._entries else SLOW_S)
                self._look(client, url)
                if is_last:
                    self._look_for_the_end(client, url)
                    return

    def _look_for_the_end(self, client: httpx.Client, url: str) -> None:
        """The line writes its last entries after the carrier has hung up."""
        for _ in range(LAST_LOOKS):
            if not self._available or any(entry.kind == "stream_closed" for entry in self._entries[-3:]):
                return
            time.sleep(FAST_S)
            self._look(client, url)

    def _cursor(self) -> int:
        """The number of the last entry: its own `n`, or its place counted from one."""
        return int(self._entries[-1].details.get("n", len(self._entries))) if self._entries else 0

    def _look(self, client: httpx.Client, url: str) -> None:
        try:
            answer = client.get(url, params={"after": self._cursor()})
            answer.raise_for_status()
            given = answer.json()
            listed = given["entries"] if isinstance(given, dict) else given
            fresh = [TimelineEntry.parse(entry) for entry in listed]
        except (httpx.HTTPError, ValueError, LookupError, AttributeError, TypeError):
            self._failures += 1
            if self._available is None and self._failures >= PATIENCE:
                self._available = False
            return
        self._available = True
        for entry in fresh:
            self._entries.append(entry)
            if self._told is not None:
                self._told(entry)
