"""The voice process: hibari and espeak-ng behind HTTP."""

from __future__ import annotations

from flask import Flask

from ivr import logs
from ivr.bootstrap.voices import engines
from ivr.settings import load_settings
from ivr.synthesis.voice_app import create_voice_app
from ivr.vocabulary import Secret


def app() -> Flask:
    """What gunicorn serves."""
    logs.set_up("voice")
    settings = load_settings()
    return create_voice_app(engines(settings).voice, Secret(settings.secrets.voice))
