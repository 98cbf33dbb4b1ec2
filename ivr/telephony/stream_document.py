"""The document that opens a stream: for a new call, after a death of ours, after a person who did not answer."""

from __future__ import annotations

from ivr.telephony import twiml
from ivr.telephony.script import Script


def stream(script: Script, apology: bool = False) -> str:
    """A stream with a fresh token; behind it the carrier asks /voice/resume."""
    token = script.ports.tokens.issue(script.call_id)
    before = [script.phrase("line_apology")] if apology else []
    return twiml.stream(script.links, token, script.next("/voice/resume"), before)
