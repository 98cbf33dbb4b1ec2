"""Hold mode: "wait, I am fetching my papers". Signs of life, no reprompts, no misses, up to ten minutes."""

from __future__ import annotations

from ivr.conversation import leaving
from ivr.conversation.answers import HOLD_TICK
from ivr.conversation.states import Phase, Question
from ivr.conversation.talk import Talk

STILL_HERE_EVERY = 60_000 // HOLD_TICK
"""Ticks of 15 s: a soft sound each, "I am still here" each minute."""
MORE_TIME_AFTER = 120_000 // HOLD_TICK
LONGEST = 600_000 // HOLD_TICK


def nothing_heard(talk: Talk) -> None:
    """Fifteen more seconds have passed."""
    state = talk.state
    state.hold += 1
    state.hold_asks_more = state.hold % MORE_TIME_AFTER == 0
    if state.hold >= LONGEST:
        talk.remark("hold_longest")
        leaving.good_bye(talk)
        return
    if state.hold_asks_more:
        talk.remark("hold_more_time")
    elif state.hold % STILL_HERE_EVERY == 0:
        talk.remark("hold_still_here")
    else:
        talk.sound("hold_sound")
    talk.listen_for_return()


def more_time(talk: Talk) -> None:
    """Yes, more time is needed."""
    talk.state.hold_asks_more = False
    talk.hush()
    talk.remark("hold_still_here")
    talk.listen_for_return()


def back_again(talk: Talk) -> None:
    """Any key or word: what the line has already, and the open question."""
    state = talk.state
    state.move(Phase.LISTENING)
    state.hold, state.hold_asks_more = 0, False
    talk.hush()
    talk.remark("hold_back")
    if state.question is None:
        state.question = Question("ask_matter", "open", "matters.menu")
    talk.ask_again()
