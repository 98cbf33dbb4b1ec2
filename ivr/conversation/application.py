"""Applying for a benefit: draft, reference, echo of each answer, read-back in two groups, hand-in, resume."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.conversation import leaving, repair
from ivr.conversation.decisions import FindDraft, OpenDraft, Submit
from ivr.conversation.events import DraftFound, DraftOpened, Submitted
from ivr.conversation.states import SMS, Answered, Draft, Question
from ivr.conversation.talk import Talk
from ivr.conversation.values import answer_value
from ivr.references import is_reference
from ivr.vocabulary import PromptMessage

PUBLIC_SLOTS = frozenset({"benefit"})
"""Values Rasa may know; all others are "held"."""
OPTIONS_AT_MOST = 4
CARRIED = "application.carried"
"""Among the state's tasks: slots filled before the form began."""
PEN = "application.pen"
"""Owner of the question for a pen; silence answers it too."""


def open_draft(talk: Talk, benefit: str) -> None:
    """Before the first question there is something to come back to."""
    talk.work(OpenDraft(benefit, talk.dialogue_id()))


def draft_opened(talk: Talk, event: DraftOpened, benefit: str) -> None:
    """A reference is about to be said: time to fetch a pen."""
    talk.state.draft = Draft(event.reference, benefit)
    if talk.in_writing:
        pen_ready(talk)
        return
    talk.ask(Question("pen_ready", "any_key", PEN))


def pen_ready(talk: Talk) -> None:
    """With or without a pen: say the reference, then go on with Rasa's first question."""
    draft = talk.state.draft
    if draft is not None:
        talk.say("draft_reference", reference=f"reference:{draft.reference}")
    talk.go_on = True


def slot_answered(talk: Talk, question: Question, answer: str) -> None:
    """Keep it, then let Rasa say what comes next."""
    state = talk.state
    if state.draft is not None and question.slot not in PUBLIC_SLOTS:
        state.draft.answers[question.slot] = answer
        state.draft.asked = [kept for kept in state.draft.asked if kept.slot != question.slot]
        state.draft.asked.append(Answered(question.slot, question.prompt, question.expect))
        state.echo = question.slot
        talk.keep_draft()
    talk.tell("answer", **{question.slot: answer if question.slot in PUBLIC_SLOTS else "held"})


def carry(talk: Talk, answers: Mapping[str, str]) -> None:
    """Slots that another dialogue of this call has filled already."""
    talk.state.tasks[CARRIED] = dict(answers)


def known_already(talk: Talk, message: PromptMessage) -> bool:
    """True where the question need not be asked: its answer was carried over; the read-back says it."""
    answer = talk.state.tasks.get(CARRIED, {}).pop(message.slot, "")
    if not answer or talk.state.draft is None:
        return False
    slot_answered(talk, Question(message.prompt, message.expect, "rasa", slot=message.slot), answer)
    talk.state.echo = ""
    return True


def echo(talk: Talk) -> None:
    """The last answer, said before the next question, so that a mistake is noticed at once."""
    state = talk.state
    draft, slot, state.echo = state.draft, state.echo, ""
    if draft is None or slot not in draft.answers or talk.in_writing:
        return
    kept = next((kept for kept in draft.asked if kept.slot == slot), None)
    if kept is not None:
        talk.remark("echo_answer", value=answer_value(kept.expect, slot, draft.answers[slot]))


def back(talk: Talk) -> bool:
    """Ask the last answered question of the form again. False: there is none."""
    draft = talk.state.draft
    if draft is None or draft.submitted or not draft.asked or not talk.state.active_form:
        return False
    question = talk.state.question
    at = len(draft.asked)
    if question is not None and question.owner == "application.again":
        at = next((i for i, kept in enumerate(draft.asked) if kept.slot == question.slot), at)
    if at == 0:
        return False
    earlier = draft.asked[at - 1]
    talk.ask(Question(earlier.prompt, earlier.expect, "application.again", slot=earlier.slot))
    return True


# --- read-back


def read_back(talk: Talk) -> None:
    """All facts of this call, in two groups."""
    _read_group(talk, 1)


