"""What follows from the settings at once: the time, the agency's day and address, the words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from ivr.conversation.matters import Bands
from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.prompts import Prompts
from ivr.conversation.said import said_digits
from ivr.settings import Settings
from ivr.vocabulary import Language


def utc() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


def today_in(settings: Settings) -> Callable[[], date]:
    """The agency's day."""
    return lambda: utc().astimezone(settings.zone).date()


def agency_url(settings: Settings) -> str:
    """The agency's own system, or the demo agency's process."""
    return settings.agency_url or f"http://127.0.0.1:{settings.ports.agency}/agency/v1"


def bands_of(settings: Settings) -> Bands:
    """From which confidence and likeness on something is acted on, asked about or answered."""
    return Bands(settings.act_from, settings.ask_from, settings.answer_from)


def prompts_of(settings: Settings) -> Prompts:
    """All words, with what the settings fill in."""
    said = {
        name: {language: said_digits(number, Language(language)) for language in settings.languages}
        for name, number in settings.emergency_numbers.items()
    }
    return load_prompts(settings.root / "dialogues" / "prompts", {"agency": settings.agency_names, **said})
