"""What everybody may ask at any moment: is it a machine, who listens, what is kept, delete it, do not call me.

None of it loses the caller's place: the open question is asked again, work under way is taken up again.
"""

from __future__ import annotations

from ivr.conversation import leaving
from ivr.conversation.decisions import work_from_json
from ivr.conversation.states import Phase
from ivr.conversation.talk import Talk
from ivr.conversation.tasks.task import request
from ivr.records import RightAsked

TOLD = {
    "are_you_a_person": "we_are_a_machine",
    "who_listens": "who_listens",
    "what_is_kept": "faq_data_protection",
}
"""Wish -> the prompt that answers it."""
NOTED = {"delete_my_data": "rights.delete", "stop_calling_me": "rights.stop_calling"}
"""Wish -> the request that keeps it."""
WISHES = frozenset(TOLD) | frozenset(NOTED)


def carry_out(talk: Talk, wish: str) -> None:
    """Answer, or note it and give a reference."""
    if wish in TOLD:
        talk.remark(TOLD[wish])
        if talk.state.phase is not Phase.WORKING:  # what is under way will be said when it comes
            _go_on(talk)
        return
    state = talk.state
    if (state.work or {}).get("what", "") not in NOTED.values():
        state.interrupted = state.work
    request(talk, NOTED[wish])


def deletion_noted(talk: Talk, record: RightAsked) -> None:
    """The reference, and what happens next."""
    talk.remark("delete_noted", reference=f"reference:{record.reference}")
    _go_on(talk)


def calls_stopped(talk: Talk, record: RightAsked) -> None:
    """From now on; where the number is withheld we cannot know it, and say so."""
    talk.remark("stop_calling_noted" if record.done else "stop_calling_no_number")
    _go_on(talk)


def not_noted(talk: Talk) -> None:
    """The store is away: a person must not be needed later to find that it was lost."""
    talk.remark("rights_not_noted")
    _go_on(talk)


def _go_on(talk: Talk) -> None:
    """Back to where the caller was."""
    state = talk.state
    interrupted, state.interrupted = state.interrupted, None
    work = work_from_json(interrupted) if interrupted else None
    if work is not None:
        talk.work(work)
    elif state.phase is Phase.HOLDING:
        talk.listen_for_return()
    elif state.phase is Phase.LEAVING:
        talk.leave(state.leaving)
    elif state.question is not None:
        talk.ask_again()
    else:
        leaving.ask_matter(talk)
