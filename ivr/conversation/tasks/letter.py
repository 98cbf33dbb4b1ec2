"""A letter, a certificate or a tax form to the address on file: one request, one letter, a receipt."""

from __future__ import annotations

from ivr.conversation import leaving
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Task, request
from ivr.records import LetterOrdered
from ivr.vocabulary import CommandMessage, Fact


def _begin(talk: Talk, command: CommandMessage) -> None:
    """Which one?"""
    talk.ask(Question("ask_letter_kind", "choice", "letter.kind"))


def _kind_answered(talk: Talk, question: Question, kind: str) -> None:
    talk.remark("one_moment")
    request(talk, "letter.order", kind=kind)


def _ordered(talk: Talk, letter: LetterOrdered) -> None:
    """Say what was ordered and when it comes; blocked while an address change is pending."""
    if letter.blocked or letter.arrives is None:
        talk.say("letter_blocked")
        talk.state.why = "letter_blocked"
        leaving.offer_person(talk, "letter_blocked")
        return
    kind = Fact("letter_kind", letter.kind, letter.source)
    arrives = Fact("letter_arrives", letter.arrives.isoformat(), letter.source, rule="letter_days")
    name, reference = f"label:letter:{letter.kind}", f"reference:{letter.reference}"
    talk.say("letter_ordered", facts=(kind,), letter=name, reference=reference)
    talk.say("letter_comes", facts=(arrives,), date=f"date:{letter.arrives.isoformat()}")
    talk.state.why = "letter_comes"
    talk.state.told = True
    talk.note_result("completed")
    leaving.anything_else(talk)


TASK = Task(
    name="letter",
    begin=_begin,
    level=2,
    answers={"letter.kind": _kind_answered},
    arrived={"letter.order": _ordered},
    prompts=("ask_letter_kind", "letter_ordered", "letter_comes", "letter_blocked"),
)
