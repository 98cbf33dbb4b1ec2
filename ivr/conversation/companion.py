""" "I am calling for my mother": what a companion may hear, and what only the citizen may.

Two voices alone prove nothing; this begins because the caller says so. It holds for this call.
"""

from __future__ import annotations

from ivr.conversation import another_person, call_back, leaving
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk

BESIDE, ALONE = "beside", "alone"


def begin(talk: Talk) -> None:
    """Is the citizen there too?"""
    talk.ask(Question("ask_companion", "choice", "companion.where"))


def where_answered(talk: Talk, answer: str) -> None:
    """Beside: the citizen identifies herself. Not there: nothing of her record is said."""
    state = talk.state
    companion = BESIDE if answer == BESIDE else ALONE
    if companion == ALONE:
        another_person.close(talk)  # nothing that was said before, not even by "why?" or "again"
    state.companion = companion
    talk.flag(f"companion_{companion}")
    state.privacy_agreed = False  # whoever agreed before did not know of a listener
    talk.say(f"companion_{state.companion}")
    leaving.ask_matter(talk)


def may_not_hear(talk: Talk) -> None:
    """Nothing of the record for somebody alone: the citizen gets the answer, by a call-back."""
    talk.state.queue.clear()
    talk.state.reason = call_back.CALL_THE_CITIZEN
    talk.say("companion_may_not_hear")
    call_back.begin(talk)


def ask_consent(talk: Talk) -> None:
    """After the citizen's own PIN: may the other one listen?"""
    talk.ask(Question("ask_may_listen", "yes_no", "companion.may_listen"))


def consent_answered(talk: Talk, answer: str) -> None:
    """Yes: for this call alone, and written down. No: later, when she is alone."""
    state = talk.state
    if answer == "yes":
        state.privacy_agreed = True
        talk.flag("companion_may_listen")
        talk.go_on = True
        return
    talk.flag("companion_may_not_listen")
    state.reason = state.reason or state.last_matter or "not_private"
    state.queue.clear()
    leaving.later(talk)
