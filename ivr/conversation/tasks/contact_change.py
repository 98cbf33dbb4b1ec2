"""A new address or telephone number: taken as a request, told to the old contact, and in force only after a hold.

Never together with bank details, never a second one within the hold: a person takes those.
"""

from __future__ import annotations

from ivr.conversation import leaving, repair, safety
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Task, kept, request
from ivr.records import ContactChangeTaken, ContactOnFile, Streets
from ivr.vocabulary import CommandMessage, Fact

NAME = "contact_change"
BANK, MONEY = "bank_change", ("bank_change", "payee_change")
SHORTEST_NUMBER = 6
"""Digits; no telephone number is shorter."""
STREETS_AT_ONCE = 3
"""The fourth option leads on."""
MORE, NONE = "more", "none"


def _begin(talk: Talk, command: CommandMessage) -> None:
    """Not in a call that also asks for other bank details: the two together are how pensions are stolen."""
    if any(kind in (*talk.state.flags, *talk.state.also_wanted) for kind in MONEY):
        safety.alarm(talk, BANK)
        return
    kept(talk, NAME)["kind"] = command.get("kind")
    talk.remark("one_moment")
    request(talk, "contact_change.look")


def _looked(talk: Talk, contact: ContactOnFile) -> None:
    """Where a hindrance stands in the record, a person goes on. Else the last access, then what is new."""
    if contact.hindrance:
        leaving.to_a_person(talk, contact.hindrance)
        return
    if contact.last_access is not None:
        day = contact.last_access.isoformat()
        talk.say("contact_last_access", facts=(Fact("last_access", day, contact.source),), date=f"date:{day}")
        talk.state.why = "contact_last_access"
    kind = kept(talk, NAME).get("kind")
    if kind:
        _ask_value(talk, kind)
    else:
        talk.ask(Question("ask_contact_kind", "choice", "contact_change.kind"))


def _kind_answered(talk: Talk, question: Question, kind: str) -> None:
    kept(talk, NAME)["kind"] = kind
    _ask_value(talk, kind)


def _ask_value(talk: Talk, kind: str) -> None:
    if kind == "phone":
        talk.ask(Question("ask_new_phone", "phone", "contact_change.phone"))
    else:
        talk.ask(Question("ask_new_postcode", "digits:5", "contact_change.postcode"))


def _phone_answered(talk: Talk, question: Question, digits: str) -> None:
    """Read it back digit by digit."""
    if len(digits) < SHORTEST_NUMBER:
        repair.no_match(talk)
        return
    kept(talk, NAME)["phone"] = digits
    talk.ask(Question("check_phone", "yes_no", "contact_change.check", values={"digits": f"phone:{digits}"}))


# --- the address


def _postcode_answered(talk: Talk, question: Question, digits: str) -> None:
    kept(talk, NAME)["postcode"] = digits
    request(talk, "contact_change.streets", postcode=digits)


def _streets_arrived(talk: Talk, found: Streets) -> None:
    """Choose one; a postcode without streets is asked for once more, then a person."""
    change = kept(talk, NAME)
    if found.names:
        change["streets"] = "\n".join(found.names)
        _ask_street(talk, 0)
    elif change.get("unknown") == "yes":
        leaving.to_a_person(talk, "street_unknown")
    else:
        change["unknown"] = "yes"
        talk.say("postcode_unknown")
        _ask_value(talk, "address")


def _ask_street(talk: Talk, first: int) -> None:
    """Three at a time, and a fourth option for what is not among them."""
    change = kept(talk, NAME)
    names = change["streets"].split("\n")
    change["first"] = str(first)
    shown = names[first : first + STREETS_AT_ONCE]
    last = MORE if first + STREETS_AT_ONCE < len(names) else NONE
    options = [[str(first + at), str(at + 1), f"words:{name}"] for at, name in enumerate(shown)]
    options.append([last, str(len(shown) + 1), f"label:street:{last}"])
    talk.ask(Question("ask_new_street", "choice", "contact_change.street", options=options))


