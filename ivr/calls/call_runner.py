"""One call: frame -> event -> decisions -> carried out. The only place that knows all stations; it decides nothing.

One thread runs it. It never waits more than 20 ms: recognition, understanding, services and voices are errands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ivr import logs
from ivr.audio.barge_in import BargeInAct
from ivr.audio.voice_activity import VoiceDetector
from ivr.calls.errands import Done, Errands, Stage
from ivr.calls.journal import CallStore, Journal
from ivr.calls.keypad import Keypad
from ivr.calls.line import Audio, Ended, Flushed, Heard, KeyPressed, Line, Played
from ivr.calls.listening import BargedIn, Deaf, Early, FindWish, Listening, Noticed, Said, Silence
from ivr.calls.playing import Heard as Finished
from ivr.calls.playing import Playing
from ivr.calls.turn_times import TurnTimes
from ivr.calls.work import EarlyParse, Worker
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.conversation import Conversation
from ivr.conversation.states import Phase
from ivr.errors import StoreFailed
from ivr.recognition.recognizer import Recognizer
from ivr.understanding.masking import masked
from ivr.vocabulary import CallId, Expected, Kind, Language, Milliseconds, Samples, Sentence

TICK = Milliseconds(20)
SIGN_OF_LIFE = Milliseconds(2_000)
"""Service rule 29: a longer wait is announced; silence is never longer than 4 s."""
WORTH_A_WORD = Milliseconds(700)
"""What comes sooner needs no announcement, however long the caller's own silence was."""
AFTER_GOOD_BYE = Milliseconds(3_000)
"""The caller hangs up first."""
OUR_LEVEL = -26.0


@dataclass(frozen=True, slots=True)
class CallParts:
    """What every call of a process shares."""

    recognizer: Recognizer
    detector: Callable[[], VoiceDetector]
    find_wish: FindWish
    worker: Worker
    speak: Callable[[Sentence], Samples]
    recording: Callable[[Language, str], Samples]
    """Language and id of a sound that exists as a file -> samples. Raises SynthesisFailed."""
    store: CallStore
    recognition: Stage
    synthesis: Stage


