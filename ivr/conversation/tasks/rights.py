"""Requests about the caller's own data and telephone; rights.py begins them, from every state."""

from __future__ import annotations

from ivr.conversation import rights
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Task
from ivr.vocabulary import CommandMessage


def _begin(talk: Talk, command: CommandMessage) -> None:
    """Rasa names no rights: they are wishes that work everywhere. A stray command is answered by the plainest one."""
    rights.carry_out(talk, "what_is_kept")


TASK = Task(
    name="rights",
    begin=_begin,
    arrived={"rights.delete": rights.deletion_noted, "rights.stop_calling": rights.calls_stopped},
    failed={"rights.delete": rights.not_noted, "rights.stop_calling": rights.not_noted},
    prompts=("who_listens", "delete_noted", "stop_calling_noted", "stop_calling_no_number", "rights_not_noted"),
)
