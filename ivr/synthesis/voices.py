"""The line's voices, joined: in the voice process, and as a web process reaches them.

One place for both, since what `openline prompts render` keeps must be found under the same name in a call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from ivr.synthesis import espeak_voice, hibari_voice
from ivr.synthesis.fallback import Fallback
from ivr.synthesis.kept_sounds import KeptSounds
from ivr.synthesis.recordings import Recordings, RecordingsFirst
from ivr.synthesis.spoken_before import SpokenBefore, kept_under
from ivr.synthesis.synthesizer import Synthesizer
from ivr.synthesis.voice_http import VoiceHttp
from ivr.vocabulary import Language, Secret, Sentence

FIRST_VOICES: Mapping[Language, str] = {
    **dict.fromkeys(espeak_voice.VOICES, espeak_voice.NAME),
    hibari_voice.LANGUAGE: hibari_voice.NAME,
}
"""Language -> the name of the voice that speaks it when all are well."""


class VoicesHere:
    """The engines in this process: hibari for English, espeak-ng for all others and as second choice.

    now: a monotonic clock in seconds. keeps: True only where fixed texts are rendered ahead (see SpokenBefore).
    """

    def __init__(self, kept: Path, now: Callable[[], float], *, keeps: bool = False) -> None:
        sounds = KeptSounds(kept)
        self._espeak = espeak_voice.EspeakVoice(now)
        engines: tuple[Synthesizer, ...] = (hibari_voice.HibariVoice(), self._espeak)
        self.voice = Fallback([SpokenBefore(engine, sounds, keeps=keeps) for engine in engines], now)

    def close(self) -> None:
        """End the worker process."""
        self._espeak.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def not_kept(sentences: Iterable[Sentence], kept: Path) -> list[Sentence]:
    """Those that are still to be spoken ahead; needs no engine, so that a second set-up takes a moment."""
    sounds = KeptSounds(kept)
    return [
        sentence
        for sentence in sentences
        if sounds.get(kept_under(sentence, FIRST_VOICES.get(sentence.language, ""))) is None
    ]


def voices_there(address: str, token: Secret, recordings: Path, kept: Path) -> RecordingsFirst:
    """What a web process speaks with: recordings, kept sounds of this machine, the voice process over HTTP."""
    there = VoiceHttp(address, token, frozenset(FIRST_VOICES))
    return RecordingsFirst(Recordings(recordings), SpokenBefore(there, KeptSounds(kept), kept_as=FIRST_VOICES))
