"""Sensitive columns: AES-256-GCM with versioned keys, and keyed fingerprints of what must only be recognized again.

Every sealed value is bound to the place it belongs to: moved to another row or column it does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ivr.errors import SettingsError, StoreFailed

KEY_BYTES = 32
NONCE_BYTES = 12
"""The size AES-GCM is specified for; random, so one key is good for 2**32 values (NIST SP 800-38D, 8.3)."""
VERSION_BYTES = 2


class Keyring:
    """The store's keys by version: the highest seals, all of them open. Immutable, shared by all threads."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys:
            raise SettingsError("the store needs a key; `openline db new-key` makes one")
        for version, key in keys.items():
            if len(key) != KEY_BYTES or not 0 < version < 2 ** (8 * VERSION_BYTES):
                raise SettingsError(f"store key {version}: expected a version from 1 to 65535 and {KEY_BYTES} bytes")
        self._newest = max(keys)
        self._ciphers = {version: AESGCM(_derive(key, b"openline sealed columns")) for version, key in keys.items()}
        self._fingerprint_key = _derive(keys[min(keys)], b"openline fingerprints")

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """Read the setting: one base64 key (version 1), or several as `2:<key>,1:<key>`; SettingsError otherwise."""
        keys: dict[int, bytes] = {}
        for part in filter(None, (piece.strip() for piece in text.split(","))):
            version, _, key = part.rpartition(":")
            try:
                keys[int(version or 1)] = base64.b64decode(key, altchars=b"-_", validate=True)
            except (ValueError, binascii.Error):
                raise SettingsError("the store key is no base64 text; `openline db new-key` makes one") from None
        return cls(keys)

    @staticmethod
    def generate() -> str:
        """A new random key as text for the settings."""
        return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()

    def seal(self, text: str, place: str) -> bytes:
        """Encrypt a text for its place, e.g. "calls.state:CA12"."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._newest].encrypt(nonce, _bytes(text), _bytes(place))
        return self._newest.to_bytes(VERSION_BYTES) + nonce + sealed

    def open(self, sealed: bytes, place: str) -> str:
        """Decrypt what was sealed for the same place; StoreFailed on a missing key or a changed value."""
        version = int.from_bytes(sealed[:VERSION_BYTES])
        nonce, body = sealed[VERSION_BYTES : VERSION_BYTES + NONCE_BYTES], sealed[VERSION_BYTES + NONCE_BYTES :]
        if version not in self._ciphers:
            raise StoreFailed(f"a value is sealed with store key {version}, which is not in the settings")
        try:
            return self._ciphers[version].decrypt(nonce, body, _bytes(place)).decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError):
            raise StoreFailed(f"a sealed value of {place.partition(':')[0]} was changed or moved") from None

    def fingerprint(self, text: str, purpose: str) -> str:
        """A keyed hash, 64 hexadecimal digits; the same for the same text, worthless without the oldest key.

        Plain hashes of telephone or customer numbers can be undone by trying all numbers.
        """
        return hmac.new(self._fingerprint_key, _bytes(f"{purpose}\0{text}"), hashlib.sha256).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # JSON may hold halves of surrogate pairs


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)
