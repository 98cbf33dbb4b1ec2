"""Appointments: find, book, move, cancel, remind.

own appointments ─► told ─► keep · move · cancel
service ─► office or phone ─► town ─► three free times ─► held ─► read back ─► booked ─► reminder
                                          ▲ just taken ─────┘         │
                                          └────────── no ─────────────┘
"""

from __future__ import annotations

from typing import Any

from ivr.conversation import call_back, leaving
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks import office_words, place
from ivr.conversation.tasks.task import Task, kept, request
from ivr.task_records import (
    TELEPHONE,
    Appointment,
    Cancelled,
    FreeTimes,
    Held,
    Offices,
    OwnAppointments,
    ReminderKept,
)
from ivr.vocabulary import CommandMessage, Fact

NAME = "appointment"
OFFERED = 3
"""Times at once; key four is "later"."""


def _begin(talk: Talk, command: CommandMessage) -> None:
    """What is booked already comes first, unless a new one was asked for."""
    known = kept(talk, NAME)
    known.clear()
    known.update({name: value for name, value in command.arguments if value})
    if known.get("wish") == "new":
        _next_open(talk)
        return
    talk.remark("one_moment")
    request(talk, "appointment.mine")


def _next_open(talk: Talk) -> None:
    """The first thing that is not known yet."""
    known = kept(talk, NAME)
    if "service" not in known:
        talk.ask(Question("ask_appointment_service", "choice", "appointment.service"))
    elif "office" in known:
        _look_for_times(talk, "")
    else:
        talk.ask(Question("ask_appointment_way", "choice", "appointment.way"))


# --- what she has


def _mine(talk: Talk, own: OwnAppointments) -> None:
    known = kept(talk, NAME)
    if not own.found and not known.get("wish"):
        _next_open(talk)
    elif not own.found:
        talk.say("appointment_none")
        talk.state.why = "appointment_none"
        talk.ask(Question("ask_appointment_new", "yes_no", "appointment.new"))
    else:
        _tell(talk, own.found[0])


def _tell(talk: Talk, own: Appointment) -> None:
    known = kept(talk, NAME)
    _keep(known, own)
    talk.say(
        "appointment_told",
        facts=_facts(own),
        moment=f"time:{own.at}",
        office=office_words.named(own.office, own.town, own.street),
        reference=f"reference:{own.reference}",
    )
    talk.state.why = "appointment_told"
    talk.state.told = True
    talk.note_result("completed")
    if known.get("wish") in ("move", "cancel"):
        _change_answered(talk, Question("ask_appointment_change", "choice", "appointment.change"), known["wish"])
    else:
        talk.ask(Question("ask_appointment_change", "choice", "appointment.change"))


def _keep(known: dict[str, str], own: Appointment) -> None:
    known.update(own=own.reference, own_at=own.at, own_office=own.office, own_service=own.service)
    known.update(own_town=own.town, own_street=own.street)


def _change_answered(talk: Talk, question: Question, answer: str) -> None:
    known = kept(talk, NAME)
    if answer == "move":
        known.update(service=known["own_service"], office=known["own_office"], moves=known["own"])
        _look_for_times(talk, "")
    elif answer == "cancel":
        values = {"moment": f"time:{known['own_at']}"}
        talk.ask(Question("ask_appointment_cancel", "yes_no", "appointment.cancel", values=values))
    elif answer == "new":
        _next_open(talk)
    else:
        _stays(talk)


def _stays(talk: Talk) -> None:
    known = kept(talk, NAME)
    named = office_words.named(known["own_office"], known["own_town"], known["own_street"])
    talk.say("appointment_kept", moment=f"time:{known['own_at']}", office=named)
    talk.state.why = "appointment_kept"
    leaving.anything_else(talk)


def _cancel_answered(talk: Talk, question: Question, answer: str) -> None:
    if answer == "yes":
        request(talk, "appointment.cancel", reference=kept(talk, NAME)["own"])
    else:
        _stays(talk)


def _cancelled(talk: Talk, cancelled: Cancelled) -> None:
    known = kept(talk, NAME)
    if not cancelled.done:
        leaving.offer_person(talk, "appointment")
        return
    fact = Fact("appointment_cancelled", known["own"], "store:appointments", "asked_by_caller")
    talk.say("appointment_cancelled", facts=(fact,), moment=f"time:{known['own_at']}")
    talk.state.why = "appointment_cancelled"
    leaving.anything_else(talk)


def _new_answered(talk: Talk, question: Question, answer: str) -> None:
    if answer == "yes":
        _next_open(talk)
    else:
        leaving.anything_else(talk)


# --- a new time


def _service_answered(talk: Talk, question: Question, service: str) -> None:
    kept(talk, NAME)["service"] = service
    _next_open(talk)


def _way_answered(talk: Talk, question: Question, way: str) -> None:
    if way == TELEPHONE:
        kept(talk, NAME)["office"] = TELEPHONE
        _look_for_times(talk, "")
    else:
        place.ask(talk, NAME)


def _here(talk: Talk, postcode: str) -> None:
    talk.remark("one_moment")
    request(talk, "appointment.near", postcode=postcode, service=kept(talk, NAME)["service"])


def _near(talk: Talk, offices: Offices) -> None:
    """The nearest that does it; the caller hears which one when the time is read back."""
    known = kept(talk, NAME)
    right = next((office for office in offices.found if known["service"] in office.does), None)
    if right is None:
        talk.say("office_none")
        talk.state.why = "office_none"
        leaving.offer_person(talk, "office_not_found")
        return
    known["office"] = right.id
    _look_for_times(talk, "")


