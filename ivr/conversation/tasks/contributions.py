"""The record of paid-in months: totals, gaps, what is due. A pension is never worked out from it."""

from __future__ import annotations

from dataclasses import asdict

from ivr.conversation import call_back, leaving
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Task, kept, request
from ivr.task_records import Contributions, Gap
from ivr.vocabulary import CommandMessage, Fact

NAME = "contributions"
GAPS_AT_ONCE = 3


def _begin(talk: Talk, command: CommandMessage) -> None:
    """Which part? Where the caller has said it, it is not asked."""
    part = command.get("part")
    if part:
        _fetch(talk, part)
    else:
        talk.ask(Question("ask_contributions_part", "choice", "contributions.part"))


def _part_answered(talk: Talk, question: Question, part: str) -> None:
    _fetch(talk, part)


def _fetch(talk: Talk, part: str) -> None:
    kept(talk, NAME)["part"] = part
    talk.remark("one_moment")
    request(talk, "contributions.record")


def _arrived(talk: Talk, record: Contributions) -> None:
    talk.state.told = True
    talk.note_result("completed")
    {"due": _due, "year": _year, "gaps": _gaps}.get(kept(talk, NAME)["part"], _all)(talk, record)


def _all(talk: Talk, record: Contributions) -> None:
    """The sum, then what is missing in it."""
    if record.last_month_ends is None:
        _none(talk)
        return
    until = record.last_month_ends.isoformat()
    facts = (
        Fact("contribution_months", str(record.months), record.source, "sum_as_recorded"),
        Fact("contribution_last_month", until, record.source, "last_month_as_recorded"),
    )
    talk.say("contributions_total", facts=facts, months=f"number:{record.months}", until=f"birth:{until}")
    talk.state.why = "contributions_total"
    if record.gaps:
        _tell_gaps(talk, record)
    else:
        leaving.anything_else(talk)


def _year(talk: Talk, record: Contributions) -> None:
    months = str(record.months_last_year)
    fact = Fact("contribution_months_last_year", months, record.source, "sum_of_last_year_as_recorded")
    talk.say("contributions_year", facts=(fact,), months=f"number:{months}")
    talk.state.why = "contributions_year"
    leaving.anything_else(talk)


def _none(talk: Talk) -> None:
    talk.say("contributions_none")
    talk.state.why = "contributions_none"
    leaving.anything_else(talk)


def _gaps(talk: Talk, record: Contributions) -> None:
    if record.last_month_ends is None:
        _none(talk)
    elif record.gaps:
        _tell_gaps(talk, record)
    else:
        talk.say("contributions_no_gaps")
        talk.state.why = "contributions_no_gaps"
        leaving.anything_else(talk)


def _tell_gaps(talk: Talk, record: Contributions) -> None:
    """Newest first, three at most; then a way to have them put right."""
    told = record.gaps[:GAPS_AT_ONCE]
    facts = tuple(
        Fact("contribution_gap", f"{gap.since}/{gap.until}", record.source, "gap_as_recorded", gap.reason)
        for gap in told
    )
    talk.say("contributions_gaps", facts=facts, items={"each": "gap_item", "of": [_said(gap) for gap in told]})
    if len(record.gaps) > GAPS_AT_ONCE:
        talk.say("contributions_gaps_older")
    talk.state.why = "contributions_gaps"
    talk.ask(Question("ask_gap_help", "choice", "contributions.help"))


def _said(gap: Gap) -> dict[str, str]:
    since, until = gap.since.isoformat(), gap.until.isoformat()
    return {"since": f"birth:{since}", "until": f"birth:{until}", "reason": f"label:gap:{gap.reason}"}


def _help_answered(talk: Talk, question: Question, answer: str) -> None:
    """A gap leads to a booking or a call-back, and the clerk knows why."""
    if answer == "appointment":
        arguments = (("service", "old_age_pension"), ("wish", "new"))
        talk.state.queue = [asdict(CommandMessage("appointment", arguments))]
        talk.go_on = True
    elif answer == "call_back":
        talk.state.reason = "contribution_gap"
        call_back.begin(talk)
    else:
        leaving.anything_else(talk)


def _due(talk: Talk, record: Contributions) -> None:
    """What is to be paid, by when and how; never with a card on the telephone."""
    due = record.due
    if due is None:
        talk.say("contributions_nothing_due")
        talk.state.why = "contributions_nothing_due"
    else:
        day = due.due.isoformat()
        prompt = "contributions_overdue" if talk.state.today and day < talk.state.today else "contributions_due"
        facts = (
            Fact("contribution_due", str(due.amount), record.source, "amount_as_recorded"),
            Fact("contribution_due_on", day, record.source, "due_as_recorded"),
        )
        talk.say(prompt, facts=facts, amount=f"money:{due.amount}", date=f"date:{day}")
        talk.state.why = prompt
    leaving.anything_else(talk)


TASK = Task(
    name=NAME,
    begin=_begin,
    level=2,
    answers={"contributions.part": _part_answered, "contributions.help": _help_answered},
    arrived={"contributions.record": _arrived},
    back={"contributions.help": ("ask_contributions_part", "choice", "contributions.part")},
    prompts=(
        *("ask_contributions_part", "ask_gap_help", "contributions_total", "contributions_year"),
        *("contributions_none", "contributions_gaps", "contributions_gaps_older", "contributions_no_gaps", "gap_item"),
        *("contributions_due", "contributions_overdue", "contributions_nothing_due"),
    ),
)
