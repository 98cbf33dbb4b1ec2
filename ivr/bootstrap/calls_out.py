"""The line's way out: calls and texts through the carrier's REST interface."""

from __future__ import annotations

from collections.abc import Callable

from ivr.settings import Settings
from ivr.telephony.carrier import Ring, TwilioCarrier
from ivr.telephony.rest import Account
from ivr.vocabulary import CallId


def calls_out(settings: Settings) -> TwilioCarrier | None:
    """The carrier; None where it is simulated and no mock of its REST interface is named, or the line has no number."""
    if not settings.line_number or (settings.carrier == "simulator" and not settings.carrier_api):
        return None
    secrets = settings.secrets
    account = Account(secrets.carrier_account, secrets.carrier_token, settings.carrier_api)
    return TwilioCarrier(account, settings.line_number, settings.public_url)


def ringing(carrier: TwilioCarrier, public_url: str) -> Callable[[str], CallId]:
    """Rings a number; whoever answers is served as if they had called."""
    return lambda number: carrier.ring(Ring(number, f"{public_url}/voice", detect_machine=True))