def _group(talk: Talk, group: int) -> list[Answered]:
    draft = talk.state.draft
    if draft is None:
        return []
    kept = [answered for answered in draft.asked if answered.this_call]
    half = min((len(kept) + 1) // 2, OPTIONS_AT_MOST)
    return kept[:half] if group == 1 else kept[half : half + OPTIONS_AT_MOST]


def _read_group(talk: Talk, group: int) -> None:
    draft, kept = talk.state.draft, _group(talk, group)
    if draft is None or not kept:
        talk.tell("confirmed")
        return
    if talk.state.channel == SMS:
        # Nothing personal goes into a text message; the caller's own words stand above.
        talk.ask(Question("read_back_text", "yes_no", "application.read_back", slot="2"))
        return
    facts = {"each": "read_back_fact", "of": [_fact(draft, answered) for answered in kept]}
    talk.ask(
        Question(f"read_back_{group}", "yes_no", "application.read_back", slot=str(group), values={"facts": facts})
    )


def _groups(talk: Talk, group: int) -> list[Answered]:
    """What may be wrong: the group just read; in a text message, all."""
    return [*_group(talk, 1), *_group(talk, 2)] if talk.state.channel == SMS else _group(talk, group)


def _fact(draft: Draft, answered: Answered) -> dict[str, str]:
    value = answer_value(answered.expect, answered.slot, draft.answers[answered.slot])
    return {"name": f"label:slot:{answered.slot}", "value": value}


def say_known(talk: Talk) -> None:
    """What this call has entered so far, four facts at most; nothing is asked."""
    draft = talk.state.draft
    if draft is None or talk.state.channel == SMS:
        return
    kept = [answered for answered in draft.asked if answered.this_call][-OPTIONS_AT_MOST:]
    for answered in kept:
        fact = _fact(draft, answered)
        talk.remark("read_back_fact", name=fact["name"], value=fact["value"])


def read_back_answered(talk: Talk, question: Question, answer: str) -> None:
    """Right: the next group, or hand in. Wrong: which one?"""
    group = int(question.slot)
    if answer == "yes" and group == 1 and _group(talk, 2):
        _read_group(talk, 2)
    elif answer == "yes":
        talk.tell("confirmed")
    else:
        slots = [kept.slot for kept in _groups(talk, group)]
        options = [[slot, str(number), f"label:slot:{slot}"] for number, slot in enumerate(slots, start=1)]
        talk.ask(Question("ask_which_wrong", "choice", "application.which", slot=question.slot, options=options))


def which_answered(talk: Talk, slot: str) -> None:
    """Ask that question again."""
    draft = talk.state.draft
    kept = next((kept for kept in draft.asked if kept.slot == slot), None) if draft is not None else None
    if kept is None:
        read_back(talk)
    else:
        talk.ask(Question(kept.prompt, kept.expect, "application.corrected", slot=slot))


def corrected(talk: Talk, question: Question, answer: str) -> None:
    """The new answer stands; its group is read once more."""
    draft = talk.state.draft
    if draft is None:
        read_back(talk)
        return
    draft.answers[question.slot] = answer
    talk.keep_draft()
    talk.remark("corrected")
    in_first = any(kept.slot == question.slot for kept in _group(talk, 1))
    _read_group(talk, 1 if in_first else 2)


# --- hand-in


def submit(talk: Talk) -> None:
    """To the agency; where it is away, to the outbox."""
    draft = talk.state.draft
    if draft is None:
        leaving.anything_else(talk)
    else:
        talk.work(Submit(draft.reference, draft.benefit, tuple(draft.answers.items())))


def submitted(talk: Talk, event: Submitted) -> None:
    """Rasa says which prompt ends it."""
    if talk.state.draft is not None:
        talk.state.draft.submitted = True
    talk.note_result("completed")
    talk.tell("submitted", outcome="submitted" if event.receipt else "kept")


# --- resume


def resume(talk: Talk) -> None:
    """By the calling number; nothing is named."""
    talk.work(FindDraft())


def resume_answered(talk: Talk, answer: str) -> None:
    """Go on with what was begun, or something new."""
    if answer == "yes":
        resume(talk)
    else:
        leaving.ask_matter(talk)


def reference_answered(talk: Talk, digits: str) -> None:
    """By reference, from any telephone; the check digit finds a slip before the store is asked."""
    if is_reference(digits):
        talk.work(FindDraft(digits))
    else:
        repair.unfit(talk, "digits_check")


def draft_found(talk: Talk, event: DraftFound) -> None:
    """Rasa gets the filled slots and asks the first open question."""
    state = talk.state
    if not event.reference:
        question = state.question
        if question is not None and question.owner == "application.reference":
            talk.say("resume_none")
            leaving.ask_matter(talk)
        else:
            talk.ask(Question("resume_ask_reference", "digits:7", "application.reference"))
        return
    talk.new_dialogue()
    state.draft = Draft(event.reference, event.benefit, dict(event.answers))
    talk.say("resume_going_on")
    retell(talk)


def retell(talk: Talk) -> None:
    """Hand Rasa all that is known of the draft; it goes on at the first open question."""
    draft = talk.state.draft
    if draft is not None:
        talk.tell(f"resume_{draft.benefit}", **dict.fromkeys(draft.answers, "held"))
