"""Hands promised call-backs to the agency, through the outbox."""

from __future__ import annotations

from ivr.services.deliveries import Kind
from ivr.store.call_backs import CallBack, CallBacks
from ivr.store.outbox import Outbox


class CallBackHandOver:
    """Shared by the worker's threads."""

    def __init__(self, call_backs: CallBacks, outbox: Outbox) -> None:
        self._call_backs = call_backs
        self._outbox = outbox

    def hand_over_waiting(self) -> int:
        """Returns how many went. A worker that dies in between does it again; the outbox takes each once."""
        return sum(map(self._hand_over, self._call_backs.waiting()))

    def _hand_over(self, call_back: CallBack) -> bool:
        payload = {
            "reference": call_back.reference,
            "phone_number": call_back.phone_number,
            "window": call_back.window,
            "reason": call_back.reason,
        }
        self._outbox.put(Kind.CALL_BACK, call_back.reference, payload)
        return self._call_backs.move(call_back.reference, "promised", "handed_over")
