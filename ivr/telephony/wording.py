"""Prompts as phrases for the carrier's own voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ivr.conversation.prompts import Prompts
from ivr.telephony.ports import Phrase
from ivr.vocabulary import CallId, Language

LOCALES: Mapping[str, str] = MappingProxyType({"en": "en-US", "es": "es-ES", "ko": "ko-KR"})
"""What the carrier calls the voice of a language (Twilio, "<Say>: language"). A wrong name fails the verb."""

_PAUSE = re.compile(r"\s+//?\s+")
"""Our own marks for a pause; the carrier's voice pauses at the ends of sentences by itself."""


def _no_recording(prompt: str, language: Language) -> str:
    return ""


class PromptWording:
    """Implements ports.Wording over the prompt files. Immutable."""

    def __init__(
        self,
        prompts: Prompts,
        language_of: Callable[[CallId], Language],
        recording_url: Callable[[str, Language], str] = _no_recording,
    ) -> None:
        """language_of: the call's language, the line's first where the call has none yet.

        recording_url: address of a WAV that says the prompt; empty where there is none. Asked only for prompts
        without values.
        """
        self._prompts = prompts
        self._language_of = language_of
        self._recording_url = recording_url

    def phrase(self, call_id: CallId, prompt: str, **values: str) -> Phrase:
        """See Wording. Raises SettingsError where the language lacks the prompt or a value."""
        language = self._language_of(call_id)
        text = _PAUSE.sub(" ", self._prompts.words(prompt, language, values=values))
        recording = "" if values else self._recording_url(prompt, language)
        return Phrase(text, LOCALES.get(language, LOCALES["en"]), recording)
