"""Several voices, tried in order; one that failed rests for a while, so that no caller waits for it again and again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from ivr.errors import SynthesisFailed
from ivr.synthesis.readable import TextRefused
from ivr.synthesis.synthesizer import Synthesizer
from ivr.vocabulary import Language, Samples, Sentence

REST_SECONDS = 30.0
"""Long enough for a worker to start again, short enough that a caller's next prompt may have the better voice."""


class Fallback:
    """The first voice that can. Any thread may call.

    now: a monotonic clock in seconds.
    """

    def __init__(self, voices: Sequence[Synthesizer], now: Callable[[], float], rest: float = REST_SECONDS) -> None:
        self._voices = tuple(voices)
        self._now = now
        self._rest = rest
        self._rests_until: dict[str, float] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """All its voices, in their order."""
        return "|".join(voice.name for voice in self._voices)

    def speaks(self, language: Language) -> bool:
        """True where any of its voices does."""
        return any(voice.speaks(language) for voice in self._voices)

    def speak(self, sentence: Sentence) -> Samples:
        """See the port. Resting voices are asked last: a tired voice is better than none."""
        return self.spoken_by(sentence)[0]

    def spoken_by(self, sentence: Sentence) -> tuple[Samples, str]:
        """The sound, and the name of the voice that made it. Raises SynthesisFailed with every voice's reason."""
        reasons = []
        for voice in self._in_order(sentence.language):
            try:
                samples = voice.speak(sentence)
            except TextRefused:
                raise
            except SynthesisFailed as failure:
                reasons.append(str(failure))
                self._let_rest(voice)
            else:
                self._wake(voice)
                return samples, voice.name
        raise SynthesisFailed("; ".join(reasons) or f"no voice speaks {sentence.language!r}")

    def _in_order(self, language: Language) -> list[Synthesizer]:
        now = self._now()
        able = [voice for voice in self._voices if voice.speaks(language)]
        with self._lock:
            return sorted(able, key=lambda voice: self._rests_until.get(voice.name, now) > now)

    def _let_rest(self, voice: Synthesizer) -> None:
        with self._lock:
            self._rests_until[voice.name] = self._now() + self._rest

    def _wake(self, voice: Synthesizer) -> None:
        with self._lock:
            self._rests_until.pop(voice.name, None)
