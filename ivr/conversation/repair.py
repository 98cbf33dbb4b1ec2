"""The ladder: what is tried after silence and after words that were not understood, and how often.

Steps (service reference, section 6): the same question in shorter words with an example; keys only; a person.
Silence takes all three steps. Words that were not understood take two: other words and keys at once, then a person.
A bad line is said to be one and counts against the line, not against the caller.
"""

from __future__ import annotations

from ivr.conversation import call_back, leaving
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk

MISSES_AT_ONE_POINT = 2
MISSES_IN_A_CALL = 3
LINE_FAULTS_AT_ONE_POINT = 2
SILENCES_BEFORE_PERSON = 3
LINE_FAULTS = {
    "clipped": "line_clipped",
    "echo": "line_echo",
    "quiet": "line_quiet",
    "silent": "line_quiet",
    "voices": "line_voices",
}
"""What is wrong with the line -> how it is said; all else is noise."""


def no_input(talk: Talk) -> None:
    """Nothing came in time."""
    question = talk.state.question
    if question is None:
        return
    question.silences += 1
    if question.owner == "leaving.anything_else":
        _silence_at_the_end(talk, question)
    elif question.silences >= SILENCES_BEFORE_PERSON:
        _give_up(talk, "silence")
    elif question.silences == 1:
        talk.remark("take_your_time")
        if not talk.state.slow:
            talk.start_slow_mode(keep=False)
        talk.ask_again("shorter")
    else:
        talk.remark("one_more_way_keys")
        talk.ask_again("keys")


def _silence_at_the_end(talk: Talk, question: Question) -> None:
    """All is done and nobody answers: that is a good-bye, not a failure."""
    if question.silences == 1:
        talk.ask_again("shorter")
    else:
        leaving.good_bye(talk)


def _unclear_at_the_end(talk: Talk, question: Question) -> None:
    """All is done; a television is no reason to begin anew."""
    if question.misses == 1:
        talk.ask_again("shorter")
    else:
        leaving.good_bye(talk)


def no_match(talk: Talk) -> None:
    """Something was said or keyed that is no answer."""
    question = talk.state.question
    if question is None:
        return
    question.misses += 1
    talk.state.misses += 1
    if question.owner == "leaving.anything_else":
        _unclear_at_the_end(talk, question)
        return
    at_this_point = question.misses >= MISSES_AT_ONE_POINT or question.misses + question.silences > MISSES_AT_ONE_POINT
    if at_this_point or talk.state.misses >= MISSES_IN_A_CALL:
        _give_up(talk, "repeated_misses")
        return
    talk.remark("did_not_understand")
    talk.ask_again("shorter")


def wrong_length(talk: Talk, have: int, need: int) -> None:
    """A number with too few or too many digits."""
    unfit(talk, "digits_short", have=f"number:{have}", need=f"number:{need}")


def unfit(talk: Talk, prompt: str, **values: str) -> None:
    """An answer of the right kind that cannot be: say why, ask again; it counts like words not understood."""
    question = talk.state.question
    if question is None:
        return
    question.misses += 1
    talk.state.misses += 1
    if question.misses >= SILENCES_BEFORE_PERSON or talk.state.misses > MISSES_IN_A_CALL:
        _give_up(talk, "repeated_misses")
        return
    talk.remark(prompt, **values)
    talk.ask_again("keys" if question.misses > 1 else "shorter")


def line_fault(talk: Talk, fault: str) -> None:
    """The line, not the caller, is at fault: say so and go to keys."""
    question = talk.state.question
    if question is None:
        return
    question.line_faults += 1
    if question.line_faults > LINE_FAULTS_AT_ONE_POINT:
        _give_up(talk, f"line_{fault}")
        return
    talk.remark(LINE_FAULTS.get(fault, "line_noisy"))
    talk.ask_again("keys")


def recognizer_away(talk: Talk) -> None:
    """Nothing can be heard by the machine; keys still work. Said once a question: a television goes on talking."""
    question = talk.state.question
    if question is None or question.by_keys_only:
        return
    question.line_faults += 1
    if question.line_faults > LINE_FAULTS_AT_ONE_POINT:
        _give_up(talk, "recognition_away")
        return
    talk.hush()
    talk.remark("sorry_recognition_away")
    talk.ask_again("keys")


def _give_up(talk: Talk, reason: str) -> None:
    question = talk.state.question
    if not talk.state.caller_acted and question is not None and question.owner.startswith("call_back"):
        leaving.line_dead(talk)
    elif question is not None and question.owner.startswith("call_back"):
        call_back.give_up(talk)
    else:
        leaving.to_a_person(talk, talk.state.last_matter or reason)
