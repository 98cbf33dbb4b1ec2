"""The office finder: the nearest office that does what is needed, hours, access, papers. Nobody is identified."""

from __future__ import annotations

from dataclasses import asdict

from ivr.conversation import leaving
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks import office_words, place
from ivr.conversation.tasks.task import Task, kept, request
from ivr.task_records import Offices
from ivr.vocabulary import CommandMessage


def _begin(talk: Talk, command: CommandMessage) -> None:
    place.ask(talk, "office")


def _here(talk: Talk, postcode: str) -> None:
    kept(talk, "office")["postcode"] = postcode
    talk.ask(Question("ask_office_matter", "choice", "office.matter"))


def _matter_answered(talk: Talk, question: Question, service: str) -> None:
    kept(talk, "office").update(service=service, told="0")
    _look(talk)


def _look(talk: Talk) -> None:
    talk.remark("one_moment")
    known = kept(talk, "office")
    request(talk, "office.near", postcode=known["postcode"], service=known["service"])


def _near(talk: Talk, offices: Offices) -> None:
    """The nearest that does it; where the very nearest does not, that is said first."""
    known = kept(talk, "office")
    told = int(known["told"])
    right = [office for office in offices.found if known["service"] in office.does]
    if told >= len(right):
        talk.say("office_none")
        talk.state.why = "office_none"
        leaving.offer_person(talk, "office_not_found")
        return
    if not told and right[0] is not offices.found[0]:
        talk.say("office_wrong", town=f"words:{offices.found[0].town}")
    office, known["told"] = right[told], str(told + 1)
    known["office"] = office.id
    talk.say(
        "office_found",
        facts=office_words.facts(office, talk.state.today),
        town=f"words:{office.town}",
        street=f"words:{office.street}",
        opening=office_words.opening(office, talk.state.today),
        access=office_words.access(office),
        papers=office_words.papers(office.papers),
    )
    talk.state.why = "office_found"
    talk.state.told = True
    talk.note_result("completed")
    talk.ask(Question("ask_office_next", "choice", "office.next"))


def _next_answered(talk: Talk, question: Question, answer: str) -> None:
    known = kept(talk, "office")
    if answer == "other":
        _look(talk)
    elif answer == "appointment":
        arguments = (("service", known["service"]), ("office", known["office"]), ("wish", "new"))
        talk.state.queue = [asdict(CommandMessage("appointment", arguments))]
        talk.go_on = True
    else:
        leaving.anything_else(talk)


TASK = Task(
    name="office",
    begin=_begin,
    answers={
        **place.answers("office", _here),
        "office.matter": _matter_answered,
        "office.next": _next_answered,
    },
    arrived={**place.arrived("office", _here), "office.near": _near},
    back={**place.back("office"), "office.matter": ("ask_town", "open", "office.town")},
    prompts=(
        *place.PROMPTS,
        *("ask_office_matter", "ask_office_next", "office_none", "office_wrong", "office_found", "office_named"),
        *("office_open_today", "office_closed_today", "office_step_free", "office_steps", "bring_item"),
    ),
)
