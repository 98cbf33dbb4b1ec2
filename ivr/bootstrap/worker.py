"""The worker's process: call-backs, outbox, retention, audit, ring-backs, reminders."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

from ivr import logs
from ivr.bootstrap.calls_out import calls_out, ringing
from ivr.bootstrap.reminders import sending
from ivr.bootstrap.settled import agency_url, prompts_of, utc
from ivr.bootstrap.stores import open_stores
from ivr.errors import SettingsError
from ivr.jobs.audit import AuditCheck
from ivr.jobs.call_backs import CallBackHandOver
from ivr.jobs.outbox import OutboxDelivery
from ivr.jobs.queue import EVERY_MINUTE, Duty, open_queue, register, run_worker
from ivr.jobs.ring_backs import RingBackCalls
from ivr.jobs.upkeep import duties
from ivr.services.agency_client import AgencyAddress
from ivr.services.agency_http import HttpAgency
from ivr.settings import Settings, load_settings
from ivr.store.audit import Audit
from ivr.store.retention import Ages, Retention


def run() -> None:
    """Work until SIGTERM."""
    logs.set_up("worker")
    settings = load_settings()
    stores = open_stores(settings)
    agency = HttpAgency(AgencyAddress(agency_url(settings), settings.secrets.agency))
    carrier = calls_out(settings)
    queue = open_queue(settings.var / "jobs.db")
    register(
        queue,
        duties(
            CallBackHandOver(stores.call_backs, stores.outbox),
            OutboxDelivery(stores.outbox, agency, utc),
            Retention(stores.database, utc, ages(settings)),
            AuditCheck(Audit(stores.database, utc, ages(settings).calls)),
            RingBackCalls(stores.ring_backs, ringing(carrier, settings.public_url)) if carrier is not None else None,
        ),
    )
    if carrier is not None:
        reminders = sending(stores, prompts_of(settings), settings.currency, carrier)
        register(queue, (Duty("reminders", EVERY_MINUTE, reminders.send_due),))
    run_worker(queue)


def ages(settings: Settings) -> Ages:
    """How long things are kept: config.yml over the defaults. Raises SettingsError for an unknown table."""
    known = {one.name for one in fields(Ages)}
    if strange := sorted(set(settings.retention_days) - known):
        expected = ", ".join(sorted(known))
        raise SettingsError(f"config.yml: line.retention_days.{strange[0]} is no table; expected one of {expected}")
    return Ages(**{table: timedelta(days=days) for table, days in settings.retention_days.items()})


if __name__ == "__main__":
    run()
