"""What the caller wants: bands of confidence, Rasa's messages in their order, keypad menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from ivr.conversation import application, call_back, identity, leaving, pin_letter, repair, results, safety
from ivr.conversation.decisions import Fetch, TakeTurn
from ivr.conversation.events import ClaimsArrived, PaymentsArrived, Replied, WasUnderstood
from ivr.conversation.outcome import Outcome
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks import all_tasks, pre_check
from ivr.conversation.tasks.task import Task
from ivr.vocabulary import CommandMessage, PersonRef, PromptMessage, Understood

UNIVERSAL = {
    "person": "person",
    "again": "again",
    "slower": "slower",
    "louder": "louder",
    "simpler": "simpler",
    "not_understood": "simpler",
    "back": "back",
    "why": "why",
    "wait": "wait",
    "goodbye": "goodbye",
    "stop_talking": "quiet",
    "another_person": "another_person",
    "for_someone_else": "for_someone_else",
    "are_you_a_person": "are_you_a_person",
    "who_listens": "who_listens",
    "delete_my_data": "delete_my_data",
    "stop_calling_me": "stop_calling_me",
}
"""Intents that the line carries out itself -> the universal wish."""

NEVER_ECHOED = frozenset({"hardship", "death_report", "complaint"}) | safety.KINDS
"""Sensitive or dangerous to doubt: acted on in the ask band too, since all of them lead to a person."""
ANSWERS_ONLY = frozenset({"affirm", "deny", "give_number", "greet", "thanks"})
"""Intents that are no matter of their own inside a question."""


class Bands:
    """Confidence from which an intent is acted on, or asked about. Set from the held-out table (docs/figures.md)."""

    def __init__(self, act: float, ask: float, answer: float = 0.75) -> None:
        self.act = act
        self.ask = ask
        self.answer = answer
        """Likeness from which an approved answer without an intent is said."""


def understood(talk: Talk, event: WasUnderstood, bands: Bands) -> str | None:
    """Take the turn, ask back or miss. Returns a universal wish where the words were one."""
    event = _first_wish(talk, event, bands)
    heard, question = event.understood, talk.state.question
    certain = heard.confidence >= bands.act
    if heard.intent in safety.SENTENCES and heard.confidence >= bands.ask:
        safety.alarm(talk, heard.intent)
        return None
    if certain and heard.intent in UNIVERSAL:
        return UNIVERSAL[heard.intent]
    in_question = question is not None and question.owner != "matters.menu"
    if answer := _answer_found(talk, heard, bands):
        _say_answer(talk, answer, in_question)
        return None
    if in_question and heard.intent in ANSWERS_ONLY | {"out_of_scope"}:
        _unanswered(talk)
    elif certain or (heard.intent in NEVER_ECHOED and heard.confidence >= bands.ask):
        _take(talk, event)
    elif heard.confidence >= bands.ask and heard.intent not in ANSWERS_ONLY | {"", "out_of_scope", *UNIVERSAL}:
        talk.state.guess = heard.intent
        _ask_guess(talk)
    else:
        _unanswered(talk)
    return None


def _answer_found(talk: Talk, heard: Understood, bands: Bands) -> str:
    """An approved answer that means more nearly what was asked than any intent does; empty: none.

    A matter that was understood for certain goes first, and so does what leads to a person at the least doubt.
    """
    certain_matter = heard.confidence >= bands.act and not heard.intent.startswith(("faq_", "out_of_scope"))
    dangerous = heard.intent in NEVER_ECHOED and heard.confidence >= bands.ask
    if certain_matter or dangerous or not heard.answers:
        return ""
    name, likeness, margin = heard.answers[0]
    return name if likeness >= bands.answer and margin >= 0 and talk.knows(name) else ""


def _say_answer(talk: Talk, answer: str, in_question: bool) -> None:
    """Word for word. Inside a question it is an aside, and the question comes again."""
    talk.drop_work()
    if in_question or talk.state.active_form:
        talk.remark(answer)
        talk.ask_again()
        return
    talk.new_dialogue()
    talk.caller_turn_begins()
    talk.state.last_matter = answer
    talk.say(answer)
    talk.state.told = True
    leaving.anything_else(talk)


def _first_wish(talk: Talk, event: WasUnderstood, bands: Bands) -> WasUnderstood:
    """Of several wishes the first; the others are kept and offered behind it. What cannot wait goes before all."""
    for part in event.parts:
        if part.intent in NEVER_ECHOED and part.confidence >= bands.ask:
            return WasUnderstood(part)
    certain = [part for part in event.parts if part.confidence >= bands.act and _is_matter(part.intent)]
    intents = _apart(list(dict.fromkeys(part.intent for part in certain)))
    if len(intents) > 1 and not talk.state.active_form:
        talk.state.also_wanted = intents[1:]
        return WasUnderstood(next(part for part in certain if part.intent == intents[0]))
    return event


def _apart(intents: list[str]) -> list[str]:
    """ "I lost my job and want to apply" is one wish: what only begins another one's name goes with it."""
    return [one for one in intents if not any(other.startswith(f"{one}_") for other in intents)]


