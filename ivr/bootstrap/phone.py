"""The web phone's process: a simulated carrier for one browser a call."""

from __future__ import annotations

from flask import Flask

from ivr import logs
from ivr.settings import load_settings
from ivr.simulator.softphone import Line, phone_app, phone_to


def app() -> Flask:
    """What gunicorn serves; it calls the line as a carrier would."""
    logs.set_up("phone")
    settings = load_settings()
    base, secrets = f"http://127.0.0.1:{settings.ports.web}", settings.secrets
    line = Line(f"{settings.public_url}/voice", secrets.carrier_token, base, secrets.operator)
    return phone_app(phone_to(line, live_credentials=settings.carrier != "simulator"))
