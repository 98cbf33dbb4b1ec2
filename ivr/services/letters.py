"""Letters and certificates, ordered at the agency."""

from __future__ import annotations

from ivr.records import LetterOrdered
from ivr.services import reading
from ivr.services.agency_client import AgencyClient
from ivr.vocabulary import PersonRef


class Letters:
    """Shared by all threads. Raises AgencyFailed."""

    def __init__(self, agency: AgencyClient) -> None:
        self._agency = agency

    def order(self, person: PersonRef, kind: str, key: str) -> LetterOrdered:
        """One request, one letter: a repeat with the same key brings the same receipt."""
        body = self._agency.ask("letter", "POST", f"/people/{person}/letters", {"kind": kind}, key)
        if reading.flag(reading.field(body, "blocked"), "blocked"):
            return LetterOrdered(kind, "", None, blocked=True)
        reference = reading.reference(reading.field(body, "reference"))
        arrives = reading.day(reading.field(body, "arrives"), "arrives")
        return LetterOrdered(kind, reference, arrives, source=f"agency:/v1/people/{person}/letters#{reference}")
