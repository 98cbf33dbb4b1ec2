"""Rings the callers who are to be rung, once each."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from ivr.errors import CarrierFailed
from ivr.store.ring_backs import RingBacks
from ivr.vocabulary import CallId

log = structlog.get_logger()

BATCH = 5
"""The carrier lets calls out one a second."""


class RingBackCalls:
    """Shared by the worker's threads."""

    def __init__(self, ring_backs: RingBacks, ring: Callable[[str], CallId]) -> None:
        """ring: rings a number (E.164); the call's name at the carrier. Raises CarrierFailed."""
        self._ring_backs = ring_backs
        self._ring = ring

    def ring_due(self) -> int:
        """Returns how many telephones ring now. What the carrier refuses is not tried again: it may be ringing."""
        rung = 0
        while due := self._ring_backs.take_due(BATCH):
            for one in due:
                try:
                    as_call = self._ring(one.number)
                except CarrierFailed as error:
                    self._ring_backs.rung(one.call_id, "")
                    log.warning("ring_back_failed", call_id=one.call_id, reason=one.reason, problem=str(error))
                    continue
                self._ring_backs.rung(one.call_id, as_call)
                log.info("ring_back", call_id=one.call_id, reason=one.reason, rung_as=as_call)
                rung += 1
        return rung
