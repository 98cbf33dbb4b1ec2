"""What happened in one simulated call, on one monotonic clock."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivr.simulator.clock import Clock


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    at_ms: int
    """Since the call began, whole milliseconds of the call's clock."""
    kind: str
    details: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """One flat object, as a line of the log."""
        return {"at_ms": self.at_ms, "kind": self.kind, **self.details}


class CallLog:
    """Grows while the call runs; written by the carrier, the caller and the stream. Any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = clock.now()
        self._entries: list[Entry] = []
        self._lock = threading.Lock()

    def now_ms(self) -> int:
        """Milliseconds since the call began."""
        return round((self._clock.now() - self._began) * 1000)

    def write(self, kind: str, **details: Any) -> None:
        """Add an entry, stamped now."""
        with self._lock:
            self._entries.append(Entry(self.now_ms(), kind, details))

    def of(self, *kinds: str) -> list[Entry]:
        """The entries of these kinds, oldest first; with none named, all of them."""
        with self._lock:
            return [entry for entry in self._entries if not kinds or entry.kind in kinds]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.of())

    def save(self, path: Path) -> None:
        """Write one JSON object a line."""
        path.write_text("".join(json.dumps(entry.as_json(), ensure_ascii=False) + "\n" for entry in self))
