"""The carrier's names for things: two letters and 32 hexadecimal digits."""

from __future__ import annotations

import random
import threading


class Identifiers:
    """Makes SIDs: CA a call, MZ a stream, RE a recording, QU a queue, CF a conference. Any thread."""

    def __init__(self, seed: int | None) -> None:
        """seed: the same names again; None: names that no line has seen, as it remembers its calls."""
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def new(self, kind: str) -> str:
        """The next SID of a kind: "CA" + 32 hex digits."""
        with self._lock:
            return f"{kind}{self._random.getrandbits(128):032x}"
