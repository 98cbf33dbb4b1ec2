"""Ring and hang up: the call is declined before it costs anybody anything, and the caller is rung within minutes."""

from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumberType

from ivr.telephony import twiml
from ivr.telephony.call_back import readable_number
from ivr.telephony.script import Script

REASON = "missed_call"
COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})


def decline(script: Script) -> str:
    """Busy, whoever rings; a withheld number is nobody to ring back."""
    number = readable_number(script.request.caller, script.ports.region)
    if not number:
        outcome = "withheld"
    elif not is_at_home(number, script.ports.region):
        outcome = "foreign_or_costly"
    else:
        outcome = script.ports.ring_backs.ask(script.call_id, number, REASON)
    script.note(REASON, outcome=outcome)
    return twiml.reject()


def is_at_home(number: str, region: str) -> bool:
    """Whether a number that a call claimed to come from may be rung: of the line's own country, and no costly one.

    Whoever forges the number of a costly line must not earn by our ring-backs.
    """
    parsed = phonenumbers.parse(number)
    is_near = parsed.country_code == phonenumbers.country_code_for_region(region)
    return is_near and not is_costly(number)


def is_costly(number: str) -> bool:
    """Whether who rings it pays more than for a call. number: E.164; what is none counts as costly."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) in COSTLY
    except phonenumbers.NumberParseException:
        return True