def _is_matter(intent: str) -> bool:
    return intent not in ANSWERS_ONLY | {"out_of_scope", "nlu_fallback", *UNIVERSAL}


def also_answered(talk: Talk, question: Question, answer: str) -> None:
    """Yes: the next of the wishes. No: nothing more of it."""
    if answer == "yes":
        choose(talk, question.slot)
    else:
        leaving.anything_else(talk)


def _unanswered(talk: Talk) -> None:
    talk.drop_work()
    repair.no_match(talk)


def _take(talk: Talk, event: WasUnderstood) -> None:
    """A matter (or a question) of the caller's. At an end of a matter it opens a new dialogue."""
    heard, state = event.understood, talk.state
    if _is_aside(talk, heard.intent):
        talk.drop_work()
        talk.remark(heard.intent)
        talk.ask_again()
        return
    if not state.active_form:
        if state.said or state.last_matter:
            talk.new_dialogue()
        state.last_matter = heard.intent
        state.why = ""
        talk.caller_turn_begins()
    talk.work(TakeTurn(talk.dialogue_id(), talk.next_turn(), heard.text, heard.intent, heard.confidence, heard.raw))


ASIDE_FROM = ("identity.", "pin_letter.", "call_back.")
"""Owners of dialogues of ours in which a general question is answered without leaving them."""


def _is_aside(talk: Talk, intent: str) -> bool:
    question = talk.state.question
    ours = question is not None and (question.owner.startswith(ASIDE_FROM) or question.owner in all_tasks.ANSWERS)
    return ours and intent.startswith("faq_") and talk.knows(intent)


def _ask_guess(talk: Talk) -> None:
    """The question that is out waits meanwhile."""
    talk.state.set_aside = talk.state.question
    values = {"matter": f"label:matter:{talk.state.guess}"}
    misses = talk.state.question.misses if talk.state.question is not None else 0
    talk.ask(Question("did_you_mean", "yes_no", "matters.guess", values=values, misses=misses))


def guess_answered(talk: Talk, answer: str) -> None:
    """Yes: as if it had been understood. No: a miss at the open question."""
    state = talk.state
    guess, state.guess = state.guess, ""
    question, state.set_aside = state.set_aside, None
    if answer == "yes":
        choose(talk, guess)
        return
    state.question = question or Question("ask_matter", "open", "matters.menu")
    repair.no_match(talk)


def choose(talk: Talk, matter: str) -> None:
    """A matter chosen by key."""
    if not talk.state.active_form:
        talk.new_dialogue()
        talk.state.last_matter = matter
    talk.tell("choose", matter=matter)


def menu_answered(talk: Talk, answer: str) -> None:
    """A key of the menu: a menu below, a person, or a matter."""
    if answer.startswith("menu_"):
        talk.ask(Question(answer, "choice", "matters.menu"))
    elif answer == "person":
        leaving.to_a_person(talk, "asked")
    elif answer == "apply":
        pre_check.offer(talk)
    else:
        choose(talk, answer)


# --- Rasa's messages


def replied(talk: Talk, event: Replied) -> None:
    """Take the messages in their order."""
    state = talk.state
    talk.drop_work()
    state.active_form = event.reply.active_form
    state.queue = [_stored(message) for message in event.reply.messages]
    if state.level and not state.last_matter:
        state.last_matter = event.reply.intent
    talk.go_on = True


def _stored(message: PromptMessage | CommandMessage) -> dict[str, Any]:
    return asdict(message)


def go_on(talk: Talk) -> None:
    """Say and do what waits, up to the first thing that has to be waited for."""
    state = talk.state
    while state.queue and not talk.decided:
        message = state.queue.pop(0)
        if "prompt" in message:
            _prompt(talk, PromptMessage(**message))
        else:
            _command(talk, CommandMessage(message["do"], tuple((k, v) for k, v in message["arguments"])))
    if not talk.decided:
        leaving.anything_else(talk)


