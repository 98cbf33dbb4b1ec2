"""The call-back dialogue: number, window, reason, reference. It asks little and cannot fail into nothing."""

from __future__ import annotations

from ivr.conversation.decisions import BookCallBack
from ivr.conversation.events import CallBackBooked
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk

CALL_THE_CITIZEN = "call_the_citizen"
"""The reason where somebody else called: theirs is not the number to call."""


def begin(talk: Talk) -> None:
    """Which number? The calling one is offered where it is known and is the citizen's."""
    talk.state.call_back = {}
    if talk.state.phone_number_known and talk.state.reason != CALL_THE_CITIZEN:
        talk.ask(Question("ask_call_back_number_this", "choice", "call_back.this_number"))
    else:
        _ask_number(talk)


def this_number_answered(talk: Talk, answer: str) -> None:
    """The calling number, or another."""
    if answer == "this_number":
        talk.state.call_back["number"] = ""
        _ask_window(talk)
    else:
        _ask_number(talk)


def _ask_number(talk: Talk) -> None:
    talk.ask(Question("ask_call_back_number", "phone", "call_back.number"))


def number_answered(talk: Talk, digits: str) -> None:
    """Read it back digit by digit; who typed it sees it."""
    talk.state.call_back["number"] = digits
    if talk.in_writing:
        _ask_window(talk)
        return
    talk.ask(
        Question("confirm_call_back_number", "yes_no", "call_back.confirm_number", values={"digits": f"phone:{digits}"})
    )


def number_confirmed(talk: Talk, answer: str) -> None:
    """Wrong: once more."""
    if answer == "yes":
        _ask_window(talk)
    else:
        _ask_number(talk)


def _ask_window(talk: Talk) -> None:
    talk.ask(Question("ask_call_back_window", "choice", "call_back.window"))


def window_answered(talk: Talk, window: str) -> None:
    """The reason is asked only where the conversation has not shown it."""
    talk.state.call_back["window"] = window
    if talk.state.reason in ("", "asked", "call_back", "repeated_misses"):
        talk.ask(Question("ask_call_back_reason", "open", "call_back.reason"))
    else:
        _book(talk, talk.state.reason)


def reason_answered(talk: Talk, words: str) -> None:
    """The caller's own words; they go to the clerk."""
    _book(talk, words)


def _book(talk: Talk, reason: str) -> None:
    kept = talk.state.call_back
    talk.work(BookCallBack(kept.get("number", ""), kept.get("window", "any"), reason))


def booked(talk: Talk, event: CallBackBooked) -> None:
    """Reference twice (the prompt says it twice), and what happens next."""
    window = talk.state.call_back.get("window", "any")
    talk.say("call_back_booked", reference=f"reference:{event.reference}", window=f"label:window:{window}")
    talk.note_result("call_back")
    talk.state.told = True
    talk.state.call_back["booked"] = event.reference
    talk.ask(Question("anything_else", "yes_no", "leaving.anything_else"))


def give_up(talk: Talk) -> None:
    """Nothing was understood here either: promise the call-back with what is known, or take a message."""
    known = talk.state.phone_number_known and talk.state.reason != CALL_THE_CITIZEN
    if (known and not talk.state.call_back.get("number")) or talk.state.call_back.get("number"):
        _book(talk, talk.state.reason or "unclear")
    else:
        talk.leave("record")
