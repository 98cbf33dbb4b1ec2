"""Where the caller lives: the town by voice, the postcode by keys. Asked by the office finder and for appointments."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Answered, Arrived, request
from ivr.task_records import Place, Places

Then = Callable[[Talk, str], None]
"""Takes the postcode."""
OFFERED = 4
"""Towns of one name; more have no keys."""
PROMPTS = ("ask_town", "ask_postcode", "ask_which_town", "town_not_found")


def ask(talk: Talk, task: str) -> None:
    """The open question; key one leads to the postcode."""
    talk.ask(Question("ask_town", "open", f"{task}.town"))


def answers(task: str, then: Then) -> Mapping[str, Answered]:
    """The owners of the questions, for the task that asks them."""

    def town(talk: Talk, question: Question, answer: str) -> None:
        if answer == "postcode":
            _ask_postcode(talk, task)
        else:
            request(talk, f"{task}.places", town=answer)

    def postcode(talk: Talk, question: Question, answer: str) -> None:
        then(talk, answer)

    return {f"{task}.town": town, f"{task}.postcode": postcode, f"{task}.which": postcode}


def arrived(task: str, then: Then) -> Mapping[str, Arrived]:
    """What the names of towns bring: one, none, or twins."""

    def places(talk: Talk, found: Places) -> None:
        if not found.found:
            talk.remark("town_not_found")
            _ask_postcode(talk, task)
        elif len(found.found) == 1:
            then(talk, found.found[0].postcode)
        else:
            options = [_option(place, at) for at, place in enumerate(found.found[:OFFERED], start=1)]
            talk.ask(Question("ask_which_town", "choice", f"{task}.which", options=options))

    return {f"{task}.places": places}


def back(task: str) -> Mapping[str, tuple[str, str, str]]:
    """The question before each of them."""
    town = ("ask_town", "open", f"{task}.town")
    return {f"{task}.postcode": town, f"{task}.which": town}


def _ask_postcode(talk: Talk, task: str) -> None:
    talk.ask(Question("ask_postcode", "digits:5", f"{task}.postcode"))


def _option(place: Place, key: int) -> list[str]:
    return [place.postcode, str(key), f"words:{place.district}"]
