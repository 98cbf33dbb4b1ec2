"""Texts of the simulated carrier, through twilio's own client and the line's real webhook."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask, Response, request
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from ivr.simulator.carrier import SimulatedCarrier
from ivr.simulator.clock import RealClock
from ivr.simulator.rest import RestServer
from ivr.simulator.texts import SimulatedTexts, Text
from ivr.simulator.webhooks import WebhookFailed
from ivr.simulator.world import CarrierOptions, Fault
from tests.simulator.servers import serving

TOKEN = "0123456789abcdef0123456789abcdef"
LINE, CITIZEN = "+351210000000", "+351910000001"


class Answering:
    """A line that answers every text alike and notes what it was asked."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.document = "<Response><Message>Hello.</Message></Response>"
        self.app = Flask(__name__)
        self.app.post("/sms")(self._take)
        self.app.post("/sms/status")(self._take)

    def statuses(self) -> list[str]:
        return [form["MessageStatus"] for form in self.forms if "MessageStatus" in form]

    def _take(self) -> Response:
        signed = RequestValidator(TOKEN).validate(request.url, request.form, request.headers["X-Twilio-Signature"])
        assert signed
        self.forms.append(request.form.to_dict())
        return Response(self.document, mimetype="text/xml")


@pytest.fixture
def line() -> Answering:
    return Answering()


@pytest.fixture
def origin(line: Answering) -> Iterator[str]:
    with serving(line.app) as origin:
        yield origin


@pytest.fixture
def carrier() -> Iterator[SimulatedCarrier]:
    options = CarrierOptions(status_doubled=True, status_shuffled=True)
    with SimulatedCarrier(TOKEN, options, RealClock()) as carrier:
        yield carrier


@pytest.fixture
def client(carrier: SimulatedCarrier) -> Iterator[Client]:
    with RestServer(carrier) as rest:
        client = Client(carrier.world.account_sid, TOKEN)
        client.api.base_url = rest.url
        yield client


def test_what_somebody_writes_is_posted_signed_and_the_answer_read(
    carrier: SimulatedCarrier, line: Answering, origin: str
) -> None:
    texts = SimulatedTexts(carrier.world, f"{origin}/sms")
    assert texts.write(CITIZEN, "Hello? <&>") == ["Hello."]
    (form,) = line.forms
    assert (form["From"], form["To"], form["Body"]) == (CITIZEN, LINE, "Hello? <&>")
    assert form["MessageSid"].startswith("SM")
    assert texts.to(CITIZEN) == ["Hello."]
    assert texts.violations == []


def test_a_repeated_request_names_the_same_message(carrier: SimulatedCarrier, line: Answering, origin: str) -> None:
    texts = SimulatedTexts(carrier.world, f"{origin}/sms")
    assert texts.write(CITIZEN, "Hello?", again=1) == ["Hello."]
    assert len({form["MessageSid"] for form in line.forms}) == 1
    assert len(line.forms) == 2


def test_after_stop_nothing_reaches_them_until_start(carrier: SimulatedCarrier, line: Answering, origin: str) -> None:
    texts = SimulatedTexts(carrier.world, f"{origin}/sms")
    assert texts.write(CITIZEN, "STOP") == []
    assert texts.write(CITIZEN, "hello") == []
    assert texts.write(CITIZEN, "start") == ["Hello."]


@pytest.mark.parametrize(
    ("document", "violations"),
    [
        ("<Response><Say>Hello.</Say></Response>", 1),
        ("<Response><Message colour='red'>Hello.</Message></Response>", 1),
        (f"<Response><Message>{'x' * 1601}</Message></Response>", 1),
        ("<Response><Message/></Response>", 1),
        ("<Response><Message><Body>Hello.</Body></Message></Response>", 0),
        ("<Response/>", 0),
    ],
)
def test_what_a_line_must_not_answer_is_noted(
    carrier: SimulatedCarrier, line: Answering, origin: str, document: str, violations: int
) -> None:
    line.document = document
    texts = SimulatedTexts(carrier.world, f"{origin}/sms")
    texts.write(CITIZEN, "hello")
    assert len(texts.violations) == violations


def test_no_document_is_a_failure(carrier: SimulatedCarrier, line: Answering, origin: str) -> None:
    line.document = "nonsense"
    with pytest.raises(WebhookFailed):
        SimulatedTexts(carrier.world, f"{origin}/sms").write(CITIZEN, "hello")


def test_the_line_sends_and_hears_how_far_it_came(
    carrier: SimulatedCarrier, client: Client, line: Answering, origin: str
) -> None:
    sent = client.messages.create(to=CITIZEN, from_=LINE, body="Tomorrow.", status_callback=f"{origin}/sms/status")
    assert sent.status == "queued"
    until = time.monotonic() + 5
    while len(line.statuses()) < 4 and time.monotonic() < until:
        time.sleep(0.01)
    assert sorted(line.statuses()) == ["delivered", "delivered", "sent", "sent"]
    assert client.messages(sent.sid).fetch().status == "delivered"
    assert [text.body for text in client.messages.list(to=CITIZEN)] == ["Tomorrow."]


@pytest.mark.parametrize(
    ("to", "body", "code"),
    [
        ("12", "x", 21211),
        ("+351910000009", "x", 21610),
        ("+351210000009", "x", 21614),
        (CITIZEN, "x" * 1601, 21617),
        (CITIZEN, "", 21602),
    ],
)
def test_the_carrier_refuses_with_its_own_codes(
    carrier: SimulatedCarrier, client: Client, to: str, body: str, code: int
) -> None:
    carrier.texts.opted_out.add("+351910000009")
    carrier.texts.landlines.add("+351210000009")
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=to, from_=LINE, body=body)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_a_fault_that_was_set_hits_texts_too(carrier: SimulatedCarrier, client: Client) -> None:
    carrier.world.faults.append(Fault("/Messages", "429"))
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=CITIZEN, from_=LINE, body="x")
    assert refused.value.code == 20429


@pytest.mark.parametrize(
    ("body", "segments"), [("a" * 160, 1), ("a" * 161, 2), ("ñ" * 160, 1), ("연" * 70, 1), ("연" * 71, 2)]
)
def test_segments_are_counted_as_they_are_billed(body: str, segments: int) -> None:
    assert Text("SM", LINE, CITIZEN, body, "outbound-api").segments == segments
