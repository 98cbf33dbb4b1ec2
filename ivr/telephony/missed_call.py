"""Ring and hang up: the call is declined before it costs anybody anything, and the caller is rung within minutes."""

from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumberType

from ivr.telephony import twiml
from ivr.telephony.call_back import readable_number
from ivr.telephony.script import Script

REASON = "missed_call"
ORDINARY = frozenset({PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
"""What people have at home and in the pocket; every other kind may cost whoever rings it."""


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


def number_at_home(caller: str, region: str) -> str:
    """The calling number where the line may ring it or write to it by itself (E.164); empty: it may not."""
    number = readable_number(caller, region)
    return number if number and is_at_home(number, region) else ""


def is_at_home(number: str, region: str) -> bool:
    """Whether a number that a call claimed to come from may be rung: an ordinary one of the line's own country.

    Whoever forges the number of a costly line must not earn by our ring-backs. A country code is not enough: +1 also
    leads to islands where a minute costs as much as a premium line. number: E.164, or it counts as costly.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    is_near = phonenumbers.region_code_for_number(parsed) == region
    return is_near and phonenumbers.number_type(parsed) in ORDINARY
