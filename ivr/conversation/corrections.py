""" "No, the fifteenth": the answer before the open question put right, where it was just said back to the caller."""

from __future__ import annotations

from ivr.conversation import application, call_back, identity, pin_letter
from ivr.conversation.answers import value_fits
from ivr.conversation.states import Phase, Question
from ivr.conversation.talk import Talk

PREFIX = "corrected:"
"""Before the new value, as a wish: heard together with a word such as "no" or "I meant"."""
CONFIRMED = {
    "identity.confirm": identity.number_answered,
    "pin_letter.confirm": pin_letter.number_answered,
    "call_back.confirm_number": call_back.number_answered,
}
"""Owner of a read-back -> who takes the number that was meant."""


def corrected(talk: Talk, value: str) -> None:
    """Take it as the answer to the question before; where nothing can be put right, the open question follows."""
    state = talk.state
    if state.phase is Phase.WORKING:
        talk.remark("one_moment")
        return
    question, before = state.question, talk.before
    if question is None or before is None or not value_fits(before[0], value, state.today):
        talk.ask_again()
        return
    talk.caller_turn_begins()
    if question.owner in CONFIRMED:
        CONFIRMED[question.owner](talk, value)
        return
    assert state.draft is not None  # noqa: S101 - talk.before has looked
    earlier = state.draft.asked[-1]
    again = Question(earlier.prompt, earlier.expect, "application.again", slot=earlier.slot)
    application.slot_answered(talk, again, value)
