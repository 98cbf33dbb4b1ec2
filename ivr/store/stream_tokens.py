"""One-time tokens that open a media stream: only a hash is kept, good for 60 s and for one call."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import insert, update

from ivr.store.database import Clock, Database
from ivr.store.tables import stream_tokens
from ivr.vocabulary import CallId

LIFE = timedelta(seconds=60)
"""The carrier opens the stream within seconds of reading our answer."""


class StreamTokens:
    """Makes and uses up tokens; shared by all threads and processes. Raises StoreFailed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def issue(self, call_id: CallId) -> str:
        """A new token of 43 characters, safe in addresses and XML."""
        token = secrets.token_urlsafe(32)
        values = {"token_hash": _hash(token), "call_id": call_id, "expires": self._clock() + LIFE}
        with self._database.writing() as connection:
            connection.execute(insert(stream_tokens).values(**values))
        return token

    def redeem(self, token: str, call_id: CallId) -> bool:
        """Use it up. False: unknown, used, too old or another call's, with no hint which."""
        if not (call_id.isascii() and call_id.isprintable()):
            return False  # no database would take it, and no carrier names a call so
        now = self._clock()
        mine = (stream_tokens.c.token_hash == _hash(token)) & (stream_tokens.c.call_id == call_id)
        usable = mine & stream_tokens.c.redeemed.is_(None) & (stream_tokens.c.expires > now)
        with self._database.writing() as connection:
            return connection.execute(update(stream_tokens).where(usable).values(redeemed=now)).rowcount == 1


def _hash(token: str) -> str:
    # A random token of 256 bits needs no salt and no slow hash.
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
