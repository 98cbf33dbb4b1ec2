"""What the recognizers are tried on: recorded digits, strings spliced from them, recordings with transcripts."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ivr.audio.formats import TELEPHONE_RATE, silence
from ivr.errors import IvrError
from ivr.vocabulary import Choice, Expected, Kind, Language, Samples

STRING_LENGTHS = (4, 7, 8)
"""A year, a case number, a customer number."""
STRINGS_A_SPEAKER = 6
GAP_MILLISECONDS = (80, 260)
"""Between spliced digits, drawn for each."""
CONTACT = (
    Choice("phone_call", "1", ("phone call", "telephone", "call me")),
    Choice("office_visit", "2", ("office visit", "office", "at the office")),
    Choice("letter", "3", ("letter", "by letter", "post")),
)
"""A question that nobody answers with digits: what is heard there must not be taken for a choice."""


@dataclass(frozen=True, slots=True)
class Case:
    """One utterance and what is right."""

    group: str
    """The set that it is reported under."""
    speaker: str
    samples: Samples
    """int16, 8 000 Hz."""
    said: str
    expected: Expected
    value: str | None
    """The right answer; None: no answer to the question, and every value is wrong."""


def read_wav(path: Path) -> tuple[Samples, int]:
    """int16 mono and its rate. Raises IvrError for any other format."""
    try:
        with wave.open(str(path)) as file:
            if file.getsampwidth() != 2 or file.getnchannels() != 1:
                raise IvrError(f"{path}: expected 16 bits, mono")
            return np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16), file.getframerate()
    except (OSError, wave.Error, EOFError) as error:
        raise IvrError(f"{path} cannot be read as WAV: {error}") from error


def digit_cases(folder: Path, seed: int = 1) -> Iterator[Case]:
    """Single digits, spliced strings of each speaker, and the strings again where a yes or a choice is expected."""
    recorded = {tuple(path.stem.split("_")[:2]): read_wav(path)[0] for path in sorted(folder.glob("?_*_0.wav"))}
    random = np.random.default_rng(seed)
    for (digit, speaker), samples in recorded.items():
        padded = np.concatenate((silence(300), samples, silence(300)))
        yield Case("digit", speaker, padded, digit, _digits(1), digit)
    for speaker in sorted({speaker for _, speaker in recorded}):
        for length in STRING_LENGTHS:
            for _ in range(STRINGS_A_SPEAKER):
                text = "".join(str(digit) for digit in random.integers(0, 10, length))
                samples = _spliced([recorded[digit, speaker] for digit in text], random)
                said = " ".join(text)
                yield Case(f"digits-{length}", speaker, samples, said, _digits(length), text)
                if length == STRING_LENGTHS[0]:
                    yield Case("no-answer", speaker, samples, said, Expected(Kind.YES_NO, Language("en")), None)
                    choice = Expected(Kind.CHOICE, Language("en"), choices=CONTACT)
                    yield Case("no-answer", speaker, samples, said, choice, None)


def recording_cases(folder: Path, language: str) -> Iterator[Case]:
    """Every WAV at 8 000 Hz with a text file of the same name beside it. The file's first line is what is heard.

    A second line may say what it answers, as kind and value: "date: 1958-05-03"; without it the utterance is open.
    """
    for path in sorted(folder.rglob("*.wav")):
        text = path.with_suffix(".txt")
        if not text.is_file():
            continue
        samples, rate = read_wav(path)
        if rate != TELEPHONE_RATE:
            raise IvrError(f"{path} has {rate} samples a second; recordings of the line have {TELEPHONE_RATE}")
        lines = text.read_text(encoding="utf-8").splitlines()
        kind, _, value = (lines[1] if len(lines) > 1 else "open").partition(":")
        expected = Expected(Kind(kind.strip()), Language(language))
        yield Case(f"recordings-{kind.strip()}", path.parent.name, samples, lines[0], expected, value.strip() or None)


def _digits(length: int) -> Expected:
    return Expected(Kind.DIGITS, Language("en"), length)


def _spliced(words: list[Samples], random: np.random.Generator) -> Samples:
    pieces = [silence(300)]
    for word in words:
        pieces += [word, silence(int(random.integers(*GAP_MILLISECONDS)))]
    return np.concatenate([*pieces, silence(300)])
