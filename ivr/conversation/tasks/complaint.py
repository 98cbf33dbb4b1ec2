"""A complaint, an appeal or a report of fraud: taken down with its date and a reference, never argued or judged.

A person is offered first. Nobody has to say who they are. Money or a number that is being misused goes to a person
at once. An appeal is dated before anything else is looked at, so that no deadline is lost while the caller waits.
"""

from __future__ import annotations

from datetime import date, timedelta

from ivr.conversation import leaving, safety
from ivr.conversation.states import Question
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Task, kept, request
from ivr.records import ComplaintTaken
from ivr.vocabulary import CommandMessage, Fact

NAME = "complaint"
NEAR = timedelta(days=7)
"""A deadline that is closer is a matter for a person."""
MOST_PIECES = 4
"""So often is one asked for more; together about a minute of speech."""
LONGEST_WORDS = 1_000
"""Characters of the caller's own words."""


def _begin(talk: Talk, command: CommandMessage) -> None:
    """kind: appeal or fraud, where the caller has said it."""
    kind = command.get("kind")
    if kind == "fraud":
        _ask_fraud(talk)
        return
    if kind == "appeal":
        kept(talk, NAME)["about"] = "decision"
    talk.ask(Question("ask_complaint_way", "choice", "complaint.way"))


def _way_answered(talk: Talk, question: Question, way: str) -> None:
    if way == "person":
        leaving.to_a_person(talk, talk.state.last_matter or NAME)
    elif kept(talk, NAME).get("about") == "decision":
        _ask_decision_day(talk)
    else:
        talk.ask(Question("ask_complaint_about", "choice", "complaint.about"))


def _about_answered(talk: Talk, question: Question, about: str) -> None:
    """A decision has a letter with a day; fraud has questions of its own."""
    kept(talk, NAME)["about"] = about
    if about == "fraud":
        _ask_fraud(talk)
    elif about == "decision":
        _ask_decision_day(talk)
    else:
        _ask_words(talk)


def _ask_decision_day(talk: Talk) -> None:
    talk.ask(Question("ask_decision_day", "date", "complaint.decision_day"))


def _ask_fraud(talk: Talk) -> None:
    talk.ask(Question("ask_fraud_kind", "choice", "complaint.fraud_kind"))


def _fraud_answered(talk: Talk, question: Question, kind: str) -> None:
    """Money that is being taken now cannot wait for a form."""
    if kind == "misused":
        safety.alarm(talk, "fraud_misuse")
        return
    kept(talk, NAME)["about"] = f"fraud_{kind}"
    talk.ask(Question("ask_fraud_day", "date", "complaint.fraud_day"))


def _day_answered(talk: Talk, question: Question, day: str) -> None:
    kept(talk, NAME)["day"] = day
    _ask_words(talk)


def _ask_words(talk: Talk) -> None:
    kept(talk, NAME).pop("words", None)
    kept(talk, NAME).pop("pieces", None)
    talk.ask(Question("ask_complaint_words", "open", "complaint.words"))


def _undo_words(talk: Talk) -> None:
    """The day where there is one; else what it is about."""
    about = kept(talk, NAME)["about"]
    if about == "decision":
        _ask_decision_day(talk)
    elif about.startswith("fraud"):
        talk.ask(Question("ask_fraud_day", "date", "complaint.fraud_day"))
    else:
        talk.ask(Question("ask_complaint_about", "choice", "complaint.about"))


def _words_answered(talk: Talk, question: Question, words: str) -> None:
    """Taken down as they were heard; more may follow."""
    complaint = kept(talk, NAME)
    if words == "not_said":
        _ask_reply(talk)
        return
    complaint["words"] = f"{complaint.get('words', '')} {words}".strip()[:LONGEST_WORDS]
    complaint["pieces"] = str(int(complaint.get("pieces", "0")) + 1)
    if int(complaint["pieces"]) < MOST_PIECES:
        talk.ask(Question("ask_complaint_more", "yes_no", "complaint.more"))
    else:
        _ask_reply(talk)


def _more_answered(talk: Talk, question: Question, answer: str) -> None:
    if answer == "yes":
        talk.ask(Question("ask_complaint_words", "open", "complaint.words"))
    else:
        _ask_reply(talk)