def _prompt(talk: Talk, message: PromptMessage) -> None:
    """A statement, or the next question."""
    if message.expect:
        application.echo(talk)
        if application.known_already(talk, message):
            return
        owner = "matters.menu" if message.prompt == "ask_matter" else "rasa"
        talk.ask(Question(message.prompt, message.expect, owner, slot=message.slot))
        return
    outcome = talk.outcome
    if outcome is not None and outcome.word == message.prompt:
        talk.say(message.prompt, facts=outcome.facts, **outcome.values)
        talk.note_result("completed")
    elif message.prompt in ("application_done", "application_kept") and talk.state.draft is not None:
        talk.say(message.prompt, reference=f"reference:{talk.state.draft.reference}")
    else:
        talk.say(message.prompt)
    talk.state.why = message.prompt
    talk.state.told = True


def _command(talk: Talk, command: CommandMessage) -> None:
    """Carry out one command of Rasa's, where it is allowed now."""
    task = all_tasks.BY_NAME.get(command.do)
    if task is not None:
        _task(talk, task, command)
        return
    _COMMANDS.get(command.do, _unknown_command)(talk, command)


def _task(talk: Talk, task: Task, command: CommandMessage) -> None:
    """Only at the task's level, whatever Rasa says. What Rasa put behind it has no place in a dialogue of ours."""
    if task.level > talk.state.level or (task.level and not talk.state.privacy_agreed):
        talk.state.queue = [asdict(command)]
        identity.begin(talk)
        return
    talk.state.queue.clear()
    task.begin(talk, command)


def _fetch(talk: Talk, command: CommandMessage) -> None:
    """Only at level 2, whatever Rasa says."""
    if talk.state.level < identity.LEVEL_FULL or not talk.state.privacy_agreed:
        talk.state.queue.insert(0, asdict(command))
        identity.begin(talk)
        return
    talk.state.fetching = command.get("what")
    talk.work(Fetch(command.get("what"), PersonRef(talk.state.person)))


def _identify(talk: Talk, command: CommandMessage) -> None:
    if talk.state.level < identity.LEVEL_FULL or not talk.state.privacy_agreed:
        identity.begin(talk)


def _open_draft(talk: Talk, command: CommandMessage) -> None:
    talk.state.fetching = command.get("what")
    application.open_draft(talk, command.get("what"))


def _end_task(talk: Talk, command: CommandMessage) -> None:
    """Inside a form the form's question comes behind; there is nothing to end."""
    if not talk.state.active_form:
        leaving.anything_else(talk)


def _hand_over(talk: Talk, command: CommandMessage) -> None:
    """A person at once; where somebody is in danger, with the number first."""
    reason = command.get("reason")
    if reason in safety.KINDS:
        safety.alarm(talk, reason)
    else:
        leaving.to_a_person(talk, reason)


def _unknown(talk: Talk, command: CommandMessage) -> None:
    """Nobody guesses: say that it is not known, offer a person."""
    talk.say("unknown_question")
    if not talk.state.active_form:
        leaving.offer_person(talk, "unknown_question")


def _no_match(talk: Talk, command: CommandMessage) -> None:
    if talk.state.question is None:
        leaving.ask_matter(talk)
    else:
        repair.no_match(talk)


def _unknown_command(talk: Talk, command: CommandMessage) -> None:
    """A command the line does not know is a defect of the data; a person helps."""
    leaving.to_a_person(talk, f"unknown_command_{command.do}")


_COMMANDS: dict[str, Callable[[Talk, CommandMessage], None]] = {
    "identify": _identify,
    "fetch": _fetch,
    "open_draft": _open_draft,
    "read_back": lambda talk, command: application.read_back(talk),
    "submit": lambda talk, command: application.submit(talk),
    "pin_letter": lambda talk, command: pin_letter.begin(talk),
    "call_back": lambda talk, command: call_back.begin(talk),
    "resume": lambda talk, command: application.resume(talk),
    "hand_over": _hand_over,
    "offer_person": lambda talk, command: leaving.offer_person(talk, command.get("reason")),
    "unknown": _unknown,
    "end_task": _end_task,
    "no_match": _no_match,
}


# --- facts


def payments_arrived(talk: Talk, event: PaymentsArrived) -> None:
    """Tell Rasa the outcome; values stay here. An unknown question is answered like the commonest."""
    tell = results.OUTCOMES.get(talk.state.fetching, results.payments_next)
    _tell_outcome(talk, tell(event.payments))


def claims_arrived(talk: Talk, event: ClaimsArrived) -> None:
    """Tell Rasa the outcome; values stay here."""
    _tell_outcome(talk, results.claims(event.claims))


def _tell_outcome(talk: Talk, outcome: Outcome) -> None:
    talk.keep_outcome(outcome)
    talk.tell("facts_arrived", outcome=outcome.word)
