"""What the caller says: frames become speech, speech becomes an utterance, with an early result at each pause.

frame ─► detector ─► endpointer ─► recognition pool ─► Utterance, wish, line fault
                         ▲                │
                         └─ patience ◄────┘   a result that answers the question ends the turn sooner
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TypeAlias

import numpy as np

from ivr.audio import endpointing, line_quality
from ivr.audio.barge_in import BargeIn, BargeInAct
from ivr.audio.endpointing import Endpointer
from ivr.audio.formats import FRAME_MILLISECONDS
from ivr.audio.levels import level
from ivr.audio.utterance_audio import UtteranceAudio
from ivr.audio.voice_activity import VoiceDetector
from ivr.calls.errands import Done, Errands, Stage
from ivr.conversation.decisions import Listen
from ivr.errors import RecognitionFailed
from ivr.recognition.recognizer import Hearing, Recognizer
from ivr.vocabulary import Expected, Kind, Milliseconds, Samples, Utterance

SHOUTING = -11.0
"""dBov of a whole utterance; telephone speech lies between -36 and -20."""
SPEECH_HOLDS = Milliseconds(100)
"""Gaps within words are no silence."""
FEED_EVERY = Milliseconds(400)
"""Speech handed to a streaming engine while the caller still speaks."""


@dataclass(frozen=True, slots=True)
class BargedIn:
    """The caller talks while we do."""

    act: BargeInAct


@dataclass(frozen=True, slots=True)
class Early:
    """What the words so far say, at a pause; void if the caller goes on."""

    utterance: Utterance
    answers: bool


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance ended."""

    utterance: Utterance
    wish: str
    line_fault: str
    ended_at: Milliseconds
    """Audio time of the end of the turn."""
    last_speech_at: Milliseconds
    """Audio time of the last frame of speech."""
    recognition: Milliseconds
    """Audio time that recognition took beyond the end of the turn."""
    longest_pause: int = 0
    """Milliseconds: the caller's own, inside an utterance, in this stream so far."""
    answered_after: Milliseconds | None = None
    """From the end of the prompts to the first word; None: the words began before it."""
    is_stale: bool = False
    """The words began before the question that is out now: they cannot be its answer."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was said in time."""

    waited: Milliseconds


@dataclass(frozen=True, slots=True)
class Deaf:
    """The recognizer failed."""

    code: str


Noticed: TypeAlias = BargedIn | Early | Said | Silence | Deaf
FindWish = Callable[[str, Listen], str]
"""The universal wish in a text, or nothing."""


class _Open:
    """The utterance being heard and the errands about it."""

    def __init__(self, hearing: Hearing, asked: int) -> None:
        self.hearing = hearing
        self.lock = Lock()
        self.errand = 0
        self.errand_is = ""
        self.early: Utterance | None = None
        self.wants_early = False
        self.ended: endpointing.SpeechEnded | None = None
        self.ended_at = 0
        self.last_speech_at = 0
        self.fed_at = 0
        self.quality = ""
        self.loud = False
        self.rest: Samples = np.empty(0, np.int16)
        """What the engine has not heard of an ended utterance."""
        self.answered_after: Milliseconds | None = None
        self.asked = asked
        """Number of the question that was out when the words began."""


