"""What a task is: how it begins, who takes its answers, what it asks of the agency or the store, and its prompts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ivr.conversation.decisions import Request
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.vocabulary import CommandMessage, PersonRef

Answered = Callable[[Talk, Question, str], None]
Arrived = Callable[[Talk, Any], None]
"""Takes the record that a request brought; which one, stands in the request's name."""


@dataclass(frozen=True, slots=True)
class Task:
    """One service as the conversation leads it. Every name in it begins with the task's own: "letter.type"."""

    name: str
    """The command of Rasa's that begins it: {do: letter}."""
    begin: Callable[[Talk, CommandMessage], None]
    level: int = 0
    """The level of identity below which it does not begin; identity is asked for first."""
    answers: Mapping[str, Answered] = field(default_factory=dict)
    """Owner of a question -> who takes its answer."""
    arrived: Mapping[str, Arrived] = field(default_factory=dict)
    """Name of a request -> who takes what it brought."""
    failed: Mapping[str, Callable[[Talk], None]] = field(default_factory=dict)
    """Name of a request -> what to do where it failed; without an entry a person is offered."""
    back: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    """Owner of the open question -> prompt, expect and owner of the question before it."""
    undo: Mapping[str, Callable[[Talk], None]] = field(default_factory=dict)
    """Owner of the open question -> how to go back, where the question before depends on what was answered."""
    after_result: frozenset[str] = frozenset()
    """Owners of questions that follow a result: there "why?" means the result."""
    prompts: tuple[str, ...] = ()
    """Every prompt it says or asks; a language that offers the task needs them all."""


def request(talk: Talk, what: str, **arguments: str) -> None:
    """Ask the agency or the store; `Served` brings the record. A repeat within the same turn has no second effect."""
    key = f"{talk.dialogue_id()}.{talk.next_turn()}"
    talk.work(Request(what, tuple(arguments.items()), PersonRef(talk.state.person), key))


def kept(talk: Talk, task: str) -> dict[str, str]:
    """What the task has learned so far; written with the call's state, gone with the matter."""
    return talk.state.tasks.setdefault(task, {})
