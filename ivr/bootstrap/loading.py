"""What takes seconds at the start of a web process, loaded in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ivr import logs
from ivr.calls.call_runner import CallParts
from ivr.errors import IvrError, RecognitionFailed


class Loading:
    """The parts of a call, there once the models are; a stream that comes sooner is refused by readiness."""

    def __init__(self, build: Callable[[], CallParts]) -> None:
        self._build = build
        self._parts: CallParts | None = None
        self._settled = threading.Event()

    def begin(self) -> None:
        """Load in the background."""
        threading.Thread(target=self._load, name="loading", daemon=True).start()

    def _load(self) -> None:
        try:
            self._parts = self._build()
        except IvrError:
            logs.logger().error("models_not_loaded", exc_info=True)
        finally:
            self._settled.set()

    def parts(self) -> CallParts:
        """Raises RecognitionFailed while nothing is loaded."""
        if self._parts is None:
            raise RecognitionFailed("the recognizer is not loaded yet")
        return self._parts

    def is_done(self) -> bool:
        """True once a call can be heard."""
        return self._parts is not None

    def settled(self, seconds: float) -> bool:
        """Wait so long at most; True once everything is loaded, or it is certain that it cannot be."""
        return self._settled.wait(seconds)
