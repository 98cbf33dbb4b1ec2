"""The carrier out: ring somebody, give a running call other orders, send a text message.

Blocks up to 15 s: jobs and pools only.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ivr.telephony.rest import Account, Refused, ask, connect
from ivr.telephony.sms import LARGEST_TEXT
from ivr.telephony.twiml import Links
from ivr.vocabulary import CallId

CALL_OVER = frozenset({21220, 20404})
"""The call is no longer in progress; the carrier knows no such call."""
NEVER_AGAIN = frozenset({21211, 21610, 21614})
"""Refusals of a text message that no later try will change: no such number, opted out, a landline."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A call out."""

    number: str
    """E.164."""
    url: str
    """The document that runs when it is answered; absolute."""
    ring_seconds: int = 25
    """The carrier adds up to 5 s; voicemail mostly begins later."""
    detect_machine: bool = False
    """Ask the carrier who answered (AnsweredBy at /voice/status); in the background, or a person would hear silence."""


class TwilioCarrier:
    """Safe to use from any thread."""

    def __init__(
        self, account: Account, line_number: str, public_url: str, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """line_number: E.164, what people see ringing. public_url: as the carrier reaches us."""
        self._client = connect(account)
        self._line_number = line_number
        self._links = Links(public_url)
        self._sleep = sleep

    def ring(self, ring: Ring) -> CallId:
        """Ring a number; its progress comes to /voice/status. Raises Refused or CarrierFailed.

        Not tried again after a broken connection: the telephone may be ringing already.
        """
        detection = {}
        if ring.detect_machine:
            status_url = self._links.to("/voice/status")
            detection = {
                "machine_detection": "Enable",
                "async_amd": "true",
                "async_amd_status_callback": status_url,
                "async_amd_status_callback_method": "POST",
            }
        call = ask(
            lambda: self._client.calls.create(
                to=ring.number,
                from_=self._line_number,
                url=ring.url,
                method="POST",
                timeout=ring.ring_seconds,
                status_callback=self._links.to("/voice/status"),
                status_callback_method="POST",
                status_callback_event=["initiated", "ringing", "answered", "completed"],
                **detection,
            ),
            self._sleep,
        )
        return CallId(str(call.sid))

    def send_text(self, number: str, body: str) -> str:
        """Send a text message; nothing personal goes into one. Returns its name at the carrier (SM and 32 hex digits).

        number: E.164. Its progress comes to /sms/status. Raises Refused (NEVER_AGAIN: for good) or CarrierFailed;
        not tried again after a broken connection: it may be on its way already. Raises ValueError for a body that is
        empty or longer than LARGEST_TEXT.
        """
        if not 0 < len(body) <= LARGEST_TEXT:
            raise ValueError(f"a text message has 1 to {LARGEST_TEXT} characters, not {len(body)}")
        sent = ask(
            lambda: self._client.messages.create(
                to=number, from_=self._line_number, body=body, status_callback=self._links.to("/sms/status")
            ),
            self._sleep,
        )
        return str(sent.sid)

    def redirect(self, call_id: CallId, route: str) -> bool:
        """The watchdog's way out of a stuck stream: the call goes on at a route of ours ("/voice/resume").

        False: the call is over. Never used because of a status callback: it would kill a stream that just opens.
        Raises Refused or CarrierFailed.
        """
        return self._update(call_id, url=self._links.to(route), method="POST")

    def hang_up(self, call_id: CallId) -> bool:
        """End a call. False: it was over already. Raises Refused or CarrierFailed."""
        return self._update(call_id, status="completed")

    def _update(self, call_id: CallId, **orders: str) -> bool:
        try:
            ask(lambda: self._client.calls(call_id).update(**orders), self._sleep)
        except Refused as refused:
            if refused.number in CALL_OVER:
                return False
            raise
        return True