def _ask_reply(talk: Talk) -> None:
    """Where we know who calls, the answer goes to the record; else to the calling number, if the caller wants it."""
    state = talk.state
    if state.person or not state.phone_number_known:
        _hand_in(talk, "no")
    else:
        talk.ask(Question("ask_reply_call", "yes_no", "complaint.reply"))


def _reply_answered(talk: Talk, question: Question, answer: str) -> None:
    _hand_in(talk, answer)


def _hand_in(talk: Talk, call_back: str) -> None:
    complaint = kept(talk, NAME)
    complaint["call_back"] = call_back
    talk.remark("one_moment")
    request(
        talk,
        "complaint.hand_in",
        about=complaint["about"],
        day=complaint.get("day", ""),
        words=complaint.get("words", ""),
        call_back=call_back,
    )


# --- the receipt


def _taken(talk: Talk, complaint: ComplaintTaken) -> None:
    """Date stamp and reference, then what follows; where the agency is away, that it is kept."""
    reference = f"reference:{complaint.reference}"
    talk.state.told = True
    talk.note_result("completed")
    if complaint.received is None or complaint.answer_by is None:
        talk.say("report_kept", reference=reference)
        talk.state.why = "report_kept"
        leaving.anything_else(talk)
        return
    day = complaint.received.isoformat()
    stamp = Fact("complaint_received", day, complaint.source)
    talk.say("complaint_taken", facts=(stamp,), date=f"date:{day}", reference=reference)
    talk.state.why = "complaint_taken"
    if complaint.deadline is not None:
        _tell_deadline(talk, complaint, complaint.deadline)
        return
    _tell_next(talk, complaint, complaint.answer_by)
    leaving.anything_else(talk)


def _tell_deadline(talk: Talk, complaint: ComplaintTaken, deadline: date) -> None:
    """In time, near or over: said as the agency's rules have it. Near or over, a person is offered."""
    left = deadline - date.fromisoformat(talk.state.today)
    prompt = "appeal_late" if left < timedelta() else "appeal_near" if left < NEAR else "appeal_deadline"
    day = deadline.isoformat()
    talk.say(prompt, facts=(Fact("appeal_deadline", day, complaint.source, rule="appeal_days"),), date=f"date:{day}")
    talk.state.why = prompt
    if prompt == "appeal_deadline":
        leaving.anything_else(talk)
    else:
        leaving.offer_person(talk, "appeal")


def _tell_next(talk: Talk, complaint: ComplaintTaken, answer_by: date) -> None:
    state, mine = talk.state, kept(talk, NAME)
    if mine["about"].startswith("fraud"):
        talk.say("fraud_next")
        return
    day = answer_by.isoformat()
    fact = Fact("complaint_answer_by", day, complaint.source, rule="answer_days")
    reachable = bool(state.person) or mine["call_back"] == "yes"
    talk.say("complaint_next" if reachable else "complaint_no_reply", facts=(fact,), date=f"date:{day}")


TASK = Task(
    name=NAME,
    begin=_begin,
    answers={
        "complaint.way": _way_answered,
        "complaint.about": _about_answered,
        "complaint.decision_day": _day_answered,
        "complaint.fraud_kind": _fraud_answered,
        "complaint.fraud_day": _day_answered,
        "complaint.words": _words_answered,
        "complaint.more": _more_answered,
        "complaint.reply": _reply_answered,
    },
    undo={"complaint.words": _undo_words},
    arrived={"complaint.hand_in": _taken},
    back={
        "complaint.about": ("ask_complaint_way", "choice", "complaint.way"),
        "complaint.decision_day": ("ask_complaint_way", "choice", "complaint.way"),
        "complaint.fraud_kind": ("ask_complaint_about", "choice", "complaint.about"),
        "complaint.fraud_day": ("ask_fraud_kind", "choice", "complaint.fraud_kind"),
        "complaint.more": ("ask_complaint_words", "open", "complaint.words"),
        "complaint.reply": ("ask_complaint_words", "open", "complaint.words"),
    },
    prompts=(
        "ask_complaint_way", "ask_complaint_about", "ask_decision_day", "ask_fraud_kind", "ask_fraud_day",
        "ask_complaint_words", "ask_complaint_more", "ask_reply_call", "complaint_taken", "complaint_next",
        "complaint_no_reply", "appeal_deadline", "appeal_near", "appeal_late", "fraud_next", "reason_fraud_misuse",
        "report_kept",
    ),
)  # fmt: skip
