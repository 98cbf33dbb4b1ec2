"""Appointments: the agency says which times there are, our store who has them.

A time is held and booked in the store alone, so that two callers on two processes cannot have one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from ivr.bootstrap.requests import office as offices
from ivr.bootstrap.serving import Services
from ivr.conversation.decisions import Request
from ivr.conversation.tasks.office_words import named
from ivr.services.offices import AgencyOffices
from ivr.store.appointments import Booking, Slot
from ivr.task_records import (
    Appointment,
    Cancelled,
    FreeTimes,
    Held,
    Office,
    OwnAppointments,
    ReminderKept,
)
from ivr.telephony.missed_call import number_at_home
from ivr.vocabulary import CallId

OFFERED = 3
DAY = timedelta(days=1)
AT_LEAST = timedelta(hours=1)
"""From now until a reminder, where the appointment is within a day."""


def _mine(services: Services, call_id: CallId, asked: Request) -> object:
    return OwnAppointments(
        tuple(_appointment(services, booking, None) for booking in services.stores.appointments.of(asked.person))
    )


def _free(services: Services, call_id: CallId, asked: Request) -> object:
    return _times(services, asked.get("office"), asked.get("service"), asked.get("after"))


def _hold(services: Services, call_id: CallId, asked: Request) -> object:
    """Held for this call, or the next free times."""
    if services.stores.appointments.hold(_slot(services, asked), call_id):
        return Held(asked.get("at"))
    return _next_ones(services, asked)


def _book(services: Services, call_id: CallId, asked: Request) -> object:
    """The office first: once the time is given away nothing may fail any more."""
    office = AgencyOffices(services.client).office(asked.get("office"), asked.get("service"))
    booked = services.stores.appointments.book(
        asked.person,
        _slot(services, asked),
        asked.get("service"),
        call_id,
        f"{call_id}.{asked.key}",
        asked.get("moves"),
    )
    if booked is None:
        return _next_ones(services, asked)
    return replace(_appointment(services, booked, office), can_remind=_telephone(services, call_id) != "")


def _cancel(services: Services, call_id: CallId, asked: Request) -> object:
    return Cancelled(services.stores.appointments.cancel(asked.person, asked.get("reference")))


def _remind(services: Services, call_id: CallId, asked: Request) -> object:
    """A text message to the calling number, the day before."""
    own = [one for one in services.stores.appointments.of(asked.person) if one.reference == asked.get("reference")]
    number = _telephone(services, call_id)
    if not own or not number:
        return ReminderKept(False)
    told = _appointment(services, own[0], None)
    values = {"moment": f"time:{told.at}", "office": named(told.office, told.town, told.street)}
    due = max(own[0].slot.at - DAY, datetime.now(services.zone) + AT_LEAST)
    services.stores.reminders.put(told.reference, number, asked.get("language"), values, due)
    return ReminderKept(True)


def _telephone(services: Services, call_id: CallId) -> str:
    """Where a text message can go to; empty: withheld, abroad, costly, or the line sends none."""
    call = services.stores.calls.find(call_id)
    return number_at_home(call.caller, services.region) if services.texts_out and call is not None else ""


def _next_ones(services: Services, asked: Request) -> FreeTimes:
    return _times(services, asked.get("office"), asked.get("service"), "", taken=True)


def _times(services: Services, office_id: str, service: str, after: str, taken: bool = False) -> FreeTimes:
    """The next three that nobody has; none of today, so that the office can prepare."""
    agency = AgencyOffices(services.client)
    tomorrow = datetime.now(services.zone).date() + DAY
    since = max(tomorrow, date.fromisoformat(after[:10])) if after else tomorrow
    open_times = [at for at in agency.times(office_id, service, since) if at > after]
    by_slot = {Slot(office_id, _moment(services, at)): at for at in open_times}
    free = [by_slot[slot] for slot in services.stores.appointments.free(by_slot)]
    return FreeTimes(agency.office(office_id, service), tuple(free[:OFFERED]), taken)


def _appointment(services: Services, booking: Booking, office: Office | None) -> Appointment:
    found = office or AgencyOffices(services.client).office(booking.slot.office, booking.service)
    at = booking.slot.at.astimezone(services.zone).strftime("%Y-%m-%dT%H:%M")
    source = f"store:appointments/{booking.reference}"
    return Appointment(
        booking.reference, found.id, found.town, found.street, booking.service, at, found.papers, source=source
    )


def _slot(services: Services, asked: Request) -> Slot:
    return Slot(asked.get("office"), _moment(services, asked.get("at")))


def _moment(services: Services, at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=services.zone)


REQUESTS = {
    "appointment.places": offices.places,
    "appointment.near": offices.near,
    "appointment.mine": _mine,
    "appointment.free": _free,
    "appointment.hold": _hold,
    "appointment.book": _book,
    "appointment.cancel": _cancel,
    "appointment.remind": _remind,
}
