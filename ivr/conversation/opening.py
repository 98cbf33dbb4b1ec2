"""How a call begins, and how it goes on after a death of our side or a transfer that failed."""

from __future__ import annotations

from ivr.conversation import call_back, languages, leaving
from ivr.conversation.decisions import work_from_json
from ivr.conversation.events import CallStarted, Hint
from ivr.conversation.states import Phase, Question
from ivr.conversation.talk import Talk


def started(talk: Talk, event: CallStarted) -> None:
    """A new call is greeted, an interrupted one goes on where it was."""
    state = talk.state
    state.phone_number_known = event.phone_number_known
    state.today = event.today or state.today
    state.offered = list(event.languages) or state.offered
    if event.transfer_failed:
        _after_transfer(talk)
    elif state.phase is Phase.BEGINNING:
        state.draft_waiting = event.draft_waiting
        _remember(talk, event.hint or Hint())
        talk.say("greeting")
        if not languages.offer(talk):
            first_question(talk)
    else:
        _go_on(talk)


def _remember(talk: Talk, hint: Hint) -> None:
    """What an earlier call from this telephone left; not announced again."""
    state = talk.state
    if hint.language in state.offered:
        state.language, state.language_known = hint.language, True
    state.slow = state.slow_announced = state.slow_kept = hint.slow
    state.loudness_db, state.needs_time = hint.louder_db, hint.needs_time


def first_question(talk: Talk) -> None:
    """What is wanted, or whether to go on with what was begun."""
    waiting, talk.state.draft_waiting = talk.state.draft_waiting, False
    if waiting:
        talk.ask(Question("resume_offer", "yes_no", "application.resume"))
    else:
        talk.ask(Question("ask_matter", "open", "matters.menu"))


def language_answered(talk: Talk, language: str) -> None:
    """One of those offered was chosen."""
    languages.speak(talk, language)
    first_question(talk)


def language_unanswered(talk: Talk) -> None:
    """Nobody need choose: the call goes on in the first one, and the next call offers them again."""
    first_question(talk)


def words_instead_of_a_language(talk: Talk) -> None:
    """The caller says what is wanted at once: that is the answer to the question after this one."""
    talk.state.question = Question("ask_matter", "open", "matters.menu")


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
