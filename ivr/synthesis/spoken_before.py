"""A sentence is spoken once and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ivr.audio import mulaw
from ivr.synthesis.kept_sounds import KeptSounds
from ivr.synthesis.readable import checked
from ivr.synthesis.synthesizer import Synthesizer
from ivr.vocabulary import Language, Samples, Sentence


class SpokenBefore:
    """One voice behind its kept sounds. Any thread may call.

    Reading alone (keeps=False) is what a call does: what a caller's record made us say is not left on a disk.
    Keeping is for `openline prompts render`, which speaks the texts that are the same for everybody.
    """

    def __init__(
        self,
        voice: Synthesizer,
        sounds: KeptSounds,
        *,
        keeps: bool = False,
        kept_as: Mapping[Language, str] | None = None,
    ) -> None:
        """kept_as: the name under which each language was kept, where `voice` is a way to several voices."""
        self._voice = voice
        self._sounds = sounds
        self._keeps = keeps
        self._kept_as = kept_as or {}

    @property
    def name(self) -> str:
        """The voice's."""
        return self._voice.name

    def speaks(self, language: Language) -> bool:
        """As the voice does."""
        return self._voice.speaks(language)

    def speak(self, sentence: Sentence) -> Samples:
        """From the disk, else from the voice. Raises SynthesisFailed as the voice does."""
        key = kept_under(sentence, self._kept_as.get(sentence.language, self._voice.name))
        ulaw = self._sounds.get(key)
        if ulaw is not None:
            return mulaw.expand(ulaw)
        ulaw = mulaw.compress(self._voice.speak(sentence))
        if self._keeps and ulaw:
            self._sounds.keep(key, ulaw)
        # the same samples as when they come from the disk: what is tested is what is heard later
        return mulaw.expand(ulaw)


def kept_under(sentence: Sentence, voice: str) -> str:
    """What a sound depends on: voice with version, language, pace, and the text as the voice gets it."""
    return json.dumps([voice, sentence.language, sentence.words_per_minute, checked(sentence)], ensure_ascii=False)
