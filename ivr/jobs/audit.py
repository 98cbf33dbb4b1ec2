"""Seals the audit trail each night and looks whether it is still as it was written."""

from __future__ import annotations

import structlog

from ivr.store.audit import Audit

log = structlog.get_logger()

MOST_TOLD = 20
"""Flaws told one by one; after a broken disk there may be thousands."""


class AuditCheck:
    """For the worker."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    def seal_and_check(self) -> int:
        """Returns how many flaws there are. The digest of each seal goes to the log, which lies elsewhere: whoever
        changes the database cannot change that too."""
        for seal in self._audit.seal_days():
            log.info("audit_sealed", day=seal.day, number=seal.number, calls=seal.calls, digest=seal.digest)
        verdict = self._audit.verify()
        for flaw in verdict.flaws[:MOST_TOLD]:
            log.error("audit_flaw", call_id=flaw.call_id, entry=flaw.sequence, what=flaw.what)
        log.info("audit_checked", calls=verdict.calls, entries=verdict.entries, flaws=len(verdict.flaws))
        return len(verdict.flaws)
