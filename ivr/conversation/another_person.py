""" "Now for my husband": the call goes on, and nothing of the first person goes with it.

What may stay is listed; all else falls back to how a call begins, so that a new field of the state is dropped unless
somebody decides otherwise.
"""

from __future__ import annotations

from dataclasses import fields

from ivr.conversation import leaving
from ivr.conversation.decisions import ForgetDialogue
from ivr.conversation.states import ConversationState
from ivr.conversation.talk import Talk

KEPT = frozenset(
    {
        "language", "channel", "phase", "turn", "dialogue", "today", "phone_number_known", "caller_acted",
        "slow", "loudness_db", "repeats", "misses", "refusals", "result",
    }
)  # fmt: skip
"""Of the telephone and the call, not of a person. `refusals` stay: another person is no new try at guessing PINs."""


def begin(talk: Talk) -> None:
    """Close the first person's record, forget Rasa's dialogue, ask the matter anew."""
    state = talk.state
    if state.told and not state.result:
        talk.note_result("completed")
    talk.drop_work()
    talk.decisions.append(ForgetDialogue(talk.dialogue_id()))
    _forget(state)
    talk.say("another_person")
    leaving.ask_matter(talk)


def _forget(state: ConversationState) -> None:
    fresh = ConversationState()
    for one in fields(ConversationState):
        if one.name not in KEPT:
            setattr(state, one.name, getattr(fresh, one.name))