def _look_for_times(talk: Talk, after: str) -> None:
    known = kept(talk, NAME)
    known["after"] = after
    request(talk, "appointment.free", office=known["office"], service=known["service"], after=after)


def _free(talk: Talk, free: FreeTimes) -> None:
    """Three times and "later"; none behind the last one: the first ones again; none at all: a call-back."""
    known = kept(talk, NAME)
    known.update(town=free.office.town, street=free.office.street)
    if not free.times and known.get("after"):
        _look_for_times(talk, "")
        return
    if not free.times:
        talk.say("appointment_no_slot")
        talk.state.why = "appointment_no_slot"
        talk.state.reason = "appointment"
        call_back.begin(talk)
        return
    if free.taken:
        talk.remark("slot_taken")
    offered = free.times[:OFFERED]
    known["last"] = offered[-1]
    options = [[at, str(key), f"time:{at}"] for key, at in enumerate(offered, start=1)]
    options.append(["later", "4", "label:slot_choice:later"])
    talk.ask(Question("ask_appointment_slot", "choice", "appointment.slot", options=options))


def _slot_answered(talk: Talk, question: Question, answer: str) -> None:
    known = kept(talk, NAME)
    if answer == "later":
        _look_for_times(talk, known["last"])
    else:
        request(talk, "appointment.hold", office=known["office"], service=known["service"], at=answer)


def _held(talk: Talk, held: Held | FreeTimes) -> None:
    """Kept for this caller: read it back. Just taken: the next ones."""
    if isinstance(held, FreeTimes):
        _free(talk, held)
        return
    known = kept(talk, NAME)
    known["at"] = held.at
    values = {"moment": f"time:{held.at}", "office": _named(known)}
    talk.ask(Question("ask_appointment_right", "yes_no", "appointment.right", values=values))


def _undo_right(talk: Talk) -> None:
    """Another time."""
    _look_for_times(talk, "")


def _right_answered(talk: Talk, question: Question, answer: str) -> None:
    known = kept(talk, NAME)
    if answer == "no":
        _look_for_times(talk, "")
        return
    wanted = {name: known.get(name, "") for name in ("office", "service", "at", "moves")}
    request(talk, "appointment.book", **wanted)


def _booked(talk: Talk, booked: Appointment | FreeTimes) -> None:
    if isinstance(booked, FreeTimes):
        _free(talk, booked)
        return
    known = kept(talk, NAME)
    _keep(known, booked)
    talk.say(
        "appointment_booked",
        facts=_facts(booked),
        moment=f"time:{booked.at}",
        office=_named(known),
        papers=office_words.papers(booked.papers),
        reference=f"reference:{booked.reference}",
    )
    talk.state.why = "appointment_booked"
    talk.state.told = True
    talk.note_result("completed")
    if booked.can_remind:
        talk.ask(Question("ask_reminder", "yes_no", "appointment.reminder"))
    else:
        leaving.anything_else(talk)


# --- a reminder


def _reminder_answered(talk: Talk, question: Question, answer: str) -> None:
    if answer == "yes":
        reference = kept(talk, NAME)["own"]
        request(talk, "appointment.remind", reference=reference, language=talk.state.language)
    else:
        leaving.anything_else(talk)


def _reminded(talk: Talk, reminder: ReminderKept) -> None:
    if reminder.kept:
        talk.say("reminder_set")
        talk.state.why = "reminder_set"
    leaving.anything_else(talk)


def _named(known: dict[str, str]) -> Any:
    return office_words.named(known["office"], known["town"], known["street"])


def _facts(own: Appointment) -> tuple[Fact, ...]:
    return (
        Fact("appointment_at", own.at, own.source, "as_booked"),
        Fact("appointment_office", own.office, own.source, "as_booked"),
        Fact("appointment_reference", own.reference, own.source, "as_booked"),
        *(
            Fact("paper_to_bring", paper, f"agency:/v1/offices/{own.office}", "papers_of_service")
            for paper in own.papers
        ),
    )


_SERVICE = ("ask_appointment_service", "choice", "appointment.service")
_WAY = ("ask_appointment_way", "choice", "appointment.way")
TASK = Task(
    name=NAME,
    begin=_begin,
    level=2,
    answers={
        **place.answers(NAME, _here),
        "appointment.service": _service_answered,
        "appointment.way": _way_answered,
        "appointment.slot": _slot_answered,
        "appointment.right": _right_answered,
        "appointment.change": _change_answered,
        "appointment.cancel": _cancel_answered,
        "appointment.new": _new_answered,
        "appointment.reminder": _reminder_answered,
    },
    arrived={
        **place.arrived(NAME, _here),
        "appointment.mine": _mine,
        "appointment.near": _near,
        "appointment.free": _free,
        "appointment.hold": _held,
        "appointment.book": _booked,
        "appointment.cancel": _cancelled,
        "appointment.remind": _reminded,
    },
    back={
        **place.back(NAME),
        "appointment.way": _SERVICE,
        "appointment.town": _WAY,
        "appointment.slot": _WAY,
        "appointment.cancel": ("ask_appointment_change", "choice", "appointment.change"),
    },
    undo={"appointment.right": _undo_right},
    prompts=(
        *place.PROMPTS,
        *("ask_appointment_service", "ask_appointment_way", "ask_appointment_slot", "ask_appointment_right"),
        *("ask_appointment_new", "ask_appointment_change", "ask_appointment_cancel", "ask_reminder", "slot_taken"),
        *("appointment_booked", "appointment_told", "appointment_none", "appointment_no_slot", "appointment_kept"),
        *("appointment_cancelled", "reminder_set", "reminder_text", "bring_item", "office_named", "office_none"),
    ),
)
