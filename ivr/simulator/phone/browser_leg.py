"""The caller in the browser, as the carrier sees one: what they say and press, what they hear."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from ivr.simulator.g711 import sounds
from ivr.simulator.phone.outbox import Outbox

FRAME_BYTES = 160
"""20 ms of G.711 µ-law at 8 000 Hz."""
SILENCE = b"\xff" * FRAME_BYTES
FRAMES_BEFORE_PLAYING = 3
"""60 ms: browsers hand over sound in bursts of up to two frames, and the network adds a third."""
FRAMES_IN_COMFORT = 8
"""160 ms; what waits beyond is caught up in the caller's pauses, where nobody misses a silent frame."""
FRAMES_AT_MOST = 40
"""800 ms; a busy computer stops a browser for that long. What is older is lost, so the delay cannot grow."""
KEYS_AT_MOST = 64
"""More keys than any question has digits; a carrier that stopped asking must not fill memory."""


class BrowserLeg:
    """Implements CallerLeg. The socket's thread writes, the carrier's thread reads; neither waits."""

    def __init__(self, outbox: Outbox, played: Callable[[], None], over: Callable[[str], None]) -> None:
        """`played` is called for each frame that reaches the caller, `over` with the reason; both by the carrier."""
        self._outbox = outbox
        self._played = played
        self._over = over
        self._lock = threading.Lock()
        self._spoken: deque[bytes] = deque(maxlen=FRAMES_AT_MOST)
        self._pressed: deque[str] = deque(maxlen=KEYS_AT_MOST)
        self._playing = False
        self._handset_down = threading.Event()

    def speak(self, sound: bytes) -> None:
        """Keep sound from the browser until the carrier asks: µ-law, whole frames of 160 bytes."""
        with self._lock:
            self._spoken.extend(sound[at : at + FRAME_BYTES] for at in range(0, len(sound), FRAME_BYTES))

    def press(self, key: str) -> None:
        """One key of the keypad: 0-9, * or #."""
        with self._lock:
            self._pressed.append(key)

    def hang_up(self) -> None:
        """The handset goes down, by the button or because the browser is gone."""
        self._handset_down.set()

    def frame(self) -> bytes:
        """The next 20 ms of the caller; after a gap silence until 60 ms are there again."""
        with self._lock:
            if not self._playing:
                self._playing = len(self._spoken) >= FRAMES_BEFORE_PLAYING
            while len(self._spoken) > FRAMES_IN_COMFORT and not sounds(self._spoken[0]):
                self._spoken.popleft()
            if self._playing and self._spoken:
                return self._spoken.popleft()
            self._playing = False
        return SILENCE

    def keys(self) -> str:
        """Keys pressed since the last question, in order."""
        with self._lock:
            pressed = "".join(self._pressed)
            self._pressed.clear()
        return pressed

    def hears(self, frame: bytes) -> None:
        """Send 20 ms of the line's sound to the browser."""
        self._played()
        self._outbox.put_sound(frame)

    def wants_to_hang_up(self) -> bool:
        """True once the handset is down."""
        return self._handset_down.is_set()

    def ended(self, reason: str) -> None:
        """The call is over: caller, line, busy, failed."""
        self._over(reason)
