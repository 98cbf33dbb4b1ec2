"""How a call begins, and how it goes on after a death of our side or a transfer that failed."""

from __future__ import annotations

from ivr.conversation import call_back, leaving
from ivr.conversation.decisions import work_from_json
from ivr.conversation.events import CallStarted
from ivr.conversation.states import Phase, Question
from ivr.conversation.talk import Talk


def started(talk: Talk, event: CallStarted, agency: str) -> None:
    """A new call is greeted, an interrupted one goes on where it was."""
    state = talk.state
    state.phone_number_known = event.phone_number_known
    state.today = event.today or state.today
    if event.transfer_failed:
        _after_transfer(talk)
    elif state.phase is Phase.BEGINNING:
        talk.say("greeting", agency=f"words:{agency}")
        if event.draft_waiting:
            talk.ask(Question("resume_offer", "yes_no", "application.resume"))
        else:
            talk.ask(Question("ask_matter", "open", "matters.menu"))
    else:
        _go_on(talk)


def _after_transfer(talk: Talk) -> None:
    """Nobody answered: told so, and a call-back at once."""
    talk.state.result = ""
    talk.say("transfer_failed")
    call_back.begin(talk)


def _go_on(talk: Talk) -> None:
    """The same question, or the same work asked for again; what was entered stands."""
    state = talk.state
    talk.remark("sorry_back_again")
    work = work_from_json(state.work) if state.work else None
    lost_secret = state.work is not None and work is None
    state.work = None
    state.phase = Phase.LISTENING
    if work is not None:
        talk.work(work)
    elif lost_secret and state.question is not None:
        talk.ask_again()
    elif state.question is not None:
        keyed = state.keyed
        talk.ask_again()
        state.keyed = keyed
    else:
        leaving.ask_matter(talk)
