"""Values become words in the caller's language: dates, money, digits, hours, lists. Pure.

A voice reads "0042" as forty-two and "03/12" as it likes, so no digit and no symbol leaves here except " / ",
which is a pause (`said_pieces` turns it into one). One more language is one more table: see `said_wording`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

import phonenumbers
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_currency_name, get_currency_precision

from ivr.conversation.said_languages import wording
from ivr.conversation.said_pieces import pieces
from ivr.conversation.said_wording import Wording
from ivr.vocabulary import Language

__all__ = [
    "group_sizes",
    "pieces",
    "said_date",
    "said_digits",
    "said_hours",
    "said_list",
    "said_money",
    "said_number",
    "said_phone",
    "said_reference",
    "said_time",
]

GROUP_BREAK = " / "
"""Between groups of digits; spoken as a pause of 400 ms (service reference, rule 15)."""
SMALLEST_GROUP, LARGEST_GROUP = 2, 4
FEW_CENTS = 10


def said_number(number: int | Decimal, language: Language) -> str:
    """12 -> "twelve", Decimal("-2.5") -> "minus two point five"."""
    table = wording(language)
    whole, _, decimals = format(abs(Decimal(number)), "f").partition(".")
    words = table.cardinal(int(whole))
    if decimals:
        words = f"{words} {table.point} {_each(decimals, table)}"
    return f"{table.minus} {words}" if number < 0 else words


def said_date(day: date, language: Language, *, with_year: bool = False) -> str:
    """ "Wednesday the third of December"; with_year, for birth dates: "the third of May nineteen fifty-eight"."""
    table = wording(language)
    month = format_date(day, "MMMM", locale=table.locale)
    if with_year:
        return table.birth_date.format(day=table.day_of_month(day.day), month=month, year=table.year(day.year))
    weekday = format_date(day, "EEEE", locale=table.locale)
    return table.date.format(weekday=weekday, day=table.day_of_month(day.day), month=month)


def said_time(moment: time, language: Language) -> str:
    """09:30 -> "nine thirty in the morning"."""
    return wording(language).clock(moment)


def said_hours(opens: time, closes: time, language: Language) -> str:
    """ "from nine o'clock in the morning to five thirty in the afternoon"."""
    return wording(language).hours.format(opens=said_time(opens, language), closes=said_time(closes, language))


def said_money(minor: int, currency: str, language: Language) -> str:
    """An amount in minor units: 31240 EUR -> "three hundred twelve euros forty", 1 -> "one cent".

    currency: ISO 4217. Currencies without minor units (KRW) have none said.
    """
    table = wording(language)
    decimals = get_currency_precision(currency)
    whole, cents = divmod(abs(minor), 10**decimals)
    known = currency in table.coins and decimals == 2  # the tables name hundredths
    words = _in_coins(whole, cents, table, currency) if known else _in_decimals(whole, cents, decimals, currency, table)
    return f"{table.minus} {words}" if minor < 0 else words


def _in_coins(whole: int, cents: int, table: Wording, currency: str) -> str:
    names = table.coins[currency]
    money = table.counted(whole, names.one if whole == 1 else names.many)
    coins = table.counted(cents, names.cent if cents == 1 else names.cents)
    if not cents:
        return money
    if not whole:
        return coins
    if cents < FEW_CENTS:
        return table.money_and_few_cents.format(money=money, coins=coins)
    return table.money_and_cents.format(money=money, cents=table.cardinal(cents), coins=coins)


def _in_decimals(whole: int, rest: int, decimals: int, currency: str, table: Wording) -> str:
    name = get_currency_name(currency, 1 if whole == 1 and not rest else 2, locale=table.locale)
    if not rest:
        return table.counted(whole, name)
    return f"{table.cardinal(whole)} {table.point} {_each(str(rest).zfill(decimals), table)} {name}"


def group_sizes(length: int) -> tuple[int, ...]:
    """Sizes of 2 to 4 that add up to length, threes first: 7 -> (3, 4), 8 -> (4, 4), 10 -> (3, 3, 4)."""
    if length <= LARGEST_GROUP:
        return (length,) if length else ()
    if length == 2 * LARGEST_GROUP:
        return (LARGEST_GROUP, LARGEST_GROUP)
    if length == LARGEST_GROUP + 1:
        return (3, 2)
    return (3, *group_sizes(length - 3))


def said_digits(digits: str, language: Language, sizes: Sequence[int] = ()) -> str:
    """ "471108" -> "four seven one / one zero eight". Signs and blanks between digits are dropped.

    sizes: digits of each group, where the groups have a meaning; they must add up to all digits.
    Raises ValueError where they do not.
    """
    bare = "".join(sign for sign in digits if sign in "0123456789")
    chosen = tuple(sizes) or group_sizes(len(bare))
    if sum(chosen) != len(bare):
        raise ValueError(f"groups of {chosen} do not hold {len(bare)} digits")
    table = wording(language)
    starts = [sum(chosen[:index]) for index in range(len(chosen))]
    return GROUP_BREAK.join(
        _each(bare[start : start + size], table) for start, size in zip(starts, chosen, strict=True)
    )


def said_reference(reference: str, language: Language) -> str:
    """Six digits and a check digit, in a group of three and a group of four."""
    return said_digits(reference, language)


def said_phone(phone_number: str, language: Language, region: str = "") -> str:
    """A phone number in the groups that its country writes; with its country code unless it is of `region`.

    phone_number: E.164, or as dialed inside `region` (ISO 3166 code). What is no phone number is said as digits.
    """
    table = wording(language)
    try:
        parsed = phonenumbers.parse(phone_number, region or None)
    except phonenumbers.NumberParseException:
        return said_digits(phone_number, language)
    at_home = bool(region) and phonenumbers.country_code_for_region(region) == parsed.country_code
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    written = phonenumbers.format_number(parsed, style)
    groups = "".join(sign if sign.isdigit() else " " for sign in written).split()
    abroad = [] if at_home else [f"{table.plus} {_each(groups.pop(0), table)}"]
    return GROUP_BREAK.join([*abroad, *(said_digits(group, language) for group in _even_out(groups))])


def _even_out(groups: Sequence[str]) -> list[str]:
    """A group of one digit joins the next: nobody writes down a single digit between two pauses."""
    evened: list[str] = []
    for group in groups:
        if evened and (len(evened[-1]) < SMALLEST_GROUP or len(group) < SMALLEST_GROUP):
            evened[-1] += group
        else:
            evened.append(group)
    return evened


def said_list(items: Sequence[str], language: Language) -> str:
    """ "a, b and c"; empty for no items."""
    return str(format_list(items, locale=wording(language).locale)) if items else ""


def _each(digits: str, table: Wording) -> str:
    return " ".join(table.digits[int(digit)] for digit in digits)
