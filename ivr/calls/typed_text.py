"""What people type -> what the line understands: plain words, and figures in the shape of keys. Pure."""

from __future__ import annotations

import re
import unicodedata

from ivr.vocabulary import Expected, Kind

MOST_CHARACTERS = 400
"""Of a message; the rest is dropped. A caller's spoken turn is shorter, and an understander reads no novels."""

_DATE = re.compile(r"(\d{1,2})[./\-\s]+(\d{1,2})[./\-\s]+(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPACED = re.compile(r"\+?\d[\d\s\-./()]*\d")
_AMOUNT = re.compile(r"(?:[€$£]|eur)?\s*(\d{1,3}(?:[ .,]\d{3})+|\d{1,7})(?:[.,]00)?\s*(?:€|eur|euros?)?", re.IGNORECASE)


def plain_words(typed: str) -> str:
    """Lower case, letters, digits, apostrophes and hyphens; nothing that commands anybody: no slash, no brace."""
    text = unicodedata.normalize("NFKC", typed[:MOST_CHARACTERS]).lower().replace("’", "'")
    kept = "".join(
        sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" or sign in "'-" else " " for sign in text
    )
    return " ".join(word for word in kept.split() if word.strip("'-"))


def canonical_figures(typed: str, expected: Expected) -> str:
    """Figures as they would be keyed: "3.5.1958" -> "03051958", "4711 0815" -> "47110815"; empty: it is none.

    Day before month; an amount in whole units of the currency.
    """
    text = typed.strip()
    match expected.kind:
        case Kind.DATE:
            return _date(text)
        case Kind.AMOUNT:
            found = _AMOUNT.fullmatch(text)
            return re.sub(r"\D", "", found[1]) if found else ""
        case Kind.DIGITS | Kind.PIN:
            return re.sub(r"\D", "", text) if _SPACED.fullmatch(text) else ""
        case _:
            return ""


def _date(text: str) -> str:
    if iso := _ISO_DATE.fullmatch(text):
        return f"{iso[3]}{iso[2]}{iso[1]}"
    found = _DATE.fullmatch(text)
    return f"{int(found[1]):02d}{int(found[2]):02d}{found[3]}" if found else ""
