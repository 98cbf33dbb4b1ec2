"""A quick check whether a benefit could be for the caller: at most seven facts, likely, unlikely or cannot say.

Which fact is asked next and what the answers come to is said by the rules (services/pre_check.py); it is never a
decision. Nothing is asked of the record and nothing is kept: it needs no identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.conversation import application, call_back, leaving
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Task, kept, request
from ivr.records import CheckStep
from ivr.vocabulary import CommandMessage

NAME = "pre_check"
FACT = "pre_check.fact"
NEXT = "pre_check.next"
_ANSWER = "answer "
"""Before a fact's name where its answer is kept, in the order of answering."""

CARRIED = {"child_lives_here": "child_lives_with_you", "paid_elsewhere": "other_parent_claims"}
"""Facts that an application asks in the same words -> its slot; they are not asked twice."""
ANSWERS = [("1", "yes"), ("2", "no"), ("3", "dont_know")]
"""Key and value of each option of a fact's question."""
CHECKS = (
    "check_pension_age", "check_pension_years", "check_pension_more_years",
    "check_job_ended", "check_looks_for_work", "check_months_worked", "check_below_pension_age",
    "check_child_lives_here", "check_child_age", "check_child_in_training", "check_child_age_in_training",
    "check_paid_elsewhere", "check_long_illness", "check_doctors_report", "check_few_hours",
)  # fmt: skip
RULES = (
    "rule_pension", "rule_pension_age", "rule_pension_years",
    "rule_unemployment", "rule_job_ended", "rule_looks_for_work", "rule_months_worked", "rule_below_pension_age",
    "rule_child", "rule_child_lives_here", "rule_child_age", "rule_child_in_training", "rule_child_age_in_training",
    "rule_paid_elsewhere", "rule_disability", "rule_long_illness", "rule_doctors_report", "rule_few_hours",
)  # fmt: skip
"""Those that rules/questions may name; a guard compares them."""


def _begin(talk: Talk, command: CommandMessage) -> None:
    """For which benefit? Where the caller has said it, it is not asked."""
    benefit = command.get("benefit")
    if benefit:
        _start(talk, benefit)
    else:
        talk.ask(Question("pre_check_benefit", "choice", "pre_check.benefit"))


def offer(talk: Talk) -> None:
    """Before an application that is begun by keys: the way to the check for who cannot say it."""
    talk.ask(Question("pre_check_first", "yes_no", "pre_check.first"))


def _first_answered(talk: Talk, question: Question, said: str) -> None:
    if said == "yes":
        talk.ask(Question("pre_check_benefit", "choice", "pre_check.benefit"))
    else:
        _choose(talk, "apply")


def _choose(talk: Talk, matter: str) -> None:
    """Another matter, as if the caller had named it."""
    talk.new_dialogue()
    talk.state.last_matter = matter
    talk.tell("choose", matter=matter)


def _start(talk: Talk, benefit: str) -> None:
    kept(talk, NAME).clear()
    kept(talk, NAME)["benefit"] = benefit
    talk.say("pre_check_intro")
    _go_on(talk)


def _go_on(talk: Talk) -> None:
    """With all that is known so far: the next question, or the result."""
    known = kept(talk, NAME)
    request(
        talk,
        "pre_check.step",
        benefit=known["benefit"],
        today=talk.state.today,
        answers=",".join(f"{fact}={said}" for fact, said in _said(known)),
        stamp=known.get("stamp", ""),
    )


def _said(known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each fact and its answer, in the order of answering."""
    return [(key.removeprefix(_ANSWER), said) for key, said in known.items() if key.startswith(_ANSWER)]


def _answered(talk: Talk) -> list[str]:
    return [key for key in kept(talk, NAME) if key.startswith(_ANSWER)]


def _stepped(talk: Talk, step: CheckStep) -> None:
    known = kept(talk, NAME)
    known["stamp"] = step.stamp
    if step.anew:
        for key in _answered(talk):
            del known[key]
    values: dict[str, Any] = {"value": f"number:{step.value}"} if step.value else {}
    if step.what == "ask":
        talk.ask(Question(step.prompt, "choice", FACT, slot=step.fact, values=values))
        return
    talk.state.told = True
    talk.note_result("completed")
    if step.what == "ended":
        talk.say("pre_check_ended")
        talk.state.why = "pre_check_ended"
        leaving.offer_person(talk, NAME)
        return
    talk.say(f"pre_check_{step.what}", facts=step.facts)
    talk.state.why = f"pre_check_{step.what}"
    if step.prompt:
        talk.say(step.prompt, **values)
        talk.state.why = step.prompt
    talk.ask(Question("pre_check_next", "choice", NEXT))


def _fact_answered(talk: Talk, question: Question, said: str) -> None:
    kept(talk, NAME)[f"{_ANSWER}{question.slot}"] = said
    _go_on(talk)


def _back(talk: Talk) -> None:
    """The fact before once more; before the first one, the choice of the benefit."""
    answered = _answered(talk)
    if answered:
        del kept(talk, NAME)[answered[-1]]
        _go_on(talk)
    else:
        talk.ask(Question("pre_check_benefit", "choice", "pre_check.benefit"))


def _next_answered(talk: Talk, question: Question, said: str) -> None:
    """Everybody may apply, whatever the check says."""
    if said == "apply":
        known = kept(talk, NAME)
        told = {CARRIED[fact]: said for fact, said in _said(known) if fact in CARRIED and said != "dont_know"}
        _choose(talk, f"apply_{known['benefit']}")
        application.carry(talk, told)
    elif said == "person":
        leaving.to_a_person(talk, NAME)
    else:
        leaving.anything_else(talk)


def _away(talk: Talk) -> None:
    """The rules are away: nobody guesses."""
    talk.say("pre_check_away")
    talk.ask(Question("pre_check_away_next", "choice", "pre_check.away"))


def _away_answered(talk: Talk, question: Question, said: str) -> None:
    if said == "call_back":
        talk.state.reason = NAME
        call_back.begin(talk)
    elif said == "appointment":
        _choose(talk, said)
    else:
        leaving.anything_else(talk)


TASK = Task(
    name=NAME,
    begin=_begin,
    answers={
        "pre_check.first": _first_answered,
        "pre_check.benefit": lambda talk, question, benefit: _start(talk, benefit),
        FACT: _fact_answered,
        NEXT: _next_answered,
        "pre_check.away": _away_answered,
    },
    arrived={"pre_check.step": _stepped},
    failed={"pre_check.step": _away},
    undo={FACT: _back, NEXT: _back},
    after_result=frozenset({NEXT}),
    prompts=(
        "pre_check_first", "pre_check_benefit", "pre_check_intro", "pre_check_likely", "pre_check_unlikely",
        "pre_check_cannot_say", "pre_check_ended", "pre_check_next", "pre_check_away", "pre_check_away_next",
        *CHECKS, *RULES,
    ),
)  # fmt: skip
