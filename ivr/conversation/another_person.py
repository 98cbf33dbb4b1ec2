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
        "slow", "slow_kept", "slow_announced", "loudness_db", "pace", "needs_time", "repeats", "misses", "refusals",
        "result", "offered", "language_known",
    }
)  # fmt: skip
"""Of the telephone and the call, not of a person. `refusals` stay: another person is no new try at guessing PINs."""
COMPANION = "companion_"
"""How flags about a companion begin. All others stay: a bank change bars a new address whoever asks for it."""


def begin(talk: Talk) -> None:
    """Ask the matter anew."""
    close(talk)
    talk.say("another_person")
    leaving.ask_matter(talk)


def close(talk: Talk) -> None:
    """The first person's record is closed, and Rasa's dialogue forgotten with it."""
    state = talk.state
    if state.told and not state.result:
        talk.note_result("completed")
    talk.drop_work()
    talk.decisions.append(ForgetDialogue(talk.dialogue_id()))
    _forget(state)


def _forget(state: ConversationState) -> None:
    fresh = ConversationState(flags=[flag for flag in state.flags if not flag.startswith(COMPANION)])
    for one in fields(ConversationState):
        if one.name not in KEPT:
            setattr(state, one.name, getattr(fresh, one.name))
