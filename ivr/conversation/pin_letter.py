"""No PIN, or a forgotten one: a letter to the address on file, status words meanwhile, or a person."""

from __future__ import annotations

from ivr.conversation import companion, identity, leaving
from ivr.conversation.decisions import AskClaimStatus, AskPinLetter
from ivr.conversation.events import ClaimStatusArrived
from ivr.conversation.states import SMS, Question
from ivr.conversation.talk import Talk


def begin(talk: Talk) -> None:
    """What is wanted: a letter, status words, or a person (zero). A text message is no place for any of it."""
    if talk.state.channel == SMS:
        identity.not_in_a_text(talk)
        return
    talk.state.queue.clear()
    talk.ask(Question("pin_letter_intro", "choice", "pin_letter.wanted"))


def wanted_answered(talk: Talk, answer: str) -> None:
    """Letter and status words need the same two things first."""
    state = talk.state
    state.asks_level_one = {"for": answer}
    if answer == "person":
        leaving.to_a_person(talk, "no_pin")
    elif answer == "status" and state.companion == companion.ALONE:
        companion.may_not_hear(talk)
    elif state.customer_number:
        talk.ask(Question("ask_birth_date", "date", "pin_letter.birth_date"))
    else:
        talk.ask(Question("ask_customer_number", "digits:8", "pin_letter.number"))


def number_answered(talk: Talk, digits: str) -> None:
    """Read it back in groups, as everywhere; who typed it sees it."""
    talk.state.customer_number = digits
    if talk.in_writing:
        number_confirmed(talk, "yes")
        return
    values = {"digits": f"digits:{digits}"}
    talk.ask(Question("confirm_customer_number", "yes_no", "pin_letter.confirm", values=values))


def number_confirmed(talk: Talk, answer: str) -> None:
    """Wrong: once more."""
    if answer == "yes":
        talk.ask(Question("ask_birth_date", "date", "pin_letter.birth_date"))
    else:
        talk.ask(Question("ask_customer_number", "digits:8", "pin_letter.number"), "keys")


def birth_date_answered(talk: Talk, answer: str) -> None:
    """A letter needs no more; status words need the case."""
    state = talk.state
    if state.asks_level_one.get("for") == "letter":
        talk.work(AskPinLetter(state.customer_number, answer))
    else:
        state.asks_level_one["birth_date"] = answer
        talk.ask(Question("ask_case_number", "digits:7", "pin_letter.case"))


def case_answered(talk: Talk, digits: str) -> None:
    """Level 1: status words alone."""
    state = talk.state
    talk.work(AskClaimStatus(state.customer_number, digits, state.asks_level_one.get("birth_date", "")))


def letter_asked(talk: Talk) -> None:
    """The same words whether or not number and birth date match."""
    talk.state.customer_number = ""
    talk.state.asks_level_one = {}
    talk.say("pin_letter_done")
    talk.state.told = True
    leaving.anything_else(talk)


def status_arrived(talk: Talk, event: ClaimStatusArrived) -> None:
    """Words that match the record, or no hint at all."""
    talk.state.customer_number = ""
    talk.state.asks_level_one = {}
    if not event.status:
        talk.say("status_not_found")
        leaving.offer_person(talk, "claim_status")
        return
    talk.say("status_words", status=f"label:status:{event.status}")
    talk.state.told = True
    leaving.anything_else(talk)
