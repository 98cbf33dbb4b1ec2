"""An application whose calls repeat what they hear; for a real server process (`gunicorn …:application()`)."""

from __future__ import annotations

from flask import Flask

from ivr.calls.line import Audio, Ended, Line, Played, Started
from ivr.telephony.in_memory import Notes
from ivr.telephony.media_stream import StreamPorts, media_blueprint
from ivr.telephony.signature import SignatureCheck
from ivr.vocabulary import CallId, Milliseconds
from tests.telephony.line_under_test import ACCOUNT, ORIGIN, TOKEN


class EveryToken:
    """Accepts the token "good" as often as it comes: this process has no webhook that would issue one."""

    def issue(self, call_id: CallId) -> str:
        """See StreamTokens."""
        return "good"

    def redeem(self, token: str, call_id: CallId) -> bool:
        """See StreamTokens."""
        return token == "good"


def repeat(line: Line, started: Started) -> None:
    """Play back each frame; leave when one has been played."""
    while True:
        for heard in line.hear(Milliseconds(20)):
            if isinstance(heard, Audio):
                line.play(heard.samples)
                line.mark("echo")
            if isinstance(heard, Played):
                line.leave()
            if isinstance(heard, Ended):
                return


def application() -> Flask:
    """The stream's route alone."""
    app = Flask(__name__)
    check = SignatureCheck((TOKEN,), ORIGIN, lambda reason: None)
    app.register_blueprint(media_blueprint(StreamPorts(check, EveryToken(), ACCOUNT, Notes(), repeat)))
    return app
