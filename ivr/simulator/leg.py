"""The port: the caller's end of a simulated call. A scripted caller and the web phone both stand behind it."""

from __future__ import annotations

from typing import Protocol


class CallerLeg(Protocol):
    """Asked by the carrier's thread every 20 ms; no method may wait."""

    def frame(self) -> bytes:
        """The next 20 ms of what the caller says: 160 bytes of G.711 µ-law, 8 000 Hz; 0xFF where silent."""
        ...

    def keys(self) -> str:
        """Keys pressed since the last question, in order; often empty."""
        ...

    def hears(self, frame: bytes) -> None:
        """The next 20 ms that were played to the caller: 160 bytes of µ-law."""
        ...

    def wants_to_hang_up(self) -> bool:
        """True once the caller puts the handset down."""
        ...

    def ended(self, reason: str) -> None:
        """The call is over: caller, line, busy, failed."""
        ...
