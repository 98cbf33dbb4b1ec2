"""Brings what waits in the outbox to the agency, again and again until it has it."""

from __future__ import annotations

from datetime import timedelta

import structlog

from ivr.errors import AgencyFailed
from ivr.services.agency import Agency
from ivr.services.deliveries import deliver
from ivr.store.database import Clock
from ivr.store.outbox import Outbox, Parcel

log = structlog.get_logger()

BATCH = 10
LEASE = timedelta(minutes=1)
"""Twice what a batch takes when the agency lets each parcel wait for 3 s."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
STUCK_AFTER = 10
"""Attempts; by then some hours have passed, and a person has to look."""


class OutboxDelivery:
    """Shared by the worker's threads; several may run at once, each parcel is with one of them."""

    def __init__(self, outbox: Outbox, agency: Agency, clock: Clock) -> None:
        self._outbox = outbox
        self._agency = agency
        self._clock = clock

    def deliver_due(self) -> int:
        """Deliver all that is due; returns how many the agency took. Nothing is ever given up."""
        taken = 0
        while parcels := self._outbox.take(LEASE, BATCH):
            taken += sum(map(self._deliver, parcels))
        return taken

    def _deliver(self, parcel: Parcel) -> bool:
        try:
            receipt = deliver(self._agency, parcel.kind, parcel.key, parcel.payload)
        except AgencyFailed as error:
            self._outbox.failed(parcel.id, str(error), self._clock() + pause_after(parcel.attempts))
            event = "outbox_stuck" if parcel.attempts >= STUCK_AFTER else "outbox_waits"
            log.warning(event, parcel=parcel.id, kind=parcel.kind, attempts=parcel.attempts, problem=str(error))
            return False
        self._outbox.delivered(parcel.id, receipt)
        log.info("outbox_delivered", parcel=parcel.id, kind=parcel.kind, attempts=parcel.attempts)
        return True


def pause_after(attempts: int) -> timedelta:
    """Before the next try: 30 s, then doubled up to an hour."""
    doublings = min(attempts - 1, 10)  # ten are beyond the longest pause
    pause: timedelta = min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)
    return pause
