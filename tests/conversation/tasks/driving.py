"""A task from the caller's wish on, with identity proven where it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.vocabulary import CommandMessage
from tests.conversation.conftest import Driven
from tests.conversation.test_whole_matters import command, replied, spoke, understood

Drive = Callable[..., Driven]


def asked_for(drive: Drive, wish: CommandMessage, intent: str = "", **started: object) -> Driven:
    """The caller has said what they want, and Rasa has named the task."""
    driven = drive(**started)
    driven.on(spoke("something"), understood(intent or wish.do), replied(wish))
    return driven


def pressed(driven: Driven, *keys: str) -> Driven:
    """Keys outside numbers, one after the other."""
    for key in keys:
        driven.on(happened.KeyPressed(key))
    return driven


def keyed(driven: Driven, digits: str) -> Driven:
    """A number by keys."""
    driven.on(happened.DigitsEntered(digits))
    return driven


def wanted(driven: Driven) -> decided.Request:
    """What the task asks of the agency or the store."""
    work = driven.work()
    assert isinstance(work, decided.Request)
    return work


def brought(driven: Driven, what: str, record: object) -> Driven:
    """The answer to it."""
    driven.on(happened.Served(what, record))
    return driven


__all__ = ["Drive", "asked_for", "brought", "command", "keyed", "pressed", "spoke", "wanted"]
