"""Every task the line offers. One more is one more line here, one in bootstrap/requests, and its prompts."""

from __future__ import annotations

from ivr.conversation.tasks import (
    appointment,
    complaint,
    contact_change,
    contributions,
    income_report,
    letter,
    office,
    pre_check,
    rights,
    ring_back,
)
from ivr.conversation.tasks.task import Task

TASKS: tuple[Task, ...] = (
    letter.TASK,
    rights.TASK,
    income_report.TASK,
    contact_change.TASK,
    complaint.TASK,
    pre_check.TASK,
    appointment.TASK,
    office.TASK,
    contributions.TASK,
    ring_back.TASK,
)

BY_NAME = {task.name: task for task in TASKS}
ANSWERS = {owner: take for task in TASKS for owner, take in task.answers.items()}
ARRIVED = {what: take for task in TASKS for what, take in task.arrived.items()}
FAILED = {what: take for task in TASKS for what, take in task.failed.items()}
STEP_BACK = {owner: before for task in TASKS for owner, before in task.back.items()}
UNDO = {owner: undo for task in TASKS for owner, undo in task.undo.items()}
AFTER_RESULT = frozenset(owner for task in TASKS for owner in task.after_result)
PROMPTS = tuple(prompt for task in TASKS for prompt in task.prompts)
