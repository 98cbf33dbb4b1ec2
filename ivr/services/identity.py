"""Who is calling? Counts, brakes and locks; only the agency compares (service.md, section 7).

Unknown customer numbers are counted like real ones, so an answer never tells which numbers exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol, TypeAlias, TypeVar

import structlog

from ivr.errors import AgencyFailed
from ivr.services.agency import Agency
from ivr.services.follow_ups import FollowUps
from ivr.vocabulary import CallId, Milliseconds, PersonRef, Secret

log = structlog.get_logger()

Tally: TypeAlias = tuple[int, datetime | None]
"""Failures within a window, and when the last of them was."""
Refusal = TypeVar("Refusal")

FAILURES_OF_CITIZEN = 5
WINDOW = timedelta(hours=24)
"""Five failures within it lock level 2; a locked attempt is not compared and not counted."""
FREE_FAILURES_OF_CALLING = 3
"""From one telephone, before it is slowed down: a household may mistype."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=10)
"""Doubled with each further failure from the same telephone."""
LINE_WINDOW = timedelta(minutes=10)
FREE_FAILURES_OF_LINE = 30
"""Within the window; well above what honest callers mistype, far below what a dialler needs."""
LINE_SPACING = timedelta(seconds=5)
"""Between attempts on the whole line once it is under attack: 720 guesses an hour at most, whoever asks."""
LETTER_EVERY = timedelta(days=7)


class Counters(Protocol):
    """What the store counts; see ivr/store/identity_counters.py."""

    def attempt(
        self, customer_number: str, from_hash: str, refuse: Callable[[Tally, Tally, Tally], Refusal | None]
    ) -> int | Refusal:
        """One attempt at a time: the refusal, or the number of the attempt that was written down."""
        ...

    def withdraw(self, attempt: int) -> None:
        """This attempt is no failure."""
        ...

    def lift(self, customer_number: str) -> int:
        """Forget a citizen's failures."""
        ...

    def ask_letter(self, customer_number: str, birth_date: date, every: timedelta) -> bool:
        """True: a letter may be asked for now, and it is written down."""
        ...


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as far as the line itself knows."""

    call_id: CallId
    from_hash: str
    """Fingerprint of the calling number; empty where it is withheld."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Number and PIN belong together."""

    person: PersonRef


@dataclass(frozen=True, slots=True)
class Refused:
    """They do not, with no hint which is wrong."""


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many failures; not compared. Status words (level 1) and a person stay open."""


@dataclass(frozen=True, slots=True)
class Braked:
    """Too fast; not compared and not counted. The same pair may be tried again after the wait."""

    wait: Milliseconds


Verdict: TypeAlias = Verified | Refused | Locked | Braked


class Identity:
    """Shared by all threads. Raises AgencyFailed and StoreFailed; an attempt that could not be compared counts not."""

    def __init__(
        self, agency: Agency, counters: Counters, follow_ups: FollowUps, clock: Callable[[], datetime]
    ) -> None:
        self._agency = agency
        self._counters = counters
        self._follow_ups = follow_ups
        self._clock = clock

    def verify(self, caller: Caller, customer_number: str, pin: Secret) -> Verdict:
        """Count, then let the agency compare. The PIN is neither kept nor logged."""
        speaks_against = partial(refusal, now=self._clock())
        admitted: int | Locked | Braked = self._counters.attempt(customer_number, caller.from_hash, speaks_against)
        if isinstance(admitted, Locked | Braked):
            log.warning("identity_not_compared", call_id=caller.call_id, why=type(admitted).__name__.lower())
            return admitted
        try:
            person = self._agency.verify(customer_number, pin)
        except AgencyFailed:
            self._counters.withdraw(admitted)
            raise
        if person is None:
            log.info("identity_refused", call_id=caller.call_id)
            return Refused()
        self._counters.withdraw(admitted)
        log.info("identity_verified", call_id=caller.call_id)
        return Verified(person)

    def ask_pin_letter(self, customer_number: str, birth_date: date) -> None:
        """A new PIN by letter, once a week; the caller hears the same words whatever happens here."""
        if self._counters.ask_letter(customer_number, birth_date, LETTER_EVERY):
            self._follow_ups.pin_letter(customer_number, birth_date)

    def lift_lock(self, customer_number: str) -> None:
        """For staff, or once a new PIN was posted."""
        self._counters.lift(customer_number)


def refusal(of_citizen: Tally, of_calling: Tally, of_line: Tally, now: datetime) -> Locked | Braked | None:
    """What speaks against comparing now; None: nothing."""
    if of_citizen[0] >= FAILURES_OF_CITIZEN:
        return Locked()
    wait = max(_wait_of_calling(of_calling, now), _wait_of_line(of_line, now))
    return Braked(Milliseconds(int(wait / timedelta(milliseconds=1)))) if wait > timedelta(0) else None


def _wait_of_calling(tally: Tally, now: datetime) -> timedelta:
    failures, last = tally
    if last is None or failures < FREE_FAILURES_OF_CALLING:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES_OF_CALLING, 10)  # ten are far beyond the longest wait
    wait: timedelta = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return last + wait - now


def _wait_of_line(tally: Tally, now: datetime) -> timedelta:
    failures, last = tally
    if last is None or failures < FREE_FAILURES_OF_LINE:
        return timedelta(0)
    return last + LINE_SPACING - now
