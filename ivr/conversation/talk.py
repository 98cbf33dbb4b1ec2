"""What one event leads to: the state changes and the decisions it collects. The pen of every dialogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from ivr.conversation import pace
from ivr.conversation.answers import HOLD_TICK, OFFER, expected_of, no_input_of, patience_of
from ivr.conversation.decisions import (
    WORK,
    Decision,
    DropWork,
    KeepDraft,
    KeepHint,
    Leave,
    Listen,
    NoteFlag,
    NoteResult,
    PlaySound,
    Say,
    StopSpeaking,
    Tell,
    Work,
    work_to_json,
)
from ivr.conversation.events import Hint
from ivr.conversation.outcome import Outcome
from ivr.conversation.prompts import Prompts
from ivr.conversation.said import pieces
from ivr.conversation.states import VOICE, ConversationState, Phase, Question
from ivr.conversation.values import Wording
from ivr.vocabulary import Choice, Expected, Fact, Kind, Language, Sentence, Spoken

NUMBERS_READ_BACK = {
    "identity.confirm": "digits:8",
    "pin_letter.confirm": "digits:8",
    "call_back.confirm_number": "phone",
}
"""Owner of "is that right?" -> what was asked for."""


class Talk:
    """Lives for one event. `go_on` asks the conversation to take up Rasa's waiting messages afterwards."""

    def __init__(self, state: ConversationState, prompts: Prompts, wording: Wording) -> None:
        self.state = state
        self.decisions: list[Decision] = []
        self.go_on = False
        self._prompts = prompts
        self._wording = wording

    @property
    def language(self) -> Language:
        """The call's language now."""
        return Language(self.state.language)

    @property
    def in_writing(self) -> bool:
        """The caller reads and types: figures instead of words, options as lines, nothing read back digit by digit."""
        return self.state.channel != VOICE

    # --- saying

    def say(self, prompt: str, *, form: str = "text", facts: tuple[Fact, ...] = (), **values: Any) -> None:
        """Say a prompt; "again" will repeat it."""
        self.state.said.append([prompt, dict(values)])
        self._speak(prompt, form, values, facts)

    def remark(self, prompt: str, **values: Any) -> None:
        """Say something that "again" need not repeat: a lead-in, a sign of life."""
        self._speak(prompt, "text", values, ())

    def say_again(self, form: str = "text", slower: bool = False) -> None:
        """All that was said since the caller's last words."""
        for prompt, values in self.state.said:
            self._speak(prompt, form if self._prompts.has(prompt, form) else "text", values, (), slower)

    def knows(self, prompt: str) -> bool:
        """Whether there is such a prompt in the call's language."""
        return self._prompts.has(prompt, "text", self.language)

    def has_form(self, prompt: str, form: str) -> bool:
        """Whether a prompt has these words of its own."""
        return self._prompts.has(prompt, form, self.language)

    def say_why(self, prompt: str, values: Mapping[str, Any]) -> bool:
        """The reason behind a question or a result. False: the prompt has none."""
        if not prompt or not self._prompts.has(prompt, "why"):
            return False
        self._speak(prompt, "why", values, ())
        return True

    def sound(self, recording: str) -> None:
        """Play a recording without words."""
        self.decisions.append(PlaySound(recording))

    def hush(self) -> None:
        """Stop what is being said."""
        self.decisions.append(StopSpeaking())

    def caller_turn_begins(self) -> None:
        """What was said before belongs to an earlier turn."""
        self.state.said.clear()
        self.state.keyed = ""

    def _speak(
        self,
        prompt: str,
        form: str,
        values: Mapping[str, Any],
        facts: tuple[Fact, ...],
        slower: bool = False,
        language: Language | None = None,
    ) -> None:
        slow = self.state.slow or slower
        language = language or self.language
        finished = self._wording.finished(values, language, self.in_writing)
        chosen = self._for_the_eye(prompt) if self.in_writing else prompt
        words = self._prompts.words(chosen, language, form, finished, with_options=not self.in_writing)
        rate = pace.rate(self.state.pace, slow)
        sentences = pieces(words, language, words_per_minute=rate, slow=slow)
        self._append(prompt, sentences, facts)

    def _for_the_eye(self, prompt: str) -> str:
        """The prompt's version in writing, where it has one: nobody presses star or stays on the line there."""
        version = f"{prompt}_written"
        return version if self._prompts.has(version, "text", self.language) else prompt

    def _append(self, prompt: str, sentences: tuple[Sentence, ...], facts: tuple[Fact, ...]) -> None:
        self.decisions.append(Say(Spoken(prompt, sentences), self.state.loudness_db, facts))

    # --- asking

    def ask(self, question: Question, form: str = "") -> None:
        """Ask a question; whatever was asked before is answered or dropped."""
        self.drop_work()
        question.form = form or question.form
        question.by_keys_only = question.form == "keys"
        self.state.question = question
        self.state.keyed = ""
        self.state.move(Phase.LISTENING)
        self._say_question(question.form)
        self.listen()

    def ask_again(self, form: str = "", slower: bool = False) -> None:
        """The open question once more, in the words asked for where the prompt has them."""
        question = self.state.question
        if question is None:
            return
        if form and form != "simpler":
            question.form = form
        question.by_keys_only = question.form == "keys"
        self.state.keyed = ""
        self.state.move(Phase.LISTENING)
        self._say_question(form or question.form, slower)
        self.listen()

    def _say_question(self, form: str, slower: bool = False) -> None:
        question = self.state.question
        if question is None:
            return
        if question.prompt == OFFER:
            self._offer_languages(question, form, slower)
            return
        chosen = form if self._prompts.has(question.prompt, form) else "text"
        self._speak(question.prompt, chosen, question.values, (), slower)
        if self.in_writing:
            self._write_options(question)
            return
        for _, key, words in question.options:
            self._speak("option_press", "text", {"option": words, "key": f"label:key:{key}"}, (), slower)

    def _write_options(self, question: Question) -> None:
        """ "1 In the morning", one a line; yes and no likewise."""
        options = [(key, words) for _, key, words in question.options]
        if question.expect == "yes_no":
            options = [("1", "label:yes_no:yes"), ("2", "label:yes_no:no")]
        said = self._wording.finished(dict(options), self.language, in_writing=True)
        lines = list(said.items())
        if not lines:
            asked = self._prompts.prompt(question.prompt, self.language)
            lines = [(option.key, option.say) for option in asked.options]
        for key, words in lines:
            self._append(question.prompt, (Sentence(f"{key} {words}", self.language),), ())

    def _offer_languages(self, question: Question, form: str, slower: bool) -> None:
        """Each in its own words and by key."""
        for code, key, _ in question.options:
            self._speak(OFFER, form, {"key": f"label:key:{key}"}, (), slower, Language(code))

    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen at the open question."""
        question = self.state.question
        if question is None:
            return ()
        if question.options:
            said = self._wording.finished({value: words for value, _, words in question.options}, self.language)
            return tuple(
                Choice(value, key, self._heard_for(words, said[value])) for value, key, words in question.options
            )
        return self._prompts.choices(question.prompt, self.language)

    def _heard_for(self, words: str, said: str) -> tuple[str, ...]:
        """What callers say for an option: its label's words; for a language its name in every one offered."""
        kind, _, label = words.partition(":")
        if kind != "label":
            return (said.lower(),)
        group, _, value = label.partition(":")
        spoken = map(Language, self.state.offered) if group == "language" else (self.language,)
        heard = [word for language in spoken for word in self._prompts.label_words(group, value, language)]
        return tuple(dict.fromkeys(heard))

    def listen(self) -> None:
        """Wait for the answer to the open question."""
        question = self.state.question
        if question is None:
            return
        expected = expected_of(question, self.choices(), self.language)
        patience, answered = patience_of(self.state, expected)
        no_input = no_input_of(self.state, expected)
        listen = Listen(expected, no_input, patience, answered, question.by_keys_only, self.before)
        self.decisions.append(listen)

    @property
    def before(self) -> tuple[Expected, str] | None:
        """The answer that was read back or echoed just now, and what its question expected."""
        question, draft = self.state.question, self.state.draft
        if question is None:
            return None
        if question.owner in NUMBERS_READ_BACK:
            expect, known = NUMBERS_READ_BACK[question.owner], question.values.get("digits", "")
            earlier, answer = Question("", expect, ""), str(known).partition(":")[2]
        elif question.owner == "rasa" and self.state.active_form and draft is not None and draft.asked:
            last = draft.asked[-1]
            earlier, answer = Question(last.prompt, last.expect, "", slot=last.slot), draft.answers[last.slot]
        else:
            return None
        choices = self._prompts.choices(earlier.prompt, self.language) if earlier.prompt else ()
        return expected_of(earlier, choices, self.language), answer

    def listen_for_return(self) -> None:
        """Hold mode: any key or word; the open question stays open."""
        kind = Kind.YES_NO if self.state.hold_asks_more else Kind.ANY_KEY
        expected = Expected(kind, self.language)
        patience, answered = patience_of(self.state, expected)
        self.decisions.append(Listen(expected, HOLD_TICK, patience, answered))

    # --- working

    def work(self, work: Work) -> None:
        """Ask for something that brings an event; whatever was under way is dropped."""
        self.drop_work()
        self.state.move(Phase.WORKING)
        self.state.work = work_to_json(work)
        self.state.retried = False
        self.decisions.append(work)

    def drop_work(self) -> None:
        """What is under way is no longer wanted."""
        if self.state.work is not None:
            self.state.work = None
            self.decisions.append(DropWork())

    def tell(self, event: str, **entities: str) -> None:
        """Tell Rasa a typed event; its reply comes as Replied."""
        self.work(Tell(self.dialogue_id(), self.next_turn(), event, tuple(entities.items())))

    def dialogue_id(self) -> str:
        """The present dialogue's part of its name; `calls` puts the call's id before it."""
        return str(self.state.dialogue)

    def next_turn(self) -> str:
        """A turn's number: a repeat of the same turn has no second effect."""
        self.state.turn += 1
        return str(self.state.turn)

    def new_dialogue(self) -> None:
        """The next matter begins with empty slots; a question of a task that is forgotten is no longer open."""
        self._drop_questions(self.state.tasks)
        self.state.dialogue += 1
        self.state.active_form = ""
        self.state.queue.clear()
        self.state.tasks.clear()
        self.state.last_matter = ""
        self.state.why, self.state.outcome = "", None

    def _drop_questions(self, tasks: Collection[str]) -> None:
        state = self.state
        if state.question is not None and state.question.owner.partition(".")[0] in tasks:
            state.question = None
        if state.set_aside is not None and state.set_aside.owner.partition(".")[0] in tasks:
            state.set_aside = None

    def start_slow_mode(self, keep: bool = True) -> None:
        """Longer pauses, slower words, more patience; announced once. keep: also for the next call."""
        state = self.state
        if not state.slow_announced:
            self.remark("slow_mode_on")
        state.slow, state.slow_announced = True, True
        state.slow_kept = state.slow_kept or keep
        if keep:
            self.keep_hint()

    def keep_hint(self) -> None:
        """What makes the next call from this telephone easier."""
        state = self.state
        language = state.language if state.language_known else ""
        self.decisions.append(
            KeepHint(Hint(language, state.slow_kept, state.loudness_db, state.needs_time), state.person)
        )

    def keep_draft(self) -> None:
        """Write what has been entered, before anything else happens."""
        draft = self.state.draft
        if draft is not None:
            self.decisions.append(KeepDraft(draft.reference, tuple(draft.answers.items())))

    # --- the record's answer

    @property
    def decided(self) -> bool:
        """A question is out, something is under way or the call is ending: Rasa's further messages wait."""
        return any(isinstance(decision, (Listen, Leave, *WORK)) for decision in self.decisions)

    def keep_outcome(self, outcome: Outcome) -> None:
        """Hold what the record says until Rasa names the prompt that tells it."""
        facts = [asdict(fact) for fact in outcome.facts]
        self.state.outcome = {"word": outcome.word, "values": outcome.values, "facts": facts}

    @property
    def outcome(self) -> Outcome | None:
        """What the record said last."""
        kept = self.state.outcome
        return Outcome(kept["word"], kept["values"], tuple(Fact(**fact) for fact in kept["facts"])) if kept else None

    # --- ending

    def leave(self, next_step: str, reason: str = "") -> None:
        """After the last words the carrier goes on."""
        self.drop_work()
        self.state.question = None
        self.state.leaving = next_step
        self.state.move(Phase.LEAVING)
        self.decisions.append(Leave(next_step, reason))

    def note_result(self, result: str) -> None:
        """How the call stands."""
        self.state.result = result
        self.decisions.append(NoteResult(result))

    def flag(self, flag: str) -> None:
        """Staff must know it; said once is enough."""
        if flag not in self.state.flags:
            self.state.flags.append(flag)
            self.decisions.append(NoteFlag(flag))
