"""The web phone's process: a simulated carrier for one browser a call."""

from __future__ import annotations

from flask import Flask

from ivr import logs
from ivr.settings import Settings, load_settings
from ivr.simulator.phone.examples import Example, examples_in
from ivr.simulator.softphone import Line, phone_app, phone_to

TESTERS = "ivr/services/demo_agency/testers.json"


def _people(settings: Settings) -> tuple[Example, ...]:
    """Whom a newcomer may play; nobody where the agency is a real one."""
    return () if settings.agency_url else examples_in(settings.root / TESTERS)


def app() -> Flask:
    """What gunicorn serves; it calls the line as a carrier would."""
    logs.set_up("phone")
    settings = load_settings()
    base, secrets = f"http://127.0.0.1:{settings.ports.web}", settings.secrets
    line = Line(f"{settings.public_url}/voice", secrets.carrier_token, secrets.carrier_account, base, secrets.operator)
    return phone_app(phone_to(line, live_credentials=settings.carrier != "simulator", examples=_people(settings)))
