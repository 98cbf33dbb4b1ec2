"""New addresses and telephone numbers, asked for at the agency. The line holds none and changes none by itself."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.records import ContactChangeTaken, ContactOnFile, Streets
from ivr.services import reading
from ivr.services.agency_client import AgencyClient
from ivr.vocabulary import PersonRef

HINDRANCES = frozenset({"", "contact_pending", "letter_pending", "old_contact_dead"})
REFUSALS = HINDRANCES | {"street_unknown"}
LONGEST_NAME = 80


class Contacts:
    """Shared by all threads. Raises AgencyFailed."""

    def __init__(self, agency: AgencyClient) -> None:
        self._agency = agency

    def on_file(self, person: PersonRef) -> ContactOnFile:
        """The last access, and what stands in the way of a change."""
        path = f"/people/{person}/contact"
        body = self._agency.ask("contact", "GET", path)
        return ContactOnFile(
            last_access=reading.day_or_none(reading.field(body, "last_access"), "last_access"),
            hindrance=reading.word(reading.field(body, "hindrance"), HINDRANCES, "hindrance"),
            source=f"agency:/v1{path}",
        )

    def streets(self, postcode: str) -> Streets:
        """The streets of a postcode; none: there is no such postcode."""
        body = self._agency.ask("streets", "POST", "/streets", {"postcode": postcode})
        names = reading.rows(reading.field(body, "streets"), "streets")
        return Streets(tuple(reading.text(name, "streets", LONGEST_NAME) for name in names))

    def change(self, person: PersonRef, new: Mapping[str, str], key: str) -> ContactChangeTaken:
        """Ask for it: phone; or postcode, street and house. A repeat with the same key changes nothing."""
        path = f"/people/{person}/contact-changes"
        body = self._agency.ask("contact_change", "POST", path, {"new": dict(new)}, key)
        hindrance = reading.word(reading.field(body, "hindrance"), REFUSALS, "hindrance")
        if hindrance:
            return ContactChangeTaken("", None, hindrance)
        reference = reading.reference(reading.field(body, "reference"))
        holds_from = reading.day(reading.field(body, "holds_from"), "holds_from")
        return ContactChangeTaken(reference, holds_from, source=f"agency:/v1{path}#{reference}")
