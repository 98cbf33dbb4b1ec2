"""Dates: the day stands before the month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ivr.recognition.forms.spoken_language import SpokenLanguage
from ivr.recognition.forms.words import after_correction, find, plain, with_digits, without

EARLIEST_YEAR = 1900
YEARS_AHEAD = 10
"""Further ahead no date of a benefit lies."""

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def date_of(text: str, language: SpokenLanguage, today: date) -> str | None:
    """The one date that was said as YYYY-MM-DD, None where there is none or it does not exist."""
    iso = _ISO.search(text)
    found = _date(int(iso[1]), int(iso[2]), int(iso[3]), today) if iso else _spoken(text, language, today)
    return found.isoformat() if found else None


def _spoken(text: str, language: SpokenLanguage, today: date) -> date | None:
    words = after_correction(plain(text).split(), language)
    return (
        _relative(words, language, today)
        or _ago(with_digits(words, language), language, today)
        or _calendar(with_digits(_spelled_days(words, language), language), language, today)
        or _weekday(words, language, today)
    )


def _relative(words: Sequence[str], language: SpokenLanguage, today: date) -> date | None:
    """yesterday, the day after tomorrow."""
    said = without(words, language.not_days)
    found = [phrase for phrase in language.days if find(said, phrase) >= 0]
    if not found:
        return None
    return today + timedelta(days=language.days[max(found, key=len)])


def _ago(words: Sequence[str], language: SpokenLanguage, today: date) -> date | None:
    """two weeks ago, hace dos semanas."""
    for place, word in enumerate(words):
        beside = words[place + 1 : place + 3] if language.ago_leads else words[max(0, place - 2) : place]
        if word in language.ago and len(beside) == 2 and beside[1] in language.units:
            count = beside[0]
            many = int(count) if count.isdigit() else 1 if count in language.fillers or count == "one" else None
            return None if many is None else _before(today, many, language.units[beside[1]])
    return None


def _before(today: date, count: int, unit: str) -> date | None:
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return today - timedelta(days=days) if days < 40_000 else None
    months = count * (12 if unit == "year" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    for day in range(today.day, today.day - 4, -1):
        if found := _date(year, month + 1, day, today):
            return found
    return None


def _weekday(words: Sequence[str], language: SpokenLanguage, today: date) -> date | None:
    """last Monday, next Friday; a bare weekday is the one just past."""
    named = [word for word in words if word in language.weekdays]
    if len(named) != 1:
        return None
    difference = language.weekdays[named[0]] - today.weekday()
    if any(word in language.next_words for word in words):
        return today + timedelta(days=difference % 7 or 7)
    past = -difference % 7
    if any(word in language.last_words for word in words) and past == 0:
        past = 7
    return today - timedelta(days=past)


def _spelled_days(words: Sequence[str], language: SpokenLanguage) -> list[str]:
    """twenty first -> 21st is left to text2num; here "1st" and "first" become plain numbers of one shape."""
    spelled, place = [], 0
    while place < len(words):
        pair = " ".join(words[place : place + 2])
        if pair in language.ordinals:
            spelled.append(f"{language.ordinals[pair]}#")
            place += 2
        else:
            value = language.ordinals.get(words[place])
            spelled.append(words[place] if value is None else f"{value}#")
            place += 1
    return spelled


def _calendar(words: Sequence[str], language: SpokenLanguage, today: date) -> date | None:
    """the third of May 1958, May 3rd, 3 5 1958, 03051958."""
    months = [place for place, word in enumerate(words) if word in language.months]
    if len(months) > 1:
        months = [place for place in months if _is_number(_near(words, place))][:1]
    numbers = [word.rstrip("#") for word in words if _is_number(word)]
    if not months:
        return _all_numbers(numbers, today)
    place, month = months[0], language.months[words[months[0]]]
    before = [word for word in words[:place] if _is_number(word)]
    after = [word.rstrip("#") for word in words[place + 1 :] if _is_number(word)]
    if len(before) == 1:
        return _with_year(before[0].rstrip("#"), month, after, today)
    if not before and after:
        return _with_year(after[0], month, after[1:], today)
    return None


def _near(words: Sequence[str], place: int) -> str:
    """The number beside a word that may be a month and may be another word (may)."""
    beside = [word for word in words[max(0, place - 2) : place + 3] if _is_number(word)]
    return beside[0] if beside else ""


def _is_number(word: str) -> bool:
    return word.rstrip("#").isdigit()


def _with_year(day: str, month: int, year: Sequence[str], today: date) -> date | None:
    if year:
        full = _year(year, today)
        return _date(full, month, int(day), today) if full else None
    candidates = [_date(today.year - back, month, int(day), today) for back in range(5)]
    return next((found for found in candidates if found and found <= today), None)


def _all_numbers(numbers: Sequence[str], today: date) -> date | None:
    if len(numbers) >= 3 and len(numbers[0]) <= 2 and len(numbers[1]) <= 2 and (year := _year(numbers[2:], today)):
        found = _date(year, int(numbers[1]), int(numbers[0]), today)
        if found:
            return found
    joined = "".join(numbers)
    if len(joined) in (6, 8) and (year := _year([joined[4:]], today)):
        return _date(year, int(joined[2:4]), int(joined[:2]), today)
    return None


def _year(parts: Sequence[str], today: date) -> int | None:
    """19 58, 1958, 58 (the latest that is not ahead of today); None for what is no year."""
    joined = "".join(parts)
    if len(joined) == 4:
        return int(joined)
    if len(joined) != 2:
        return None
    century = today.year // 100 * 100
    year = century + int(joined)
    return year if year <= today.year else year - 100


def _date(year: int, month: int, day: int, today: date) -> date | None:
    """None for a day that does not exist or that no caller can mean."""
    if not EARLIEST_YEAR <= year <= today.year + YEARS_AHEAD:
        return None
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
