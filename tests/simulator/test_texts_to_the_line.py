"""The simulated carrier against the line's own messaging webhook: signed, checked, taken once."""

from __future__ import annotations

import pytest
from flask import Flask

from ivr.simulator.carrier import SimulatedCarrier
from ivr.simulator.texts import SimulatedTexts
from ivr.simulator.webhooks import WebhookFailed
from ivr.telephony.in_memory import Notes
from ivr.telephony.signature import SignatureCheck
from ivr.telephony.sms import TextPorts, sms_blueprint
from tests.simulator.servers import serving
from tests.telephony.test_sms import Desk

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(("token", "is_answered"), [(TOKEN, True), ("f" * 32, False)])
def test_a_text_passes_the_front_door_only_with_the_right_signature(token: str, is_answered: bool) -> None:
    desk, app, notes = Desk("A long answer. " * 200), Flask(__name__), Notes()
    with serving(app) as origin, SimulatedCarrier(token) as carrier:
        signatures = SignatureCheck((TOKEN,), origin, lambda reason: None)
        app.register_blueprint(sms_blueprint(TextPorts(signatures, carrier.world.account_sid, desk, notes)))
        texts = SimulatedTexts(carrier.world, f"{origin}/sms")
        if not is_answered:
            with pytest.raises(WebhookFailed):
                texts.write("+351910000001", "hello")
            assert desk.texts == []
            return
        assert [len(reply) <= 1_600 for reply in texts.write("+351910000001", "hello")] == [True, True]
        assert texts.violations == []
        assert desk.texts[0].body == "hello"
