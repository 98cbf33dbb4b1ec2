"""What still has to be written to one browser: one thread writes its socket, the others leave messages here."""

from __future__ import annotations

import threading
from collections import deque

SOUND_AT_MOST = 50
"""Frames, one second: a browser that stops reading loses old sound, and the carrier never waits for it."""
MESSAGES_AT_MOST = 200
"""A call makes a few messages a second; a page that reads none of 200 is gone."""


class Outbox:
    """Messages and sound for one browser, each in order; messages go first."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._messages: deque[str] = deque(maxlen=MESSAGES_AT_MOST)
        self._sound: deque[bytes] = deque(maxlen=SOUND_AT_MOST)
        self._closed = False

    def put(self, message: str) -> None:
        """Leave a JSON message; never waits."""
        with self._changed:
            self._messages.append(message)
            self._changed.notify()

    def put_sound(self, frame: bytes) -> None:
        """Leave 20 ms of µ-law; never waits, drops the oldest sound when the browser does not keep up."""
        with self._changed:
            self._sound.append(frame)
            self._changed.notify()

    def take(self) -> str | bytes | None:
        """Wait for the next thing to write; None once the box is closed and empty of messages."""
        with self._changed:
            self._changed.wait_for(lambda: self._messages or self._sound or self._closed)
            if self._messages:
                return self._messages.popleft()
            if self._closed:
                return None
            return self._sound.popleft()

    def close(self) -> None:
        """Nothing more will come; messages that are left are still handed out, sound is not."""
        with self._changed:
            self._closed = True
            self._changed.notify()
