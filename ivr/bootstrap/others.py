"""The processes beside the web: demo agency, voice, web phone, worker."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta

from flask import Flask

from ivr.bootstrap import voices
from ivr.bootstrap.stores import open_stores
from ivr.bootstrap.web import agency_url, today_in, utc
from ivr.errors import SettingsError
from ivr.jobs.call_backs import CallBackHandOver
from ivr.jobs.outbox import OutboxDelivery
from ivr.jobs.queue import open_queue, register, run_worker
from ivr.jobs.upkeep import duties
from ivr.services.agency_http import AgencyAddress, HttpAgency
from ivr.services.demo_agency.app import create_demo_agency
from ivr.settings import Settings
from ivr.simulator.softphone import Line, phone_app, phone_to
from ivr.store.retention import Ages, Retention
from ivr.synthesis.voice_app import create_voice_app
from ivr.vocabulary import Secret


def create_agency(settings: Settings) -> Flask:
    """The demo agency; what it takes in lies in a file of its own."""
    settings.var.mkdir(parents=True, exist_ok=True)
    return create_demo_agency(settings.secrets.agency, settings.var / "agency.db", today_in(settings))


def create_voice(settings: Settings) -> Flask:
    """hibari and espeak-ng behind HTTP."""
    return create_voice_app(voices.engines(settings).voice, Secret(settings.secrets.voice))


def create_phone(settings: Settings) -> Flask:
    """The web phone; it calls the line as a carrier would."""
    base = f"http://127.0.0.1:{settings.ports.web}"
    secrets = settings.secrets
    line = Line(f"{settings.public_url}/voice", secrets.carrier_token, base, secrets.operator)
    return phone_app(phone_to(line, live_credentials=settings.carrier != "simulator"))


def run_jobs(settings: Settings) -> None:
    """Call-backs, outbox, retention, until SIGTERM."""
    stores = open_stores(settings)
    agency = HttpAgency(AgencyAddress(agency_url(settings), settings.secrets.agency))
    queue = open_queue(settings.var / "jobs.db")
    register(
        queue,
        duties(
            CallBackHandOver(stores.call_backs, stores.outbox),
            OutboxDelivery(stores.outbox, agency, utc),
            Retention(stores.database, utc, ages(settings)),
        ),
    )
    run_worker(queue)


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the line, as it is shown to a person."""

    name: str
    what: str


PROCESSES = (
    Process("agency", "demo agency"),
    Process("dialogue", "Rasa"),
    Process("voice", "voices"),
    Process("web", "calls and webhooks"),
    Process("phone", "web phone"),
    Process("worker", "jobs"),
)


def ages(settings: Settings) -> Ages:
    """How long things are kept: config.yml over the defaults. Raises SettingsError for an unknown table."""
    known = {one.name for one in fields(Ages)}
    if strange := sorted(set(settings.retention_days) - known):
        expected = ", ".join(sorted(known))
        raise SettingsError(f"config.yml: line.retention_days.{strange[0]} is no table; expected one of {expected}")
    return Ages(**{table: timedelta(days=days) for table, days in settings.retention_days.items()})
