"""Whisper base by CTranslate2: sound in, scored texts out. Knows nothing of questions and answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2 import StorageView  # type: ignore[attr-defined]  # public, but not declared as exported
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from ivr.audio.formats import RECOGNIZER_RATE, TELEPHONE_RATE, Floats, to_floats
from ivr.audio.resampling import floats_to_rate
from ivr.vocabulary import Samples

LEAST_FRAMES = 1_000
"""10 s of window, whatever the length: 700 already loses words, 500 loops."""
FULL_WINDOW = 3_000
PADDING = 0.25
"""Seconds of quiet before and behind: words cut tight are misheard."""
BEAMS = 5


@dataclass(frozen=True, slots=True)
class Decoded:
    """One way of writing down what was heard."""

    text: str
    score: float
    """Mean log probability of its tokens; 0 is certainty."""
    tokens: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """Sound as the decoder sees it; may be decoded several times."""

    features: Any
    """ctranslate2.StorageView on the CPU."""
    seconds: float
    """Of sound, padding included."""


class WhisperDecoder:
    """Shared by all threads: CTranslate2 queues what its workers cannot take at once."""

    def __init__(self, folder: Path, threads: int, workers: int) -> None:
        """Load the model (1 to 2 s, 346 MB). folder: as ensure_whisper() returns it; no name, so nothing downloads."""
        self._model = WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            num_workers=workers,
            local_files_only=True,
        )
        self._tokenizers: dict[str, Tokenizer] = {}
        self._tokens = tuple(range(self._model.hf_tokenizer.get_vocab_size()))  # one object each, shared by all lists
        self.generate(self.encode(np.zeros(TELEPHONE_RATE, dtype=np.int16)), "en")  # the first decode takes longer

    def tokenizer(self, language: str) -> Tokenizer:
        """The tokenizer with the language's start of transcript."""
        if language not in self._tokenizers:
            self._tokenizers[language] = Tokenizer(
                self._model.hf_tokenizer, multilingual=True, task="transcribe", language=language
            )
        return self._tokenizers[language]

    def encode(self, samples: Samples, full_window: bool = False) -> Encoded:
        """int16 at 8 000 Hz, at most 29 s -> what generate() needs; about 170 ms on two cores."""
        quiet = np.zeros(int(PADDING * RECOGNIZER_RATE), dtype=np.float32)
        floats: Floats = floats_to_rate(to_floats(samples), TELEPHONE_RATE, RECOGNIZER_RATE)
        padded = np.concatenate((quiet, floats, quiet))
        seconds = len(padded) / RECOGNIZER_RATE
        needed = FULL_WINDOW if full_window else max(LEAST_FRAMES, int(100 * seconds) + 50)
        frames = min(FULL_WINDOW, needed) // 2 * 2
        features = np.ascontiguousarray(pad_or_trim(self._model.feature_extractor(padded, padding=0), frames)[None])
        encoded = self._model.model.encode(StorageView.from_array(features), to_cpu=True)
        return Encoded(encoded, seconds)

    def generate(
        self, sound: Encoded, language: str, suppressed: list[int] | None = None
    ) -> tuple[tuple[Decoded, ...], float]:
        """The five best texts, best first, and the probability that nothing was said.

        suppressed: token ids that may not be written (an allow-list's complement); None: the model's own few.
        The length is capped by the time there was to speak: 6 tokens a second, where 4.6 is the most heard.
        """
        tokenizer = self.tokenizer(language)
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        result = self._model.model.generate(
            sound.features,
            [prompt],
            beam_size=BEAMS,
            num_hypotheses=BEAMS,
            max_length=len(prompt) + int(8 + 6 * sound.seconds),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=[-1] if suppressed is None else suppressed,
        )[0]
        decoded = (
            Decoded(tokenizer.decode(tokens).strip(), float(score), len(tokens))
            for tokens, score in zip(result.sequences_ids, result.scores, strict=True)
        )
        return tuple(decoded), float(result.no_speech_prob)

    def all_but(self, language: str, phrases: Iterable[str]) -> list[int]:
        """The token ids that write none of the phrases: each word with and without capital and space before."""
        tokenizer = self.tokenizer(language)
        allowed = {tokenizer.eot, *(token for mark in (".", ",", "!", "?") for token in tokenizer.encode(mark))}
        for phrase in phrases:
            for word in phrase.split():
                for form in (word, word.capitalize(), f" {word}", f" {word.capitalize()}"):
                    allowed.update(tokenizer.encode(form))
        return [token for token in self._tokens if token not in allowed]
