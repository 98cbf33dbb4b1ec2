"""The demo agency's process."""

from __future__ import annotations

from flask import Flask

from ivr import logs
from ivr.bootstrap.settled import today_in
from ivr.services.demo_agency.app import create_demo_agency
from ivr.settings import load_settings


def app() -> Flask:
    """What gunicorn serves; what it takes in lies in a file of its own."""
    logs.set_up("agency")
    settings = load_settings()
    settings.var.mkdir(parents=True, exist_ok=True)
    return create_demo_agency(settings.secrets.agency, settings.var / "agency.db", today_in(settings))
