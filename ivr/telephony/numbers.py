"""Points a telephone number of the account at the line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ivr.errors import CarrierFailed, SettingsError
from ivr.telephony.rest import Account, ask, connect
from ivr.telephony.twiml import Links

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_HOST = re.compile(r"[a-z0-9.-]+\.[a-z0-9-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the carrier asks for a number's calls."""

    voice_url: str
    fallback_url: str
    """Asked when voice_url gives no valid answer; empty: the carrier plays an error message and hangs up."""
    status_url: str

    @property
    def shares_host(self) -> bool:
        """True where the fallback dies with the line's own host, so is none."""
        return bool(self.fallback_url) and urlsplit(self.fallback_url).hostname == urlsplit(self.voice_url).hostname


def plan(number: str, line_url: str, fallback_url: str) -> Connection:
    """What will be set. Raises SettingsError for a number or address that the carrier would not take."""
    valid_number(number)
    links = Links(_valid_url(line_url, "--url").removesuffix("/").removesuffix("/voice"))
    fallback = _valid_url(fallback_url, "--fallback-url") if fallback_url else ""
    return Connection(links.to("/voice"), fallback, links.to("/voice/status"))


def valid_number(number: str) -> str:
    """The number itself. Raises SettingsError where it is none."""
    if not _E164.fullmatch(number):
        raise SettingsError(f"{number!r} is no telephone number; expected + and country code: +15551234567")
    return number


def apply(account: Account, number: str, connection: Connection) -> str:
    """Set it at the carrier; returns the SID of the number. Raises CarrierFailed, also where the account lacks it."""
    client = connect(account)
    found = ask(lambda: client.incoming_phone_numbers.list(phone_number=number, limit=1))
    if not found:
        raise CarrierFailed(f"the account has no number {number}; buy it or check the account")
    ask(
        lambda: found[0].update(
            voice_url=connection.voice_url,
            voice_method="POST",
            voice_fallback_url=connection.fallback_url,
            # A static host answers GET and often refuses POST.
            voice_fallback_method="GET",
            status_callback=connection.status_url,
            status_callback_method="POST",
        )
    )
    return str(found[0].sid)


def _valid_url(url: str, option: str) -> str:
    address = urlsplit(url)
    if address.scheme != "https" or not _HOST.fullmatch(address.hostname or ""):
        raise SettingsError(f"{option} {url!r}: expected https:// and a public host name (no underscore, no address)")
    if address.username or address.query:
        raise SettingsError(f"{option} {url!r}: expected no user and no query")
    return url