def _street_answered(talk: Talk, question: Question, answer: str) -> None:
    change = kept(talk, NAME)
    if answer == NONE:
        leaving.to_a_person(talk, "street_unknown")
    elif answer == MORE:
        _ask_street(talk, int(change["first"]) + STREETS_AT_ONCE)
    else:
        change["street"] = change["streets"].split("\n")[int(answer)]
        talk.ask(Question("ask_house_number", "number", "contact_change.house"))


def _house_answered(talk: Talk, question: Question, number: str) -> None:
    """Read the address in full."""
    change = kept(talk, NAME)
    change["house"] = number
    talk.say(
        "new_address",
        street=f"words:{change['street']}",
        number=f"number:{number}",
        digits=f"digits:{change['postcode']}",
    )
    talk.ask(Question("check_address", "yes_no", "contact_change.check"))


# --- back


def _undo_street(talk: Talk) -> None:
    """The streets shown before, or the postcode."""
    first = int(kept(talk, NAME)["first"])
    if first:
        _ask_street(talk, first - STREETS_AT_ONCE)
    else:
        _ask_value(talk, "address")


def _undo_check(talk: Talk) -> None:
    """The telephone number, or the house number."""
    if kept(talk, NAME)["kind"] == "phone":
        _ask_value(talk, "phone")
    else:
        talk.ask(Question("ask_house_number", "number", "contact_change.house"))


# --- the request


def _checked(talk: Talk, question: Question, answer: str) -> None:
    """Right: hand the request in. Wrong: the new value once more."""
    change = kept(talk, NAME)
    if answer != "yes":
        _ask_value(talk, change["kind"])
        return
    talk.remark("one_moment")
    wanted = ("phone",) if change["kind"] == "phone" else ("postcode", "street", "house")
    request(talk, "contact_change.hand_in", kind=change["kind"], **{name: change[name] for name in wanted})


def _taken(talk: Talk, change: ContactChangeTaken) -> None:
    """When it holds, its reference, and that the old contact is told."""
    if change.hindrance or change.holds_from is None:
        leaving.to_a_person(talk, change.hindrance)
        return
    day = change.holds_from.isoformat()
    fact = Fact("contact_holds_from", day, change.source, rule="contact_hold")
    talk.say("contact_taken", facts=(fact,), date=f"date:{day}", reference=f"reference:{change.reference}")
    talk.say("contact_notice")
    talk.state.why = "contact_taken"
    talk.state.told = True
    talk.note_result("completed")
    leaving.anything_else(talk)


TASK = Task(
    name=NAME,
    begin=_begin,
    level=2,
    answers={
        "contact_change.kind": _kind_answered,
        "contact_change.phone": _phone_answered,
        "contact_change.postcode": _postcode_answered,
        "contact_change.street": _street_answered,
        "contact_change.house": _house_answered,
        "contact_change.check": _checked,
    },
    arrived={
        "contact_change.look": _looked,
        "contact_change.streets": _streets_arrived,
        "contact_change.hand_in": _taken,
    },
    back={
        "contact_change.phone": ("ask_contact_kind", "choice", "contact_change.kind"),
        "contact_change.postcode": ("ask_contact_kind", "choice", "contact_change.kind"),
        "contact_change.house": ("ask_new_postcode", "digits:5", "contact_change.postcode"),
    },
    undo={"contact_change.street": _undo_street, "contact_change.check": _undo_check},
    prompts=(
        "contact_last_access", "ask_contact_kind", "ask_new_phone", "check_phone", "ask_new_postcode",
        "postcode_unknown", "ask_new_street", "ask_house_number", "new_address", "check_address", "contact_taken",
        "contact_notice", "reason_contact_pending", "reason_letter_pending", "reason_street_unknown",
        "reason_old_contact_dead",
    ),
)  # fmt: skip
