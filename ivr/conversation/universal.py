"""What works at every moment, by word and by key: a person, again, slower, louder, simpler, back, why, wait, good-bye;
by word also another citizen's record, the caller's rights, and whatever cannot wait (safety.py).

None of it counts as a miss, and none of it needs Rasa.
"""

from __future__ import annotations

from collections.abc import Callable

from ivr.conversation import another_person, application, companion, corrections, languages, leaving, rights, safety
from ivr.conversation.states import Phase, Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks import all_tasks, ring_back

LOUDER_STEPS = (0.0, 6.0, 9.0)
"""dB above the line's level: +6, again +3, then "this is the loudest"."""
REPEATS_BEFORE_SLOW = 2
SWEARING_BEFORE_PERSON = 3

KEYS = {"0": "person", "*": "again", "#": "slower", "9": "back", "8": "louder", "7": "simpler", "6": "wait", "5": "why"}
"""Outside numbers, everywhere the same (service reference, 5.1)."""


def carry_out(talk: Talk, wish: str) -> None:
    """Do what was asked for. Raises KeyError for an unknown wish."""
    talk.hush()
    if wish.startswith(languages.PREFIX):
        languages.wanted(talk, wish.removeprefix(languages.PREFIX))
    elif wish.startswith(corrections.PREFIX):
        corrections.corrected(talk, wish.removeprefix(corrections.PREFIX))
    elif wish in safety.KINDS:
        safety.alarm(talk, wish)
    elif wish in rights.WISHES:
        rights.carry_out(talk, wish)
    else:
        _WISHES[wish](talk)


def in_hold(talk: Talk, wish: str) -> None:
    """The same while the line waits for papers; a question about the line itself leaves it waiting."""
    if wish not in rights.TOLD:
        talk.state.move(Phase.LISTENING)
    carry_out(talk, wish)


def is_wish(wish: str) -> bool:
    """Whether it is one that works at every moment."""
    return wish in EVERY_WISH or wish.startswith((languages.PREFIX, corrections.PREFIX))


def stops_leaving(wish: str, next_step: str) -> bool:
    """Whether it counts while the last words are being said: another language always, a person before good-bye."""
    return wish.startswith(languages.PREFIX) or (next_step == "bye" and wish in BEFORE_THE_END)


def _repeat(talk: Talk, form: str = "", slower: bool = False) -> None:
    """What was said, and the open question; while something is fetched, its answer will be said anyway."""
    if talk.state.phase is Phase.WORKING:
        talk.remark("one_moment")
        return
    talk.say_again(form or "text", slower)
    talk.ask_again(form, slower)


def _person(talk: Talk) -> None:
    leaving.to_a_person(talk, talk.state.last_matter or "asked")


def _shouting(talk: Talk) -> None:
    leaving.to_a_person(talk, "upset")


def _again(talk: Talk) -> None:
    state = talk.state
    state.repeats += 1
    if state.repeats >= REPEATS_BEFORE_SLOW and not state.slow:
        talk.start_slow_mode()
    if state.repeats == REPEATS_BEFORE_SLOW:
        talk.remark("simpler_offer")
    _repeat(talk, slower=True)


def _slower(talk: Talk) -> None:
    talk.state.slow_announced = False
    talk.start_slow_mode()
    _repeat(talk)


def _needs_time(talk: Talk) -> None:
    """Speaking is hard, or somebody relays the call: patience, and keys that count once; kept for the next call."""
    talk.state.needs_time = True
    talk.remark("needs_time_on")
    talk.keep_hint()
    if talk.state.phase is not Phase.WORKING:
        talk.ask_again()


def _louder(talk: Talk) -> None:
    state = talk.state
    louder = [step for step in LOUDER_STEPS if step > state.loudness_db]
    if louder:
        state.loudness_db = louder[0]
        talk.remark("louder_on")
        talk.keep_hint()
    else:
        talk.remark("loudest_already")
    _repeat(talk)


def _simpler(talk: Talk) -> None:
    """Other words where there are any; where not, that is said."""
    question = talk.state.question
    said = [prompt for prompt, _ in talk.state.said] + ([question.prompt] if question is not None else [])
    if not any(talk.has_form(prompt, "simpler") for prompt in said):
        talk.remark("simpler_none")
    _repeat(talk, "simpler")


