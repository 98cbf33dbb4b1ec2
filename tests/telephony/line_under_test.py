"""A line whose every port lies in memory, and a carrier that signs what it posts to it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from ivr.telephony.in_memory import (
    Notes,
    PromptIdWording,
    RememberedCallBacks,
    RememberedCalls,
    RememberedMessages,
    RememberedTokens,
    Switches,
)
from ivr.telephony.ports import WebhookPorts, Wording
from ivr.telephony.signature import SignatureCheck, sign
from ivr.telephony.webhook import webhook_blueprint
from ivr.vocabulary import CallId

TOKEN = "0123456789abcdef0123456789abcdef"
ORIGIN = "https://ivr.example.org"
ACCOUNT = "AC" + "a" * 32
CALL = CallId("CA" + "b" * 32)
CALLER = "+15552345678"


class Time:
    """A clock that is moved by hand. Seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class LineUnderTest:
    """The webhooks over ports in memory."""

    time: Time = field(default_factory=Time)
    switches: Switches = field(default_factory=Switches)
    call_backs: RememberedCallBacks = field(default_factory=RememberedCallBacks)
    voice_messages: RememberedMessages = field(default_factory=RememberedMessages)
    notes: Notes = field(default_factory=Notes)
    refusals: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.calls = RememberedCalls(self.time)
        self.tokens = RememberedTokens(self.time)
        self.ports = WebhookPorts(
            signatures=SignatureCheck((TOKEN,), ORIGIN, self.refusals.append),
            public_url=ORIGIN,
            account_sid=ACCOUNT,
            region="US",
            register=self.calls,
            documents=self.calls,
            tokens=self.tokens,
            readiness=self.switches,
            staff=self.switches,
            call_backs=self.call_backs,
            voice_messages=self.voice_messages,
            wording=PromptIdWording(),
            journal=self.notes,
        )
        self.client = self.app().test_client()

    def speak_with(self, wording: Wording) -> None:
        """Say real words instead of prompt ids, from now on."""
        self.ports = replace(self.ports, wording=wording)
        self.client = self.app().test_client()

    def app(self) -> Flask:
        """An application with the webhooks alone."""
        app = Flask(__name__)
        app.register_blueprint(webhook_blueprint(self.ports))
        return app

    def post(self, target: str, headers: Mapping[str, str] | None = None, **fields: str) -> TestResponse:
        """What the carrier posts for the call, signed; fields are added to the standard ones or replace them."""
        form = {
            "CallSid": CALL,
            "AccountSid": ACCOUNT,
            "From": CALLER,
            "To": "+15557654321",
            "CallStatus": "in-progress",
            "FromCity": "",
            "Weather": "unknown fields come without notice",
        } | fields
        target = target.removeprefix(ORIGIN)
        signed = {"X-Twilio-Signature": sign(TOKEN, ORIGIN + target, form), **(headers or {})}
        return self.client.post(target, data=form, headers=signed)

    def document(self, target: str, **fields: str) -> Document:
        """The TwiML that is answered."""
        response = self.post(target, **fields)
        assert response.status_code == 200
        assert response.mimetype == "text/xml"
        return Document(response.text)


class Document:
    """A document as a caller meets it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = ET.fromstring(text)  # noqa: S314 - our own document
        assert self.root.tag == "Response"

    @property
    def verbs(self) -> list[str]:
        """The verbs, in order."""
        return [verb.tag for verb in self.root]

    @property
    def said(self) -> list[str]:
        """All words, those inside a question included."""
        return [say.text or "" for say in self.root.iter("Say")]

    @property
    def action(self) -> str:
        """Where the carrier goes on: the action of the one verb that waits."""
        (waiting,) = [verb for verb in self.root if "action" in verb.attrib]
        return waiting.attrib["action"]

    @property
    def redirect(self) -> str:
        """The last verb's address."""
        assert self.verbs[-1] == "Redirect"
        return self.root[-1].text or ""

    @property
    def token(self) -> str:
        """The stream's token."""
        parameter = self.root.find("Connect/Stream/Parameter[@name='t']")
        assert parameter is not None
        return parameter.attrib["value"]

    def route(self) -> str:
        """The route of `action`."""
        return urlsplit(self.action).path
