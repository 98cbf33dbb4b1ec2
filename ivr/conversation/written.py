"""Values as they are read, not heard: figures in the language's own order. Pure; the counterpart of said.py."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

from ivr.conversation.said_languages import wording
from ivr.vocabulary import Language


def written_date(day: date, language: Language) -> str:
    """ "Thursday, 3 December 2026", in the order of the language."""
    return str(format_date(day, "full", locale=wording(language).locale))


def written_money(minor: int, currency: str, language: Language) -> str:
    """An amount in minor units: 31240 EUR -> "€312.40"; the signs between are those of the language."""
    amount = Decimal(minor).scaleb(-get_currency_precision(currency))
    return str(format_currency(amount, currency, locale=wording(language).locale))
