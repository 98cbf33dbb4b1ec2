"""Credit that runs out: the line hangs up and rings back at once, at its own cost. A word for it works at any time."""

from __future__ import annotations

from ivr.conversation import call_back
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import Task, request
from ivr.task_records import RingBackAsked
from ivr.vocabulary import CommandMessage


def begin(talk: Talk, command: CommandMessage | None = None) -> None:
    """Where the number is known; else a call-back that asks for one."""
    if talk.in_writing or not talk.state.phone_number_known:
        call_back.begin(talk)
    else:
        request(talk, "ring_back.ask")


def asked(talk: Talk, record: RingBackAsked) -> None:
    """Say so and hang up; where the line may not or cannot ring now, a call-back is promised instead."""
    if not record.is_coming:
        call_back.begin(talk)
        return
    talk.say("ring_back_now")
    talk.note_result("call_back")
    talk.leave("bye")


TASK = Task(
    name="ring_back",
    begin=begin,
    arrived={"ring_back.ask": asked},
    failed={"ring_back.ask": call_back.begin},
    prompts=("ring_back_now",),
)
