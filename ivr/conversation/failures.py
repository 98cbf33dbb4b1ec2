"""What the caller gets when a part is away or late: a word within seconds, and keys, a person or a call-back."""

from __future__ import annotations

from ivr.conversation import call_back, leaving, repair, safety
from ivr.conversation.decisions import work_from_json
from ivr.conversation.events import StageFailed
from ivr.conversation.states import Phase, Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks import all_tasks


def still_working(talk: Talk) -> None:
    """Two seconds have gone by."""
    if talk.state.phase in (Phase.WORKING, Phase.LISTENING):
        talk.remark("one_moment")


def failed(talk: Talk, event: StageFailed) -> None:
    """Once more where that is harmless, then another way."""
    state = talk.state
    if event.code == "synthesis-failed":
        if state.phase is not Phase.LEAVING:
            talk.hush()  # the rest of a prompt without its middle would mislead: "Is that right?"
            talk.sound("sorry_technical")
            talk.leave("menu", event.code)
        return
    if event.code == "recognition-failed":
        if state.phase is Phase.LISTENING:
            repair.recognizer_away(talk)
        return
    kind = (state.work or {}).get("kind", "")
    if state.phase is not Phase.WORKING:
        return
    if kind in ("Understand", "TakeTurn", "Tell"):
        _dialogue_away(talk)
    elif kind == "FindStaff" and safety.is_alarmed(talk):
        safety.nobody_there(talk, None)
    elif kind == "FindStaff":
        talk.say("person_busy")
        call_back.begin(talk)
    elif kind == "BookCallBack":
        talk.say("call_back_not_booked")
        talk.leave("record", state.reason)
    elif kind == "Request" and (state.work or {}).get("what") in all_tasks.FAILED:
        all_tasks.FAILED[(state.work or {})["what"]](talk)
    elif kind == "Submit":
        talk.say("sorry_agency_away")
        talk.note_result("draft_kept")
        leaving.offer_person(talk, "agency_away")
    else:
        talk.say("sorry_agency_away")
        leaving.offer_person(talk, "agency_away")


def _dialogue_away(talk: Talk) -> None:
    """The same turn once more (it has no second effect), then a menu by keys."""
    state = talk.state
    work = work_from_json(state.work) if state.work else None
    if work is not None and not state.retried:
        talk.remark("sorry_one_moment")
        talk.work(work)
        state.retried = True
        return
    talk.say("sorry_dialogue_away")
    waiting = state.work
    talk.ask(Question("menu_keypad", "choice", "failures.away"), "keys")
    state.waiting_work = waiting


def away_answered(talk: Talk, answer: str) -> None:
    """A person, a message, a call-back, office hours; afterwards what waited is tried again."""
    if answer == "call_back":
        call_back.begin(talk)
    elif answer == "faq_office_hours":
        talk.say("faq_office_hours")
        _try_again(talk)
    elif answer == "message":
        talk.leave("record", "dialogue_away")
    else:
        leaving.to_a_person(talk, "dialogue_away")


def _try_again(talk: Talk) -> None:
    """What was on its way to Rasa; a form goes on with all that was entered."""
    state = talk.state
    work = work_from_json(state.waiting_work) if state.waiting_work else None
    state.waiting_work = None
    if work is not None:
        talk.work(work)
        state.retried = True
    else:
        leaving.ask_matter(talk)
