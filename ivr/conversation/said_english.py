"""How English says numbers, days, hours and money: American numbers ("three hundred twelve"), day before month."""

from __future__ import annotations

from datetime import time

from num2words import num2words

from ivr.conversation.said_wording import CoinWords, Wording

NOON, EVENING = 12, 18


def cardinal(number: int) -> str:
    """312 -> "three hundred twelve": num2words' British "and" and its commas only lengthen what is said."""
    return str(num2words(number, lang="en")).replace(",", "").replace(" and ", " ")


def counted(number: int, noun: str) -> str:
    """2, "euros" -> "two euros"."""
    return f"{cardinal(number)} {noun}"


def day_of_month(day: int) -> str:
    """3 -> "third"."""
    return str(num2words(day, lang="en", to="ordinal"))


def year(number: int) -> str:
    """1958 -> "nineteen fifty-eight", 1905 -> "nineteen oh five", 2005 -> "two thousand five"."""
    words = str(num2words(number, lang="en", to="year"))
    return words.replace("oh-", "oh ").replace(" and ", " ")


def clock(moment: time) -> str:
    """14:05 -> "two oh five in the afternoon", 12:00 -> "twelve noon", 00:00 -> "midnight"."""
    if (moment.hour, moment.minute) in _NAMED_HOURS:
        return _NAMED_HOURS[moment.hour, moment.minute]
    hour = cardinal(moment.hour % 12 or 12)
    return f"{hour} {_minutes(moment.minute)} {_part_of_day(moment.hour)}"


_NAMED_HOURS = {(0, 0): "midnight", (NOON, 0): "twelve noon"}


def _minutes(minute: int) -> str:
    if minute == 0:
        return "o'clock"
    return f"oh {cardinal(minute)}" if minute < 10 else cardinal(minute)


def _part_of_day(hour: int) -> str:
    if hour < NOON:
        return "in the morning"
    return "in the afternoon" if hour < EVENING else "in the evening"


# fmt: off
ABBREVIATIONS = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "tel", "ext", "e.g", "i.e", "a.m", "p.m", "etc", "vs", "dept",
})
# fmt: on

ENGLISH = Wording(
    locale="en_GB",  # CLDR's "en" puts a comma before "and", which a voice turns into a pause
    digits=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    cardinal=cardinal,
    counted=counted,
    day_of_month=day_of_month,
    year=year,
    clock=clock,
    date="{weekday} the {day} of {month}",
    birth_date="the {day} of {month} {year}",
    hours="from {opens} to {closes}",
    money_and_cents="{money} {cents}",
    money_and_few_cents="{money} and {coins}",
    minus="minus",
    point="point",
    plus="plus",
    coins={
        "EUR": CoinWords("euro", "euros", "cent", "cents"),
        "USD": CoinWords("dollar", "dollars", "cent", "cents"),
        "GBP": CoinWords("pound", "pounds", "penny", "pence"),
    },
    abbreviations=ABBREVIATIONS,
)
