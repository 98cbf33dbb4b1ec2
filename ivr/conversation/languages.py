"""Which language is spoken: offered at the beginning, changed at any time by its name. The task goes on where it was.

Values are kept typed (values.py), so what was said is said again in the other language, and the question comes again.
"""

from __future__ import annotations

from ivr.conversation import leaving
from ivr.conversation.answers import OFFER
from ivr.conversation.events import Hint
from ivr.conversation.states import Phase, Question
from ivr.conversation.talk import Talk

PREFIX = "language:"
"""Of the wish for a language; its code follows (understanding/shortcuts.py)."""
OWNER = "opening.language"
"""Of the question that offers the languages."""


def offer(talk: Talk) -> bool:
    """Ask in which language, each in its own words. False: there is only one, or the caller's is known.

    In writing nobody is asked: the first words show it, or name it.
    """
    state = talk.state
    if state.language_known or len(state.offered) < 2 or talk.in_writing:
        return False
    options = [[code, str(key), f"label:language:{code}"] for key, code in enumerate(state.offered, start=1)]
    talk.ask(Question(OFFER, "choice", OWNER, options=options))
    return True


def speak(talk: Talk, language: str) -> None:
    """From now on in that language, kept for the next call."""
    talk.state.language = language
    talk.state.language_known = True
    talk.keep_hint()


def person_known(talk: Talk, hint: Hint | None) -> None:
    """Whoever calls from another telephone has the own language and pace there too; what was chosen now goes first."""
    state = talk.state
    if hint is not None:
        state.needs_time = state.needs_time or hint.needs_time
        state.loudness_db = max(state.loudness_db, hint.louder_db)
        if hint.slow:
            state.slow = state.slow_announced = state.slow_kept = True
        if not state.language_known and hint.language in state.offered:
            state.language, state.language_known = hint.language, True
            talk.remark("language_changed")
    if state.language_known or state.slow_kept or state.needs_time:
        talk.keep_hint()


def wanted(talk: Talk, language: str) -> None:
    """The caller named a language, in whatever state the call is."""
    state, question = talk.state, talk.state.question
    if language not in (*state.offered, state.language):
        _not_spoken(talk)
        return
    speak(talk, language)
    if state.phase is Phase.LEAVING:
        _last_words_again(talk)
        return
    talk.remark("language_changed")
    if state.phase is Phase.HOLDING:
        talk.listen_for_return()
    elif question is not None and question.owner == OWNER:
        leaving.ask_matter(talk)
    elif state.phase is Phase.LISTENING:
        keyed = state.keyed
        talk.say_again()
        talk.ask_again()
        state.keyed = keyed


def _last_words_again(talk: Talk) -> None:
    """While the line says good-bye; a hand-over goes on, and its next words are in the new language."""
    if talk.state.leaving == "bye":
        talk.say_again()
        talk.leave("bye")


def _not_spoken(talk: Talk) -> None:
    """A language that the line does not speak: a person finds an interpreter."""
    state = talk.state
    if state.phase is Phase.LEAVING:
        return
    codes = ",".join(state.offered or [state.language])
    talk.remark("language_only", languages=f"labels:language:{codes}")
    if state.phase is Phase.HOLDING:
        talk.listen_for_return()
    elif state.phase is Phase.LISTENING:
        talk.ask_again()
