"""What gunicorn serves: `ivr.bootstrap.served:web()` and its like; settings as everywhere."""

from __future__ import annotations

import os

from flask import Flask

from ivr import logs
from ivr.bootstrap.others import create_agency, create_phone, create_voice
from ivr.bootstrap.web import create_web
from ivr.settings import load_settings


def web() -> Flask:
    """One web process; OPENLINE_PROCESS_NUMBER says which."""
    number = int(os.environ.get("OPENLINE_PROCESS_NUMBER", "0"))
    logs.set_up(f"web-{number}")
    return create_web(load_settings(), number)


def agency() -> Flask:
    """The demo agency."""
    logs.set_up("agency")
    return create_agency(load_settings())


def voice() -> Flask:
    """The voice process."""
    logs.set_up("voice")
    return create_voice(load_settings())


def phone() -> Flask:
    """The web phone."""
    logs.set_up("phone")
    return create_phone(load_settings())
