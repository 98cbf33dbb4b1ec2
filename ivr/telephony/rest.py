"""The carrier's REST interface with time limits, and its refusals as errors of ours."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ivr.errors import CarrierFailed

TIME_LIMIT_S = 5.0
"""For one request; twilio's client has none of its own."""
TRIES = 3
"""After "too many requests", which the carrier promises not to have carried out (20429)."""
FIRST_PAUSE_S = 0.5
"""Doubles with each try."""
OTHER_ERRORS = 0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are at the carrier."""

    account_sid: str
    auth_token: str
    base_url: str = ""
    """Another host than the carrier's, for a simulator: http://127.0.0.1:4010."""

    def __repr__(self) -> str:
        return f"Account({self.account_sid})"


class Refused(CarrierFailed):
    """The carrier answered with an error. `number` is its code (0: none), e.g. 21220 for a call that is over."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(text)
        self.number = number


def connect(account: Account) -> Client:
    """A client that gives up after TIME_LIMIT_S a request. Opens nothing yet."""
    # An environment of our own: TWILIO_EDGE and TWILIO_REGION would rewrite the host behind our back.
    client = Client(
        account.account_sid,
        account.auth_token,
        http_client=TwilioHttpClient(timeout=TIME_LIMIT_S),
        environment={"TWILIO_ACCOUNT_SID": account.account_sid},
    )
    if account.base_url:
        client.api.base_url = account.base_url.rstrip("/")
    return client


def ask(request: Callable[[], Result], sleep: Callable[[float], None] = time.sleep) -> Result:
    """Carry out one request; only "too many requests" is tried again, since anything else may have been done.

    Raises Refused with the carrier's code, CarrierFailed where it cannot be reached.
    """
    for attempt in range(TRIES):
        try:
            return request()
        except TwilioRestException as error:
            if error.status != 429 or attempt == TRIES - 1:
                raise Refused(error.code or OTHER_ERRORS, f"the carrier refused: {error.status} {error.msg}") from None
            sleep(FIRST_PAUSE_S * 2**attempt)
        except (RequestException, TwilioException) as error:
            raise CarrierFailed(f"the carrier cannot be reached ({type(error).__name__})") from None
    raise AssertionError("the last try returns or raises")
