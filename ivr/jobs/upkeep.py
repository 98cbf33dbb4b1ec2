"""What the worker does in this version of the line, and when."""

from __future__ import annotations

import structlog

from ivr.jobs.audit import AuditCheck
from ivr.jobs.call_backs import CallBackHandOver
from ivr.jobs.outbox import OutboxDelivery
from ivr.jobs.queue import AFTER_NIGHTLY, EVERY_MINUTE, NIGHTLY, Duty
from ivr.jobs.ring_backs import RingBackCalls
from ivr.store.retention import Retention

log = structlog.get_logger()


def duties(
    call_backs: CallBackHandOver,
    outbox: OutboxDelivery,
    retention: Retention,
    audit: AuditCheck,
    ring_backs: RingBackCalls | None,
) -> tuple[Duty, ...]:
    """Call-backs go before the outbox, so that a promise reaches the agency within two minutes.

    ring_backs: None where the line has no way to call out.
    """

    def delete_expired() -> None:
        log.info("retention_done", **{table: rows for table, rows in retention.delete_expired().items() if rows})

    calls_out = (Duty("ring_backs", EVERY_MINUTE, ring_backs.ring_due),) if ring_backs is not None else ()
    return (
        *calls_out,
        Duty("call_backs", EVERY_MINUTE, call_backs.hand_over_waiting),
        Duty("outbox", EVERY_MINUTE, outbox.deliver_due),
        Duty("retention", NIGHTLY, delete_expired),
        Duty("audit", AFTER_NIGHTLY, audit.seal_and_check),
    )