class Listening:
    """One per call, for the call's thread."""

    def __init__(
        self, detector: VoiceDetector, recognizer: Recognizer, errands: Errands, stage: Stage, find_wish: FindWish
    ) -> None:
        self._detector = detector
        self._recognizer = recognizer
        self._errands = errands
        self._stage = stage
        self._find_wish = find_wish
        self._endpointer = Endpointer(Milliseconds(1_500))
        self._audio = UtteranceAudio()
        self._speech: list[bool] = []
        self._barge_in: BargeIn | None = None
        self._spoke_before = False
        """The caller was speaking already when our prompt began: those words do not interrupt it."""
        self._listen: Listen | None = None
        self._open: _Open | None = None
        self._finishing: list[_Open] = []
        """Ended utterances that the recognizer is still at; later sounds do not touch them."""
        self._asked = 0
        self._quiet_since: Milliseconds | None = None
        """When the prompts ended; None: they are playing."""
        self._now = Milliseconds(0)
        self._last_speech = 0

    @property
    def caller_sounds(self) -> bool:
        """True while the detector hears speech."""
        return self._now - self._last_speech < SPEECH_HOLDS

    @property
    def pending_since(self) -> Milliseconds | None:
        """Since when an ended utterance waits for the recognizer; None: nothing waits."""
        return Milliseconds(self._finishing[0].ended_at) if self._finishing else None

    @property
    def expects(self) -> Expected | None:
        """What the open question expects."""
        return self._listen.expected if self._listen is not None else None

    def expect(self, listen: Listen) -> None:
        """A question is out; the prompts may still be playing."""
        self._listen = listen
        self._asked += 1
        self._endpointer.patience = listen.patience
        is_open = listen.expected.kind is Kind.OPEN
        short = listen.expected.kind in (Kind.YES_NO, Kind.CHOICE, Kind.DIGITS)
        self._endpointer.early_after = endpointing.PAUSE if is_open else endpointing.SHORT_PAUSE
        self._endpointer.least_speech = endpointing.SHORT_ANSWER if short else endpointing.LEAST_SPEECH

    def prompts_begin(self) -> None:
        """From now on speech is barge-in, and silence is no answer missing."""
        if self._barge_in is None:
            self._barge_in = BargeIn()
            self._spoke_before = self._endpointer.speaking
        self._endpointer.listen(None)
        self._quiet_since = None

    def prompts_ended(self) -> None:
        """The caller's time begins."""
        self._barge_in = None
        self._quiet_since = self._now
        self._endpointer.listen(self._listen.no_input if self._listen is not None else None)

    def key_pressed(self) -> None:
        """A key came instead of words; sound around it is not speech."""
        self._endpointer.abandon()
        self._drop()
        if self._barge_in is None and self._listen is not None:
            self._endpointer.listen(self._listen.no_input)

    def hear(self, samples: Samples, now: Milliseconds, played_level: float | None) -> list[Noticed]:
        """Take in a frame of 20 ms."""
        self._now = now
        is_speech = self._detector.hear(samples, played_level)
        if is_speech:
            self._last_speech = now
        self._audio.hear(samples)
        self._speech.append(is_speech)
        noticed: list[Noticed] = []
        self._spoke_before = self._spoke_before and self._endpointer.speaking
        if self._barge_in is not None and not self._spoke_before:
            act = self._barge_in.hear(is_speech)
            if act is not None:
                noticed.append(BargedIn(act))
        for perceived in self._endpointer.hear(is_speech):
            noticed.extend(self._perceive(perceived))
        self._feed()
        return noticed

    def _perceive(self, perceived: endpointing.Perceived) -> list[Noticed]:
        match perceived:
            case endpointing.SpeechBegan(frames):
                self._begin(frames)
            case endpointing.Paused():
                self._want_early()
            case endpointing.Resumed():
                self._void_early()
            case endpointing.SpeechEnded():
                return self._end(perceived)
            case endpointing.Dismissed():
                self._drop()
            case endpointing.NoInput(waited):
                return [Silence(waited)]
        return []

    def _begin(self, frames: int) -> None:
        self._drop()
        self._speech = self._speech[-(frames + 15) :]
        self._audio.begin(frames)
        if self._listen is None:
            return
        try:
            self._open = _Open(self._recognizer.listen_for(self._listen.expected), self._asked)
            self._open.fed_at = self._now
            if self._quiet_since is not None:
                waited = self._now - frames * FRAME_MILLISECONDS - self._quiet_since
                self._open.answered_after = Milliseconds(max(0, waited))
        except RecognitionFailed:
            self._open = None
        self._endpointer.patience = self._listen.patience

    def _start(self, current: _Open, what: str, work: Callable[[Hearing], Utterance | None]) -> None:
        """One errand at a time on a hearing; it gets all sound that came since the last one."""
        fresh = self._audio.fresh() if current.ended is None else current.rest

        def attempt() -> Utterance | None:
            with current.lock:
                current.hearing.hear(fresh)
                return work(current.hearing)

        current.errand, current.errand_is = self._errands.start(self._stage, attempt), what

    def _feed(self) -> None:
        current = self._open
        if current is None or current.errand or self._now - current.fed_at < FEED_EVERY:
            return
        current.fed_at = self._now
        self._start(current, "feed", lambda hearing: None)

    def _want_early(self) -> None:
        current = self._open
        if current is None:
            return
        if current.errand:
            current.wants_early = True
        else:
            self._start(current, "early", lambda hearing: hearing.so_far())

    def _void_early(self) -> None:
        current = self._open
        if current is not None:
            current.early, current.wants_early = None, False
            if current.errand_is == "early":
                current.errand_is = "void"
        if self._listen is not None:
            self._endpointer.patience = self._listen.patience

    def _end(self, ended: endpointing.SpeechEnded) -> list[Noticed]:
        current = self._open
        samples = self._audio.end() if current is None else None
        if current is None:
            return [Deaf("recognition-failed")] if self._listen is not None and samples is not None else []
        current.ended, current.ended_at, current.last_speech_at = ended, self._now, self._last_speech
        self._judge(current)
        self._open = None
        if current.early is not None:
            return [self._said(current, current.early)]
        self._finishing.append(current)
        if not current.errand:
            self._start(current, "final", lambda hearing: hearing.finish())
        elif current.errand_is in ("feed", "void"):
            current.wants_early = True
        return []

    def _judge(self, current: _Open) -> None:
        """The line of this turn: its level, and what is wrong with it."""
        current.rest = self._audio.fresh()
        whole = self._audio.end()
        frames = len(whole) // 160
        speech = np.asarray(self._speech[-frames:] if frames else [], dtype=np.bool_)
        quality = line_quality.judge(whole, speech)
        current.quality = "" if quality.verdict is line_quality.Verdict.FINE else quality.verdict.value
        if current.ended is not None and current.ended.too_long:
            current.quality = current.quality or "voices"
        current.loud = level(whole) > SHOUTING

    def answered(self, done: Done) -> list[Noticed] | None:
        """An errand of recognition ended. None: it was none of ours."""
        waiting = [*self._finishing, *([self._open] if self._open is not None else [])]
        current = next((one for one in waiting if one.errand == done.number), None)
        if current is None:
            return None
        what, current.errand, current.errand_is = current.errand_is, 0, ""
        if done.failure:
            self._forget(current)
            return [Deaf(done.failure)]
        if current.ended is not None:
            if what in ("early", "final") and done.result is not None:
                self._forget(current)
                return [self._said(current, done.result)]
            self._start(current, "final", lambda hearing: hearing.finish())
            return []
        if what == "early":
            return self._early(current, done.result)
        if current.wants_early:
            current.wants_early = False
            self._start(current, "early", lambda hearing: hearing.so_far())
        return []

    def _early(self, current: _Open, utterance: Utterance) -> list[Noticed]:
        current.early = utterance
        listen = self._listen
        if listen is None:
            return []
        wish = self._find_wish(utterance.text, listen)
        is_fresh = current.asked == self._asked
        answers = bool((is_fresh and utterance.value) or wish) and not utterance.rejected
        self._endpointer.patience = listen.answered if answers else listen.patience
        return [Early(utterance, answers)]

    def _said(self, current: _Open, utterance: Utterance) -> Said:
        wish = self._find_wish(utterance.text, self._listen) if self._listen is not None else ""
        is_words = bool(utterance.text) and not utterance.rejected
        if current.loud and is_words and not wish and not utterance.value and current.quality != "clipped":
            wish = "shouting"
        return Said(
            utterance,
            wish,
            current.quality,
            ended_at=Milliseconds(current.ended_at),
            last_speech_at=Milliseconds(current.last_speech_at),
            recognition=Milliseconds(max(0, self._now - current.ended_at)),
            longest_pause=self._endpointer.longest_pause,
            answered_after=current.answered_after,
            is_stale=current.asked != self._asked,
        )

    def _forget(self, current: _Open) -> None:
        """Nothing more is to come of it."""
        if current in self._finishing:
            self._finishing.remove(current)
        elif current is self._open:
            self._open = None

    def _drop(self) -> None:
        if self._open is not None:
            self._errands.drop(self._open.errand)
            self._open = None
