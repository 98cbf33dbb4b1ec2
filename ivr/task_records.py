"""What the agency and the store say of offices, appointments and contributions, as it reaches the conversation.

As in records.py: amounts in minor units, dates and times of the agency's zone, words of docs/agency-api.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

TELEPHONE = "telephone"
"""The office that phones people: it has a calendar and no door."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town as callers name it; two may have one name."""

    town: str
    district: str
    postcode: str
    """Five digits; where the town's hall stands."""


@dataclass(frozen=True, slots=True)
class Open:
    """One span in which an office is open."""

    day: date
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Office:
    """One office of the agency."""

    id: str
    town: str
    street: str
    step_free: bool
    """Without steps from the street to the counter."""
    does: frozenset[str]
    """The benefits that it handles."""
    open: tuple[Open, ...]
    """Of the next 14 days, today included, in order; a holiday has none."""
    papers: tuple[str, ...] = ()
    """To bring for what was asked; empty where nothing was asked."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """The towns of a name; none: the name is not known."""

    found: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Offices:
    """Offices, nearest first; none: the postcode is not known."""

    found: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """Times that can be had at an office, soonest first."""

    office: Office
    times: tuple[str, ...]
    """Such as 2026-11-26T09:30, in the agency's zone."""
    taken: bool = False
    """The time that was chosen had just gone to somebody else; these are the next ones."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One that a person has."""

    reference: str
    office: str
    """Its id."""
    town: str
    street: str
    service: str
    at: str
    """Such as 2026-11-26T09:30, in the agency's zone."""
    papers: tuple[str, ...] = ()
    can_remind: bool = False
    """A text message can be sent to the telephone that called."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class OwnAppointments:
    """What a person has booked, soonest first."""

    found: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A time is kept for this call while it is read back."""

    at: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An appointment is cancelled, and its time is free."""

    done: bool
    """False: it was none of this person's, or it was cancelled before."""


@dataclass(frozen=True, slots=True)
class ReminderKept:
    """A reminder will be sent, or cannot be."""

    kept: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Months for which nothing is on the record."""

    since: date
    until: date
    reason: str
    """employer_missing, not_paid, abroad, two_numbers, not_known."""


@dataclass(frozen=True, slots=True)
class ContributionDue:
    """What a person who pays by herself has to pay."""

    amount: int
    due: date


@dataclass(frozen=True, slots=True)
class Contributions:
    """The months that were paid in."""

    months: int
    last_month_ends: date | None
    """None: there are no months."""
    months_last_year: int
    """Of the last full calendar year."""
    gaps: tuple[Gap, ...]
    """Newest first."""
    due: ContributionDue | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class RingBackAsked:
    """Whether the line rings back by itself in a moment; False: it has no way out, or this number had its share."""

    is_coming: bool