class CallRunner:
    """Serves one stream of one call to its end."""

    def __init__(self, line: Line, call_id: CallId, parts: CallParts, conversation: Conversation) -> None:
        self._line = line
        self._parts = parts
        self._conversation = conversation
        self._errands = Errands()
        self._journal = Journal(call_id, parts.store)
        self._playing = Playing(line, self._voice, self._errands.drop)
        self._listening = Listening(
            parts.detector(), parts.recognizer, self._errands, parts.recognition, parts.find_wish
        )
        self._keypad = Keypad()
        self._work = EarlyParse(call_id, parts.worker, self._errands)
        self._times = TurnTimes()
        self._outgoing = _Outgoing()
        self._now = Milliseconds(0)

    def run(self, begin: happened.CallStarted) -> None:
        """From the first prompt to the end; whatever happens, errands and line are closed."""
        try:
            self._react(begin)
            while not self._outgoing.ended:
                for heard in self._line.hear(TICK):
                    self._hear(heard)
                self._between_frames()
        except Exception:  # the edge of a call: no next step is stored, so /voice/resume takes over
            logs.logger().error("call_failed", exc_info=True)
            self._journal.note("call_failed", self._now)
            self._write()
        finally:
            self._errands.close()
            self._line.leave()

    # --- in

    def _hear(self, heard: Heard) -> None:
        match heard:
            case Audio():
                self._frame(heard.samples)
            case KeyPressed():
                self._key(heard.key)
            case Played() | Flushed():
                self._mark(heard)
            case Ended():
                self._gone(heard)

    def _frame(self, samples: Samples) -> None:
        passed = Milliseconds(len(samples) // 8)
        self._now = Milliseconds(self._now + passed)
        level = OUR_LEVEL if self._playing.sounding else None
        for noticed in self._listening.hear(samples, self._now, level):
            self._notice(noticed)
        keyed = self._keypad.wait(passed) if not self._playing.busy else None
        if keyed is not None:
            self._react(keyed)

    def _key(self, key: str) -> None:
        self._listening.key_pressed()
        pressed = self._keypad.press(key, self._now)
        if pressed is not None:
            self._cut()
            self._react(pressed)

    def _mark(self, mark: Played | Flushed) -> None:
        if isinstance(mark, Flushed):
            return
        self._heard(self._playing.came_back(mark.mark))

    def _heard(self, sentences: list[Finished]) -> None:
        for heard in sentences:
            if heard.whole:
                self._journal.note("prompt_finished", self._now, prompt=heard.prompt, heard_ms=heard.heard)

    def _gone(self, ended: Ended) -> None:
        self._outgoing.ended = True
        if ended.by == "caller" and self._conversation.state.phase is not Phase.ENDED:
            self._react(happened.CallerHungUp())

    def _notice(self, noticed: Noticed) -> None:
        match noticed:
            case BargedIn():
                self._barge_in(noticed.act)
            case Early():
                self._early(noticed)
            case Said():
                self._said(noticed)
            case Silence():
                if not self._keypad.in_a_number:
                    self._react(happened.NoInput(noticed.waited))
            case Deaf():
                self._react(happened.StageFailed(noticed.code))

    def _barge_in(self, act: BargeInAct) -> None:
        if act is BargeInAct.RESUME:
            self._playing.resume()
        elif self._outgoing.leaving or not self._playing.busy:
            return
        elif act is BargeInAct.PAUSE:
            self._playing.pause()
        else:
            self._cut()

    def _early(self, early: Early) -> None:
        if early.answers and self._playing.busy and not self._outgoing.leaving:
            self._cut()
        is_words = bool(early.utterance.text) and not early.utterance.rejected
        if is_words and not early.answers and self._kind_asked() is not Kind.PIN:
            self._work.parse_early(early.utterance)

    def _said(self, said: Said) -> None:
        """An utterance that neither answered nor outlasted the prompt was no interruption.

        Words that began before the question that is out now are no answer to it; a universal wish always counts.
        """
        if said.is_stale and not said.wish:
            self._playing.resume()
            return
        if self._playing.busy and not (said.wish or said.utterance.value):
            self._playing.resume()
            return
        self._cut()
        expects = self._listening.expects
        self._times.turn_ended(said, expects.kind.value if expects is not None else "")
        number_spoken = masked(said.utterance.text) != said.utterance.text
        self._react(
            happened.CallerSpoke(
                said.utterance, said.wish, said.line_fault, number_spoken, said.longest_pause, said.answered_after
            )
        )

    def _cut(self) -> None:
        """Stop our own sound; the journal keeps what was really heard."""
        if self._outgoing.leaving:
            return
        for cut in self._playing.stop():
            self._journal.note("prompt_finished", self._now, prompt=cut.prompt, heard_ms=cut.heard, barged_in=True)

    # --- between frames

    def _between_frames(self) -> None:
        for done in self._errands.ended(self._now):
            self._errand_ended(done)
        self._signs_of_life()
        self._playing.tick(self._now)
        self._heard(self._playing.overdue())
        self._first_sound()
        if self._outgoing.speaking and not self._playing.busy:
            self._outgoing.speaking = False
            self._outgoing.quiet_since = self._now
            self._caller_may_answer()
            self._react(happened.PromptsFinished())
        self._perhaps_leave()
        self._write()

    def _errand_ended(self, done: Done) -> None:
        if done.stage == self._parts.synthesis.name:
            self._voice_ended(done)
            return
        noticed = self._listening.answered(done)
        if noticed is not None:
            for one in noticed:
                self._notice(one)
            return
        event = self._work.ended(done)
        if event is not None:
            self._times.took(done.stage, done.took)
            self._react(event)

    def _voice(self, sentence: Sentence) -> int:
        return self._errands.start(self._parts.synthesis, lambda: self._parts.speak(sentence))

    def _voice_ended(self, done: Done) -> None:
        was_wanted = self._playing.spoken(done.number, None if done.failure else done.result)
        if done.failure and was_wanted and not self._outgoing.leaving:
            self._react(happened.StageFailed(done.failure))

    def _signs_of_life(self) -> None:
        """Something is under way and nobody has made a sound for two seconds: a word."""
        out = self._outgoing
        if self._playing.busy or self._listening.caller_sounds:
            out.sounded_at = self._now
        if self._work.running_since is None and self._listening.pending_since is None:
            out.pending_from = self._now
        elif self._now - out.pending_from >= WORTH_A_WORD and self._now - out.sounded_at >= SIGN_OF_LIFE:
            out.sounded_at = self._now
            self._react(happened.StillWorking())

    def _first_sound(self) -> None:
        at, self._playing.first_sound_at = self._playing.first_sound_at, None
        times = self._times.first_sound(at) if at is not None else None
        if times is not None:
            self._journal.note("times", self._now, times_ms=times, asked=self._times.asked)

    def _perhaps_leave(self) -> None:
        out = self._outgoing
        if not out.leaving or self._playing.busy:
            return
        wait = AFTER_GOOD_BYE if out.leaving == "bye" else 0
        if self._now - out.quiet_since >= wait:
            if not out.is_planned:
                self._plan()
            out.ended = True

    # --- out

    def _react(self, event: happened.CallEvent) -> None:
        """Decide, store the state, carry out. Nothing here waits."""
        asked = self._kind_asked()
        decisions = self._conversation.on(event)
        if not isinstance(event, happened.PromptsFinished | happened.StillWorking):
            self._journal.event(event, self._now, asked)
        for decision in decisions:
            self._keep(decision)
        self._write(always=bool(decisions) or isinstance(event, happened.DigitsSoFar))
        for decision in decisions:
            self._carry_out(decision)

    def _keep(self, decision: decided.Decision) -> None:
        try:
            self._journal.decision(decision, self._now)
        except StoreFailed:  # a draft's answers are in the state too, and the next answer writes them all again
            logs.logger().error("draft_not_stored", exc_info=True)

    def _kind_asked(self) -> Kind | None:
        question = self._conversation.state.question
        return Kind.PIN if question is not None and question.expect == "pin" else None

    def _write(self, always: bool = False) -> None:
        try:
            self._journal.write(self._conversation.state, always)
        except StoreFailed:  # the call goes on; the journal says what is missing once the store is back
            logs.logger().error("state_not_stored", exc_info=True)

    def _carry_out(self, decision: decided.Decision) -> None:
        match decision:
            case decided.Say():
                self._say(decision)
            case decided.PlaySound():
                self._outgoing.speaking = True
                language = Language(self._conversation.state.language)
                self._playing.play(decision.recording, self._parts.recording(language, decision.recording))
            case decided.StopSpeaking():
                self._cut()
            case decided.Listen():
                self._listen(decision)
            case decided.DropWork():
                self._work.drop()
            case decided.Leave():
                self._leave(decision)
            case decided.KeepDraft() | decided.KeepHint() | decided.NoteResult() | decided.NoteFlag():
                pass  # the journal has written them
            case decided.ForgetDialogue():
                self._work.forget(decision.dialogue_id)
            case _:
                self._stay()
                # Keys are commands while something is under way: a digit behind a PIN belongs to no number.
                self._keypad.expect(Expected(Kind.NOTHING, Language(self._conversation.state.language)))
                self._work.start(decision, self._now)

    def _say(self, say: decided.Say) -> None:
        self._outgoing.speaking = True
        self._listening.prompts_begin()
        sentences = say.spoken.sentences
        for sentence in sentences:
            self._playing.say(say.spoken.prompt, sentence, say.gain_db, sentence is sentences[-1])

    def _listen(self, listen: decided.Listen) -> None:
        self._stay()
        self._keypad.counts_once = self._conversation.state.needs_time
        self._keypad.expect(listen.expected, self._conversation.state.keyed)
        self._listening.expect(listen)
        if not self._playing.busy:
            self._caller_may_answer()

    def _caller_may_answer(self) -> None:
        """All has been said: the time for an answer begins."""
        self._listening.prompts_ended()
        expect = self._listening.expects
        if expect is not None and not self._outgoing.leaving:
            self._journal.note("listening", self._now, expect=expect.kind.value, length=expect.length)

    def _leave(self, leave: decided.Leave) -> None:
        self._outgoing.leaving = leave.next_step
        self._outgoing.quiet_since = self._now
        self._outgoing.reason = leave.reason
        self._outgoing.is_planned = False
        self._playing.resume()
        self._plan()

    def _stay(self) -> None:
        """The caller wants something after all."""
        if self._outgoing.leaving:
            self._outgoing.leaving, self._outgoing.reason, self._outgoing.is_planned = "", "", False
            self._plan()

    def _plan(self) -> None:
        """Store what the carrier's script does next; tried again before the stream is closed."""
        out = self._outgoing
        try:
            self._journal.next_step(out.leaving, out.reason, self._now)
            out.is_planned = True
        except StoreFailed:
            logs.logger().error("next_step_not_stored", exc_info=True)


class _Outgoing:
    """What the line is about to do."""

    def __init__(self) -> None:
        self.speaking = False
        self.leaving = ""
        self.reason = ""
        self.is_planned = False
        """The next step is stored."""
        self.sounded_at = Milliseconds(0)
        """The last moment at which anybody was heard."""
        self.pending_from = Milliseconds(0)
        """Since when something is under way."""
        self.quiet_since = Milliseconds(0)
        """The end of what was said last."""
        self.ended = False