def _back(talk: Talk) -> None:
    """The question before; inside a matter its last answer, outside the matters."""
    question = talk.state.question
    if talk.state.phase is Phase.WORKING:
        talk.remark("one_moment")  # a hand-over or a booking under way is not lost by a key
        return
    if application.back(talk):
        return
    if question is not None and question.owner in all_tasks.UNDO:
        all_tasks.UNDO[question.owner](talk)
    elif question is not None and question.owner in _STEP_BACK:
        prompt, expect, owner = _STEP_BACK[question.owner]
        talk.ask(Question(prompt, expect, owner))
    elif question is not None and question.prompt == "ask_matter":
        talk.remark("nothing_to_go_back")
        talk.ask_again()
    else:
        leaving.ask_matter(talk)


_STEP_BACK = {
    **all_tasks.STEP_BACK,
    "identity.confirm": ("ask_customer_number", "digits:8", "identity.number"),
    "identity.pin": ("ask_customer_number", "digits:8", "identity.number"),
    "companion.may_listen": ("ask_customer_number", "digits:8", "identity.number"),
    "pin_letter.confirm": ("ask_customer_number", "digits:8", "pin_letter.number"),
    "pin_letter.birth_date": ("ask_customer_number", "digits:8", "pin_letter.number"),
    "pin_letter.case": ("ask_birth_date", "date", "pin_letter.birth_date"),
    "call_back.confirm_number": ("ask_call_back_number", "phone", "call_back.number"),
    "call_back.window": ("ask_call_back_number", "phone", "call_back.number"),
    "call_back.reason": ("ask_call_back_window", "choice", "call_back.window"),
}
"""Owner of the open question -> the question before it."""


def _why(talk: Talk) -> None:
    """Why we ask, or why a result is as it is."""
    if talk.state.phase is Phase.WORKING:
        talk.remark("one_moment")
        return
    question = talk.state.question
    asked = question.prompt if question is not None and question.owner not in _AFTER_RESULT else ""
    prompt = asked or talk.state.why
    values = question.values if question is not None and asked else _outcome_values(talk)
    if not talk.say_why(prompt, values):
        talk.remark("why_default")
    talk.ask_again()


_AFTER_RESULT = all_tasks.AFTER_RESULT | {"leaving.anything_else"}
"""Owners of questions at which "why?" means the result before them."""


def _outcome_values(talk: Talk) -> dict[str, object]:
    return talk.outcome.values if talk.outcome is not None else {}


def _wait(talk: Talk) -> None:
    """Hold mode: minutes without reprompts."""
    state = talk.state
    if state.phase is Phase.WORKING:
        return
    state.hold, state.hold_asks_more = 0, False
    state.move(Phase.HOLDING)
    talk.remark("hold_begin")
    talk.listen_for_return()


def _quiet(talk: Talk) -> None:
    """Enough said: the question stays open."""
    if talk.state.phase is not Phase.WORKING:
        talk.listen()


def _goodbye(talk: Talk) -> None:
    leaving.good_bye(talk)


def _swearing(talk: Talk) -> None:
    """Anger at the machine is no abuse of anybody: sorry, and on. Three times: a person."""
    state = talk.state
    state.swearing += 1
    if state.swearing >= SWEARING_BEFORE_PERSON:
        leaving.to_a_person(talk, "upset")
    elif state.phase is not Phase.WORKING:
        talk.remark("sorry_annoying")
        talk.ask_again()


def _already_told(talk: Talk) -> None:
    """What is known, and the open question alone."""
    if talk.state.phase is Phase.WORKING:
        talk.remark("one_moment")
        return
    talk.remark("already_told")
    application.say_known(talk)
    talk.ask_again()


_WISHES: dict[str, Callable[[Talk], None]] = {
    "person": _person,
    "shouting": _shouting,
    "again": _again,
    "slower": _slower,
    "louder": _louder,
    "needs_time": _needs_time,
    "simpler": _simpler,
    "not_understood": _simpler,
    "back": _back,
    "why": _why,
    "wait": _wait,
    "goodbye": _goodbye,
    "quiet": _quiet,
    "already_told": _already_told,
    "swearing": _swearing,
    "call_me_back_free": ring_back.begin,
    "another_person": another_person.begin,
    "for_someone_else": companion.begin,
}
WISHES = frozenset(_WISHES) | rights.WISHES
"""Those with words of their own in dialogues/words."""
EVERY_WISH = WISHES | safety.KINDS
BEFORE_THE_END = frozenset({"person"}) | rights.WISHES | safety.KINDS
"""What is still heard while good-bye is said."""
IN_HOLD = BEFORE_THE_END | {"goodbye", "another_person", "for_someone_else"}
"""What is carried out at once while the line waits for papers; other words end the waiting."""
