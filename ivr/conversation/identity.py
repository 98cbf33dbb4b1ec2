"""The identity dialogue, by keys: customer number (also by voice), PIN (keys alone), a private place.

Asked once a call and citizen, and only when a matter needs it. Nobody learns here which part was wrong.
"""

from __future__ import annotations

from ivr.conversation import call_back, companion, languages, leaving
from ivr.conversation.decisions import Verify
from ivr.conversation.events import PinEntered, Verified
from ivr.conversation.states import SMS, Question
from ivr.conversation.talk import Talk

LEVEL_FULL = 2
REFUSALS_IN_A_CALL = 3


def begin(talk: Talk) -> None:
    """Number, PIN, privacy; what is known already is not asked again. A text message is no place for any of it."""
    if talk.state.channel == SMS:
        not_in_a_text(talk)
    elif talk.state.companion == companion.ALONE:
        companion.may_not_hear(talk)
    elif talk.state.level >= LEVEL_FULL:
        _privacy(talk)
    else:
        talk.ask(Question("ask_customer_number", "digits:8", "identity.number"))


def not_in_a_text(talk: Talk) -> None:
    """Whoever holds the telephone reads it, and it stays there: say so, offer a call."""
    talk.state.queue.clear()
    talk.state.reason = talk.state.last_matter or "identity"
    talk.say("text_not_private")
    call_back.begin(talk)


def number_answered(talk: Talk, digits: str) -> None:
    """Read it back in groups."""
    talk.state.customer_number = digits
    values = {"digits": f"digits:{digits}"}
    talk.ask(Question("confirm_customer_number", "yes_no", "identity.confirm", values=values))


def number_confirmed(talk: Talk, answer: str) -> None:
    """Wrong: once more, by keys."""
    if answer == "yes":
        talk.ask(Question("ask_pin", "pin", "identity.pin"))
    else:
        talk.ask(Question("ask_customer_number", "digits:8", "identity.number"), "keys")


def pin_entered(talk: Talk, event: PinEntered) -> None:
    """Have both compared; the PIN goes nowhere else."""
    talk.remark("one_moment")
    talk.work(Verify(talk.state.customer_number, event.pin))


def pin_spoken(talk: Talk) -> None:
    """Somebody may have listened: say so; nothing of it was kept."""
    talk.remark("spoken_pin_warning")
    talk.ask_again()


def verified(talk: Talk, event: Verified) -> None:
    """In, once more, or the ways that need no PIN."""
    state = talk.state
    if event.outcome == "verified" and event.person is not None:
        state.person, state.level = event.person, LEVEL_FULL
        languages.person_known(talk, event.hint)
        _privacy(talk)
    elif event.outcome == "refused" and state.refusals + 1 < REFUSALS_IN_A_CALL:
        state.refusals += 1
        talk.remark("verify_failed")
        talk.ask(Question("ask_customer_number", "digits:8", "identity.number"), "keys")
    elif event.outcome == "braked":
        talk.remark("verify_braked")
        leaving.offer_person(talk, "identity")
    elif event.outcome == "locked":
        talk.remark("verify_locked")
        leaving.offer_person(talk, "identity_locked")
    else:
        state.refusals += 1
        talk.remark("verify_failed")
        leaving.offer_person(talk, "identity")


def _privacy(talk: Talk) -> None:
    if talk.state.privacy_agreed:
        talk.go_on = True
    elif talk.state.companion == companion.BESIDE:
        companion.ask_consent(talk)
    else:
        talk.ask(Question("ask_privacy", "choice", "identity.privacy"))


def privacy_answered(talk: Talk, answer: str) -> None:
    """Somebody listens: later, by a call-back."""
    if answer in ("yes", "go_on", "private"):
        talk.state.privacy_agreed = True
        talk.go_on = True
    else:
        talk.state.reason = talk.state.reason or talk.state.last_matter or "not_private"
        talk.state.queue.clear()
        leaving.later(talk)
