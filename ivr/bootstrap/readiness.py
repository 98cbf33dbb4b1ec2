"""How the parts stand, looked at every two seconds in the background and answered from memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from ivr import logs
from ivr.calls.live_calls import LiveCalls

EVERY_S = 2.0
NEEDED = ("recognizer", "voice")
"""Without these a stream would be silence; with Rasa away it still has keys, a person and a call-back."""

MAY_BE_AWAY = ("rules",)
"""Nobody waits for these when the line opens: where they are away, their one task says so."""


class Standing:
    """Readiness of one web process (ivr/telephony/ports.py: Readiness)."""

    def __init__(self, live: LiveCalls, looks: Mapping[str, Callable[[], bool]]) -> None:
        self._live = live
        self._looks = dict(looks)
        self._is_well = dict.fromkeys(looks, False)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="standing", daemon=True)

    def begin(self) -> None:
        """Start looking."""
        self._thread.start()

    def look(self) -> None:
        """At every part once."""
        for name, look in self._looks.items():
            was, self._is_well[name] = self._is_well[name], _well(look)
            if was != self._is_well[name]:
                logs.logger().info("part_changed", part=name, well=self._is_well[name])

    def has_room(self) -> bool:
        """See Readiness."""
        return self._live.has_room()

    def is_ready(self) -> bool:
        """See Readiness."""
        return all(self._is_well.get(name, True) for name in NEEDED)

    def all(self) -> Mapping[str, bool]:
        """Each part by name."""
        return dict(self._is_well)

    def _watch(self) -> None:
        while not self._stop.wait(0 if not any(self._is_well.values()) else EVERY_S):
            self.look()
            self._stop.wait(0.2)


def _well(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except Exception:  # the edge of a watching thread: whatever it is, the part is not well
        return False
