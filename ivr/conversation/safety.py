"""Danger, despair, violence, a fraud that is going on: one sentence with the number, then a person before all others.

And what no machine may do (bank account, payee, a PIN on the spot, stopping or refusing a benefit): a person, at once.
Words are found by fixed lists (dialogues/words/alarms) in every state, and by understanding already at the ask band.
Nobody guesses moods: a stated intention is taken as real.
"""

from __future__ import annotations

from collections.abc import Mapping

from ivr.conversation import call_back
from ivr.conversation.decisions import BookCallBack, FindStaff
from ivr.conversation.events import StaffFound
from ivr.conversation.states import Phase
from ivr.conversation.talk import Talk

SENTENCES: Mapping[str, str] = {
    "self_harm": "reason_self_harm",
    "danger": "reason_distress",
    "violence": "reason_distress",
    "distress": "reason_distress",
    "scam_now": "reason_scam_now",
    "coached": "reason_coached",
    "fraud_misuse": "reason_fraud_misuse",
}
"""Kind of alarm -> the one sentence that is said for it."""
EMERGENCIES = frozenset({"self_harm", "danger", "violence", "distress"})
"""Where help is at the other end of the emergency number, whether our desk is open or not."""
NEVER_AUTOMATED = frozenset({"bank_change", "payee_change", "pin_now", "stop_benefit"})
"""Only a person may change these; no code path of the line writes them."""
KINDS = frozenset(SENTENCES) | NEVER_AUTOMATED


def alarm(talk: Talk, kind: str) -> None:
    """Say the sentence now, then find a person; no question in between."""
    state = talk.state
    state.reason = kind
    talk.hush()
    if state.phase is Phase.BEGINNING:
        state.move(Phase.WORKING)
    talk.flag(kind)  # a bank change also bars a new address in the same call (tasks/contact_change.py)
    if kind in SENTENCES:
        talk.caller_turn_begins()
        talk.say(SENTENCES[kind])
    talk.work(FindStaff())


def is_alarmed(talk: Talk) -> bool:
    """Whether a person is being found because of an alarm."""
    return talk.state.reason in SENTENCES


def nobody_there(talk: Talk, event: StaffFound | None) -> None:
    """The desk is closed: the number once more where it helps, and a call-back before all others; no question."""
    state = talk.state
    if state.reason in EMERGENCIES:
        talk.say("reason_distress_closed")
    elif event is not None and event.opens:
        talk.say("person_closed", opens=f"time:{event.opens}")
    else:
        talk.say("person_busy")
    if state.phone_number_known:
        state.call_back = {"number": "", "window": "any"}
        talk.work(BookCallBack("", "any", f"priority_{state.reason}"))
    else:
        call_back.begin(talk)
