"""The invented people: who they are, the hash of their PIN, and which story their record tells."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from ivr.vocabulary import PersonRef, Secret

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's Password Storage Cheat Sheet, argon2id: 19 MiB, two rounds."""


@dataclass(frozen=True, slots=True)
class Person:
    """One invented citizen."""

    key: str
    """The first name, for scenarios and tests."""
    name: str
    customer_number: str
    birth_date: date
    language: str
    pin_hash: str
    story: str
    """A name of stories.py."""

    @property
    def ref(self) -> PersonRef:
        """Opaque, always the same, and no customer number."""
        return PersonRef("p-" + hashlib.sha256(f"arland {self.key} {self.customer_number}".encode()).hexdigest()[:20])


@cache
def invented_people() -> tuple[Person, ...]:
    """All of them, in the order of the file."""
    rows = json.loads(files(__package__).joinpath("people.json").read_text("utf-8"))["people"]
    return tuple(Person(**{**row, "birth_date": date.fromisoformat(row["birth_date"])}) for row in rows)


def pin_fits(pin: Secret, pin_hash: str) -> bool:
    """Compare; takes as long for a wrong PIN as for the right one."""
    try:
        return HASHER.verify(pin_hash, pin.reveal())
    except VerifyMismatchError:
        return False
