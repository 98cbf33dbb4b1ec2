"""A report of income or of a change: read back, then a receipt, and what it means for the next payment.

The machine decides nothing: the agency says that nothing changes, or that a person looks at it.
"""

from __future__ import annotations

from datetime import date, timedelta

from ivr.conversation import leaving
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Task, kept, request
from ivr.records import ReportTaken
from ivr.vocabulary import CommandMessage, Fact

NAME = "income_report"
MONTHS_AGO = {"this_month": 0, "last_month": 1, "before_last": 2}
"""Choices of ask_income_period."""
UNCHANGED = "unchanged"


def _begin(talk: Talk, command: CommandMessage) -> None:
    talk.ask(Question("ask_report_kind", "choice", "income_report.kind"))


def _kind_answered(talk: Talk, question: Question, kind: str) -> None:
    """Income has a month and an amount; a change has a day."""
    kept(talk, NAME)["kind"] = kind
    if kind == "income":
        talk.ask(Question("ask_income_period", "choice", "income_report.period"))
    else:
        talk.ask(Question("ask_change_day", "date", "income_report.day"))


def _period_answered(talk: Talk, question: Question, period: str) -> None:
    kept(talk, NAME)["when"] = month_before(talk.state.today, MONTHS_AGO[period])
    talk.ask(Question("ask_income_amount", "amount", "income_report.amount"))


def _amount_answered(talk: Talk, question: Question, amount: str) -> None:
    report = kept(talk, NAME)
    report["amount"] = amount
    values = {"month": f"label:month:{report['when'][5:]}", "amount": f"money:{amount}"}
    talk.ask(Question("check_income", "yes_no", "income_report.check", values=values))


def _day_answered(talk: Talk, question: Question, day: str) -> None:
    report = kept(talk, NAME)
    report["when"] = day
    values = {"matter": f"label:report:{report['kind']}", "date": f"date:{day}"}
    talk.ask(Question("check_change", "yes_no", "income_report.check", values=values))


def _undo_check(talk: Talk) -> None:
    """The amount of an income, or the day of a change."""
    if kept(talk, NAME)["kind"] == "income":
        talk.ask(Question("ask_income_amount", "amount", "income_report.amount"))
    else:
        talk.ask(Question("ask_change_day", "date", "income_report.day"))


def _checked(talk: Talk, question: Question, answer: str) -> None:
    """Right: hand it in. Wrong: from the month, or the day, on."""
    report = kept(talk, NAME)
    if answer != "yes":
        _kind_answered(talk, question, report["kind"])
        return
    talk.remark("one_moment")
    request(talk, "income_report.hand_in", kind=report["kind"], when=report["when"], amount=report.get("amount", "0"))


def _handed_in(talk: Talk, report: ReportTaken) -> None:
    """The receipt and its effect; where the agency is away, that it is kept."""
    reference = f"reference:{report.reference}"
    if report.received is None:
        talk.say("report_kept", reference=reference)
        talk.state.why = "report_kept"
    else:
        received = Fact("report_received", report.received.isoformat(), report.source)
        talk.say("report_taken", facts=(received,), reference=reference)
        _effect(talk, report)
    talk.state.told = True
    talk.note_result("completed")
    leaving.anything_else(talk)


def _effect(talk: Talk, report: ReportTaken) -> None:
    effect = Fact("report_effect", report.effect, report.source, rule="income_allowance")
    if report.effect != UNCHANGED:
        prompt = "income_review"
        talk.say(prompt, facts=(effect,))
    elif report.next_payment is None:
        prompt = "income_same_open"
        talk.say(prompt, facts=(effect,))
    else:
        prompt = "income_same"
        day = report.next_payment.isoformat()
        talk.say(prompt, facts=(effect, Fact("next_payment", day, report.source)), date=f"date:{day}")
    talk.state.why = prompt


def month_before(today: str, months: int) -> str:
    """The month so many before the one of `today`: "2026-09"."""
    day = date.fromisoformat(today).replace(day=1)
    for _ in range(months):
        day = (day - timedelta(days=1)).replace(day=1)
    return day.isoformat()[:7]


TASK = Task(
    name=NAME,
    begin=_begin,
    level=2,
    answers={
        "income_report.kind": _kind_answered,
        "income_report.period": _period_answered,
        "income_report.amount": _amount_answered,
        "income_report.day": _day_answered,
        "income_report.check": _checked,
    },
    arrived={"income_report.hand_in": _handed_in},
    back={
        "income_report.period": ("ask_report_kind", "choice", "income_report.kind"),
        "income_report.day": ("ask_report_kind", "choice", "income_report.kind"),
        "income_report.amount": ("ask_income_period", "choice", "income_report.period"),
    },
    undo={"income_report.check": _undo_check},
    prompts=(
        "ask_report_kind", "ask_income_period", "ask_income_amount", "ask_change_day", "check_income", "check_change",
        "report_taken", "report_kept", "income_same", "income_same_open", "income_review",
    ),
)  # fmt: skip
