"""The web processes' way to the voice process. Any thread may call."""

from __future__ import annotations

import httpx

from ivr.audio import mulaw
from ivr.errors import SynthesisFailed
from ivr.synthesis.readable import checked
from ivr.vocabulary import Language, Samples, Secret, Sentence

CONNECT_SECONDS = 0.5
"""The voice process is on this machine or in its rack."""
ANSWER_SECONDS = 2.0
"""A sentence takes 20 to 100 ms; with the time to connect no call waits longer than 2.5 s for a voice."""
SOUND = "audio/x-mulaw"


class VoiceHttp:
    """`POST /speak` of the voice process."""

    name = "voice-process/1"

    def __init__(
        self,
        address: str,
        token: Secret,
        languages: frozenset[Language],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """address: http://host:port; languages: those the voice process was opened for."""
        self._languages = languages
        self._client = httpx.Client(
            base_url=address,
            headers={"Authorization": f"Bearer {token.reveal()}"},
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            transport=transport,
            trust_env=False,  # a proxy of the machine's must never see what callers hear
        )

    def speaks(self, language: Language) -> bool:
        """Those it was made with."""
        return language in self._languages

    def speak(self, sentence: Sentence) -> Samples:
        """See the port. Raises SynthesisFailed within 2.5 s."""
        if not self.speaks(sentence.language):
            raise SynthesisFailed(f"the voice process has no voice for {sentence.language!r}")
        body = {
            "text": checked(sentence),
            "language": sentence.language,
            "words_per_minute": sentence.words_per_minute,
        }
        try:
            answer = self._client.post("/speak", json=body)
        except httpx.HTTPError as error:
            raise SynthesisFailed(f"voice process: {type(error).__name__}") from error
        if answer.status_code != httpx.codes.OK or answer.headers.get("Content-Type") != SOUND:
            raise SynthesisFailed(f"voice process: status {answer.status_code}")
        return mulaw.expand(answer.content)

    def close(self) -> None:
        """Give its connections back."""
        self._client.close()
