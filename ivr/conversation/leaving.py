"""A person, a call-back, good-bye: the ways out of a conversation."""

from __future__ import annotations

from ivr.conversation import call_back, safety
from ivr.conversation.decisions import FindStaff
from ivr.conversation.events import StaffFound
from ivr.conversation.states import Phase, Question
from ivr.conversation.talk import Talk


def to_a_person(talk: Talk, reason: str) -> None:
    """The caller wants a person, or the line is not good enough. No question stands in the way."""
    state = talk.state
    looks_already = (state.work or {}).get("kind") == "FindStaff"
    if not (looks_already and safety.is_alarmed(talk)):  # an alarm's place in the queue is not lost by a key
        state.reason = reason or state.reason
    if state.phase is Phase.BEGINNING:
        state.move(Phase.WORKING)
    talk.hush()
    talk.work(FindStaff())


def staff_found(talk: Talk, event: StaffFound) -> None:
    """Somebody is there: hand over. Nobody, or nobody who could read along: a call-back is taken at once."""
    available = event.available and not talk.in_writing
    _lead_in(talk, available)
    if safety.is_alarmed(talk) and not available and not talk.state.call_back.get("booked"):
        safety.nobody_there(talk, event)
        return
    if available:
        talk.say("handing_over")
        talk.note_result("handed_over")
        talk.leave("staff", talk.state.reason)
        return
    question = talk.state.question
    if question is not None and question.owner.startswith("call_back"):
        talk.remark("person_busy")
        talk.ask_again()
        return
    if talk.state.call_back.get("booked"):
        talk.remark("person_busy")
        anything_else(talk)
        return
    if event.available:
        talk.say("text_person")
    elif event.opens:
        talk.say("person_closed", opens=f"time:{event.opens}")
    else:
        talk.say("person_busy")
    call_back.begin(talk)


def _lead_in(talk: Talk, available: bool) -> None:
    """What there is to say about the reason, before anything else."""
    reason = talk.state.reason
    if safety.is_alarmed(talk):
        return  # its sentence was said at once
    if reason == "repeated_misses" or reason.startswith("line_"):
        talk.say("reason_repair")
    elif talk.knows(f"reason_{reason}"):
        talk.say(f"reason_{reason}")


def later(talk: Talk) -> None:
    """Not now: a call-back, whoever is there."""
    call_back.begin(talk)


def offer_person(talk: Talk, reason: str) -> None:
    """Ask whether a person is wanted."""
    talk.state.reason = reason
    talk.ask(Question("offer_person", "yes_no", "leaving.offer"))


def offer_answered(talk: Talk, answer: str) -> None:
    """Yes: a person. No: anything else?"""
    if answer == "yes":
        to_a_person(talk, talk.state.reason)
    else:
        anything_else(talk)


def anything_else(talk: Talk) -> None:
    """The matter is done; what was named in the same breath is offered, else the caller decides what comes next."""
    also = talk.state.also_wanted
    if also:
        matter = also.pop(0)
        values = {"matter": f"label:matter:{matter}"}
        talk.ask(Question("also_asked", "yes_no", "matters.also", slot=matter, values=values))
        return
    talk.ask(Question("anything_else", "yes_no", "leaving.anything_else"))


def anything_else_answered(talk: Talk, answer: str) -> None:
    """No: good-bye. Yes: the next matter, with empty slots."""
    if answer == "yes":
        ask_matter(talk)
    else:
        good_bye(talk)


def ask_matter(talk: Talk) -> None:
    """The open question, for a new matter."""
    talk.new_dialogue()
    talk.ask(Question("ask_matter", "open", "matters.menu"))


def good_bye(talk: Talk) -> None:
    """Say what holds; then the line waits a moment so that the caller can hang up first."""
    state = talk.state
    talk.hush()
    talk.caller_turn_begins()
    draft = state.draft
    if draft is not None and not draft.submitted:
        talk.say("draft_kept", reference=f"reference:{draft.reference}")
        talk.note_result("draft_kept")
    elif state.told and not state.result:
        talk.note_result("completed")
    elif not state.result:
        talk.note_result("abandoned")
    talk.say("goodbye")
    talk.leave("bye")


def line_dead(talk: Talk) -> None:
    """Nobody has been there for a minute: what was entered is kept, and it counts as no success."""
    talk.note_result("line_dead")
    talk.say("no_sound_goodbye")
    talk.leave("bye")
