"""Judges a TwiML document against the table in twiml_rules.py and against the limits Twilio enforces late or never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError, fromstring

from ivr.simulator.twiml_rules import ADDRESSES, ATTRIBUTES, CHILDREN, CONTEXTS, EMPTY, VALUES

INLINE_LIMIT = 4_000
"""Characters of TwiML given through REST (error 32018)."""
SAY_LIMIT = 4_096
PARAMETER_LIMIT = 500
"""Characters of a stream parameter's name and value together (Twilio: under 500)."""
QUEUE_NAME_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Violation:
    """Something in a document that the line must not send."""

    code: int
    """Twilio's error or warning code; 0 where it would say nothing at all."""
    where: str
    """The path of the element: Response/Gather."""
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.code})" if self.code else "")


def parse(text: str) -> Element | None:
    """The document's root, or None where the text is no XML with a root called Response."""
    try:
        root = fromstring(text)  # noqa: S314 - expat resolves no external entity and stops amplification
    except (ParseError, ValueError):
        return None
    return root if root.tag == "Response" else None


def check(root: Element, context: str = "call", inline_length: int | None = None) -> list[Violation]:
    """All violations in a document; inline_length: its length where it came through REST, not from a URL."""
    found = list(_check_children(root, "Response", CONTEXTS[context]))
    if inline_length is not None:
        found += _check_inline(root, inline_length)
    for position, verb in enumerate(root):
        if verb.tag == "Reject" and position > 0:
            found.append(Violation(0, "Response/Reject", "is only allowed as the first verb"))
    if root.attrib:
        found.append(Violation(12200, "Response", f"has attributes: {', '.join(root.attrib)}"))
    return found


def _check_inline(root: Element, length: int) -> Iterator[Violation]:
    if length > INLINE_LIMIT:
        yield Violation(32018, "Response", f"has {length} characters, {INLINE_LIMIT} are allowed")
    for element in root.iter():
        for name in ADDRESSES & set(element.attrib):
            if not urlsplit(element.attrib[name]).scheme:
                yield Violation(15004, element.tag, f"{name} must be an absolute URL")


def _check_children(parent: Element, path: str, allowed: frozenset[str]) -> Iterator[Violation]:
    for child in parent:
        where = f"{path}/{child.tag}"
        if child.tag not in allowed:
            yield Violation(12200, where, "is not allowed here")
            continue
        yield from _check_attributes(child, where)
        yield from _check_text(child, where)
        yield from _check_special(child, where)
        yield from _check_children(child, where, CHILDREN.get(child.tag, frozenset()))


def _check_attributes(element: Element, where: str) -> Iterator[Violation]:
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES[element.tag]:
            yield Violation(12200, where, f"has the unknown attribute {name}")
        elif name in VALUES and not VALUES[name].fullmatch(value):
            yield Violation(12200, where, f'{name}="{value}" is no allowed value')
        elif name in ADDRESSES and _bad_address(value, element.tag):
            yield Violation(11100, where, f'{name}="{value}" is no URL the carrier can call')


def _bad_address(value: str, tag: str) -> bool:
    """Relative addresses are fine; a stream's scheme is judged when it is opened (31922, 31923)."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return tag != "Stream"
    if not value or "_" in (parts.hostname or ""):
        return True
    return bool(parts.scheme) and parts.scheme not in (
        ("http", "https", "ws", "wss") if tag == "Stream" else ("http", "https")
    )


def _check_text(element: Element, where: str) -> Iterator[Violation]:
    text = (element.text or "").strip()
    if element.tag in EMPTY and (text or (len(element) and element.tag != "Recording")):
        yield Violation(12200, where, "holds no text and no children")
    if element.tag in ("Say", "Redirect", "Number", "Queue", "Conference", "Enqueue") and not text:
        yield Violation(12200, where, "is empty")
    if element.tag == "Say" and len(text) > SAY_LIMIT:
        yield Violation(13520, where, f"has {len(text)} characters, {SAY_LIMIT} are allowed")
    if element.tag == "Play" and not text and "digits" not in element.attrib:
        yield Violation(12200, where, "names no file")
    if element.tag in ("Enqueue", "Queue") and len(text) > QUEUE_NAME_LIMIT:
        yield Violation(12200, where, f"has a name of {len(text)} characters, {QUEUE_NAME_LIMIT} are allowed")
    if element.tag in CHILDREN and text:
        yield Violation(12200, where, "holds text beside its children")


def _check_special(element: Element, where: str) -> Iterator[Violation]:
    if element.tag in ("Connect", "Start") and len(element) == 0:
        yield Violation(12200, where, "connects nothing")
    if element.tag == "Stream" and "url" not in element.attrib:
        yield Violation(11100, where, "has no url")
    if element.tag == "Parameter":
        size = len(element.attrib.get("name", "")) + len(element.attrib.get("value", ""))
        if "name" not in element.attrib or "value" not in element.attrib:
            yield Violation(12200, where, "needs name and value")
        elif size >= PARAMETER_LIMIT:
            yield Violation(
                0, where, f"name and value have {size} characters; fewer than {PARAMETER_LIMIT} are allowed"
            )
