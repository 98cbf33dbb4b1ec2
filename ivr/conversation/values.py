"""Values as they are kept: canonical and typed, so that a prompt can be said again in another language.

A value is a string "kind:content", or for lists {"each": prompt, "of": [values, ...]}:

    date:2026-12-03            Thursday the third of December
    birth:1948-05-03           the same with its year
    money:31240                three hundred twelve euros forty
    digits:12345678            one two three four / five six seven eight
    reference:4711081          digits, six and one
    phone:912345678
    number:12
    label:benefit:child        the label's words
    labels:language:en,es      several of a group, as a list
    time:2026-11-25T08:00      weekday and hour
    hours:09:00-12:30          from nine o'clock in the morning to twelve thirty in the afternoon
    words:anything             as it is
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from ivr.conversation import said, written
from ivr.conversation.prompts import Prompts
from ivr.vocabulary import Language

FIGURES = frozenset({"date", "birth", "money", "digits", "reference", "phone", "number", "time"})
"""Kinds whose content is written in figures where it is read and not heard."""


class Wording:
    """Turns kept values into words of a language."""

    def __init__(self, prompts: Prompts, currency: str) -> None:
        self._prompts = prompts
        self._currency = currency

    def finished(self, values: Mapping[str, Any], language: Language, in_writing: bool = False) -> dict[str, str]:
        """Each gap's words, ready to be put into the prompt. in_writing: figures as they are written, not as spoken."""
        return {gap: self._one(value, language, in_writing) for gap, value in values.items()}

    def _one(self, value: Any, language: Language, in_writing: bool) -> str:
        if isinstance(value, dict):
            each = [self.finished(values, language, in_writing) for values in value["of"]]
            return " ".join(self._prompts.words(value["each"], language, "text", item) for item in each)
        kind, _, content = str(value).partition(":")
        if in_writing and kind in FIGURES:
            return self._written(kind, content, language)
        return self._words(kind)(content, language)

    def _written(self, kind: str, content: str, language: Language) -> str:
        """A figure to be read: 3 December 2026, €312.40, 4711082."""
        if kind in ("date", "birth"):
            return written.written_date(date.fromisoformat(content), language)
        if kind == "money":
            return written.written_money(int(content), self._currency, language)
        if kind == "time":
            moment = datetime.fromisoformat(content)
            day, hour = written.written_date(moment.date(), language), f"{moment:%H:%M}"
            return self._prompts.words("day_and_hour", language, "text", {"day": day, "hour": hour})
        return content

    def _words(self, kind: str) -> Callable[[str, Language], str]:
        """The way to say one kind. Raises KeyError for an unknown one."""
        return {
            "date": lambda content, language: said.said_date(date.fromisoformat(content), language),
            "birth": lambda content, language: said.said_date(date.fromisoformat(content), language, with_year=True),
            "money": lambda content, language: said.said_money(int(content), self._currency, language),
            "digits": said.said_digits,
            "reference": said.said_reference,
            "phone": said.said_phone,
            "number": lambda content, language: said.said_number(int(content), language),
            "label": self._label,
            "labels": self._labels,
            "time": self._time,
            "hours": self._hours,
            "words": lambda content, language: content,
        }[kind]

    def _time(self, content: str, language: Language) -> str:
        moment = datetime.fromisoformat(content)
        day, hour = said.said_date(moment.date(), language), said.said_time(moment.time(), language)
        return self._prompts.words("day_and_hour", language, "text", {"day": day, "hour": hour})

    def _hours(self, content: str, language: Language) -> str:
        opens, _, closes = content.partition("-")
        return said.said_hours(time.fromisoformat(opens), time.fromisoformat(closes), language)

    def _labels(self, content: str, language: Language) -> str:
        group, _, listed = content.partition(":")
        return said.said_list([self._prompts.label(group, one, language) for one in listed.split(",")], language)

    def _label(self, content: str, language: Language) -> str:
        group, _, value = content.partition(":")
        return self._prompts.label(group, value, language)


def answer_value(expect: str, slot: str, answer: str) -> str:
    """The kept form of an answer to a form's question, for echo and read-back."""
    kind = expect.partition(":")[0]
    if kind == "date":
        return f"birth:{answer}"
    if kind == "amount":
        return f"money:{answer}"
    if kind == "phone":
        return f"phone:{answer}"
    if kind == "number":
        return f"number:{answer}"
    if kind == "digits":
        return f"digits:{answer}"
    if kind == "yes_no":
        return f"label:yes_no:{answer}"
    return f"label:{slot}:{answer}"
