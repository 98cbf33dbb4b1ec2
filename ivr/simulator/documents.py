"""What a verb asks for next, and the document it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urljoin
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class Document:
    """TwiML, and where it came from."""

    root: Element
    url: str
    method: str = "POST"
    context: str = "call"
    """See twiml_rules.CONTEXTS."""

    def address(self, url: str) -> str:
        """An address in it, made absolute."""
        return urljoin(self.url, url)


@dataclass(frozen=True, slots=True)
class Request:
    """Ask for another document; the rest of this one is gone."""

    url: str
    method: str = "POST"
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call; `status` is its final CallStatus."""

    status: str = "completed"


@dataclass(frozen=True, slots=True)
class Leave:
    """Go on behind <Enqueue>."""


Outcome: TypeAlias = Request | HangUp | Leave | None
"""None: the next verb."""


def taken_over(document: Document, verb: Element, fields: Mapping[str, str], default: str = "") -> Request | None:
    """The request to a verb's `action` (or `default`), None where it has none: then the next verb follows."""
    action = verb.get("action", default)
    if not action:
        return None
    return Request(document.address(action), verb.get("method", "POST"), fields)
