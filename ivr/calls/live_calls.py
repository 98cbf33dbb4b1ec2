"""This process's calls, and whether there is room for one more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ivr.vocabulary import CallId


class LiveCalls:
    """Counts streams; shared by all threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._calls: dict[CallId, int] = {}

    @contextmanager
    def serving(self, call_id: CallId) -> Iterator[None]:
        """A stream of this call is open meanwhile."""
        with self._lock:
            self._calls[call_id] = self._calls.get(call_id, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._calls[call_id] -= 1
                if not self._calls[call_id]:
                    del self._calls[call_id]

    def __len__(self) -> int:
        with self._lock:
            return len(self._calls)

    def has_room(self) -> bool:
        """False: refuse the next call early and kindly."""
        return len(self) < self._most
