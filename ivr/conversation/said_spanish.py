"""How Spanish says numbers, days, hours and money: day before month, "con … céntimos", "un" before a noun."""

from __future__ import annotations

import re
from datetime import time

from num2words import num2words

from ivr.conversation.said_wording import CoinWords, Wording

SMALL_HOURS, MORNING, NOON, AFTERNOON, NIGHT = 1, 6, 12, 13, 21
MILLION = 1_000_000

_FEMININE = re.compile(r"\w+as?(?: |$)")


def cardinal(number: int) -> str:
    """312 -> "trescientos doce", 21 -> "veintiuno": a number that stands alone or behind its noun."""
    return _short_one(str(num2words(number, lang="es")), r"(?= mil)")


def _short_one(words: str, where: str) -> str:
    """ "veintiuno mil" -> "veintiún mil", "treinta y uno mil" -> "treinta y un mil"."""
    return re.sub(rf"\buno{where}", "un", re.sub(rf"\bveintiuno{where}", "veintiún", words))


def counted(number: int, noun: str) -> str:
    """21, "euros" -> "veintiún euros"; 200, "libras" -> "doscientas libras"; a million -> "un millón de euros"."""
    words = cardinal(number)
    if _FEMININE.match(noun):
        words = re.sub(r"cientos\b", "cientas", re.sub(r"uno$", "una", words)).replace("quinientos", "quinientas")
    else:
        words = _short_one(words, "$")
    whole_millions = number >= MILLION and number % MILLION == 0
    return f"{words} de {noun}" if whole_millions else f"{words} {noun}"


def day_of_month(day: int) -> str:
    """1 -> "primero", 3 -> "tres": Spanish counts the days of a month but for the first."""
    return "primero" if day == 1 else cardinal(day)


def clock(moment: time) -> str:
    """14:05 -> "las dos y cinco de la tarde", 13:00 -> "la una de la tarde", 00:00 -> "las doce de la noche".

    The article stands with the hour, so that a prompt writes "a {hour}" alone.
    """
    hour = moment.hour % 12 or 12
    named = "la una" if hour == 1 else f"las {cardinal(hour)}"
    return f"{named}{_minutes(moment.minute)} {_part_of_day(moment.hour)}"


def _minutes(minute: int) -> str:
    return {0: "", 15: " y cuarto", 30: " y media"}.get(minute, f" y {cardinal(minute)}")


def _part_of_day(hour: int) -> str:
    if SMALL_HOURS <= hour < MORNING:
        return "de la madrugada"
    if MORNING <= hour < NOON:
        return "de la mañana"
    if hour == NOON:
        return "del mediodía"
    return "de la tarde" if AFTERNOON <= hour < NIGHT else "de la noche"


# fmt: off
ABBREVIATIONS = frozenset({
    "sr", "sra", "srta", "dr", "dra", "d", "dña", "ud", "uds", "tel", "núm", "nº", "etc", "ej", "p.ej", "av", "avda",
    "pág", "art", "a.m", "p.m", "ext", "dpto",
})
# fmt: on

SPANISH = Wording(
    locale="es_ES",
    digits=("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    cardinal=cardinal,
    counted=counted,
    day_of_month=day_of_month,
    year=cardinal,
    clock=clock,
    date="{weekday} {day} de {month}",
    birth_date="{day} de {month} de {year}",
    hours="de {opens} a {closes}",
    money_and_cents="{money} con {coins}",
    money_and_few_cents="{money} con {coins}",
    minus="menos",
    point="coma",
    plus="más",
    coins={
        "EUR": CoinWords("euro", "euros", "céntimo", "céntimos"),
        "USD": CoinWords("dólar", "dólares", "centavo", "centavos"),
        "GBP": CoinWords("libra", "libras", "penique", "peniques"),
    },
    abbreviations=ABBREVIATIONS,
)
