"""New addresses and telephone numbers in the invented agency: in force only after a hold, unless they are stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ivr.services.demo_agency.intake import Intake
from ivr.services.demo_agency.people import Person
from ivr.services.demo_agency.record import working_day
from ivr.vocabulary import PersonRef

HOLD = timedelta(days=14)
"""Long enough for a letter to the old address, and for somebody who is away for a week."""
POST_TAKES = timedelta(days=5)
OLD_CONTACT_DEAD = frozenset({"walter"})
"""Keys of invented people whose old address and telephone nobody answers."""
CHANGE, STOP, NOTICE, LETTER = "contact_change", "contact_stop", "contact_notice", "letter"
"""Kinds of the intake."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was asked for and not stopped."""

    new: Mapping[str, str]
    """phone; or postcode, street and house."""
    reference: str
    holds_from: date

    @property
    def is_address(self) -> bool:
        """An address, not a telephone number."""
        return "street" in self.new


def changes(intake: Intake, person: PersonRef) -> Iterator[Change]:
    """Oldest first."""
    stopped = {row.reference for row in intake.rows(STOP)}
    for row in intake.rows(CHANGE):
        if row.body["person"] == person and row.reference not in stopped:
            yield Change(row.body["new"], row.reference, holds_from(row.received))


def holds_from(received: date) -> date:
    """The first day on which a change is in force."""
    return working_day(received + HOLD)


def pending(intake: Intake, person: PersonRef, today: date) -> Change | None:
    """The change whose hold is not over."""
    return next((change for change in changes(intake, person) if today < change.holds_from), None)


def address_pending(intake: Intake, person: PersonRef, today: date) -> bool:
    """No letter goes out meanwhile: it could reach the wrong person."""
    change = pending(intake, person, today)
    return change is not None and change.is_address


def in_force(intake: Intake, person: PersonRef, today: date) -> Mapping[str, str]:
    """What has taken the place of the first address and number so far; nothing before its hold is over."""
    new: dict[str, str] = {}
    for change in changes(intake, person):
        if change.holds_from <= today:
            new.update(change.new)
    return new


def letter_arrives(ordered: date) -> date:
    """The last day on which a letter should come."""
    return working_day(ordered + POST_TAKES)


def hindrance(intake: Intake, person: Person, today: date) -> str:
    """Why somebody at the desk must take the change; empty: nothing stands in the way."""
    if pending(intake, person.ref, today) is not None:
        return "contact_pending"
    posted = [row.received for row in intake.rows(LETTER) if row.body["person"] == person.ref]
    with_pin = intake.letter_posted(person.customer_number)
    if any(today <= letter_arrives(day) for day in (*posted, *([with_pin] if with_pin else []))):
        return "letter_pending"
    return "old_contact_dead" if person.key in OLD_CONTACT_DEAD else ""
