"""Is this speech, and is what was written down believable? Pure; no engine."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np

from ivr.audio.endpointing import LEAST_SPEECH, SHORT_ANSWER
from ivr.audio.formats import FRAME_MILLISECONDS
from ivr.audio.levels import frame_levels
from ivr.vocabulary import Kind, Milliseconds, Samples

SOUNDING = -52.0
"""dBov a frame must pass to count as sound; a soft caller is 10 dB above."""
ABOVE_NOISE = 5.0
"""dB above the utterance's quietest tenth: steady noise passes that in few frames, speech in most."""
COMPRESSION_LIMIT = 2.4
"""zlib ratio of a text from which it is a loop (Whisper's own limit)."""
REPEATS_LIMIT = 3
"""How often a run of three words may occur before it is a loop; digits are not counted: "5 5 5 5 5" is legal."""
REPEATED_WORD = Milliseconds(270)
"""A word said over and over takes at least this; digits of one number count as words."""
SENTENCE_WORDS = 4
BEGUN_AGAIN = 1.4
"""A sentence of four words and more counts as repeated from this share of it on."""
LOOPS_FROM = 24
"""Characters; shorter texts compress by chance and repeat rightly."""
SILENT_PROBABILITY = 0.6
UNSURE_SCORE = -1.0
"""Whisper's own pair: no-speech probability above and mean log probability below mean an invention."""
WORDS_A_SECOND = 8.0
"""Nobody speaks faster; an invention on noise often has more words than there was time for."""
INVENTED = frozenset(
    {
        "thank you for watching", "thanks for watching", "thank you very much for watching", "please subscribe",
        "thank you", "thanks", "you", "bye", "bye bye", "subtitles by the amara org community", "the end", "so",
        "i'm sorry", "music", "silence", "applause",
    }
)  # fmt: skip
"""What Whisper writes on noise. Callers say some of it too, so it counts only beside a doubtful score."""
INVENTED_SILENT_PROBABILITY = 0.3
INVENTED_SCORE = -0.7


def speech_bounds(samples: Samples) -> tuple[Milliseconds, Milliseconds]:
    """How much of int16 at 8 000 Hz sounds above its own noise, and how long from the first to the last of it."""
    levels = frame_levels(samples)
    if not len(levels):
        return Milliseconds(0), Milliseconds(0)
    floor = float(np.quantile(levels, 0.1))
    threshold = max(SOUNDING, min(floor + ABOVE_NOISE, float(levels.max()) - ABOVE_NOISE))
    loud = np.flatnonzero(levels > threshold)
    if not len(loud) or float(levels.max()) < floor + ABOVE_NOISE:
        return Milliseconds(0), Milliseconds(0)
    span = int(loud[-1] - loud[0] + 1)
    return Milliseconds(len(loud) * FRAME_MILLISECONDS), Milliseconds(span * FRAME_MILLISECONDS)


def least_speech(kind: Kind) -> Milliseconds:
    """How much speech there must be before it is worth listening to: less where one short word answers."""
    return LEAST_SPEECH if kind is Kind.OPEN else SHORT_ANSWER


def is_loop(text: str) -> bool:
    """True where the decoder repeated itself instead of listening."""
    if len(text) < LOOPS_FROM:
        return False
    encoded = text.encode()
    if len(encoded) / len(zlib.compress(encoded)) > COMPRESSION_LIMIT:
        return True
    words = [word for word in text.lower().split() if not word.strip(".,").isdigit()]
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return bool(runs) and max(runs.values()) >= REPEATS_LIMIT and not _only_numbers(words)


def unrepeated(text: str, spoken: Milliseconds) -> str:
    """The text said once, where there was no time to say it several times: "35. 35." in 700 ms is "35.".

    In a window that is mostly quiet, Whisper likes to write a short answer twice.
    """
    words = text.split()
    bare = [word.strip(".,!?").lower() for word in words]
    for size in range(1, len(words)):
        whole = len(words) % size == 0
        if (whole or _begun_again(len(words), size)) and all(bare[i] == bare[i % size] for i in range(size, len(bare))):
            enough = sum(len(word) if word.isdigit() else 1 for word in bare) * REPEATED_WORD <= spoken
            return text if enough else " ".join(words[:size])
    return text


def _begun_again(words: int, size: int) -> bool:
    """True where a sentence stands there and a good part of it follows once more."""
    return size >= SENTENCE_WORDS and words >= BEGUN_AGAIN * size


def is_invention(words: Sequence[str], score: float, silent: float, spoken: Milliseconds) -> bool:
    """True where words were written on something that was no speech.

    score: mean log probability of the words. silent: probability of no speech.
    spoken: from the first to the last of the speech.
    """
    if silent > SILENT_PROBABILITY and score < UNSURE_SCORE:
        return True
    if len(words) > 2 and len(words) * 1_000 / max(1, spoken) > WORDS_A_SECOND:
        return True
    doubtful = silent > INVENTED_SILENT_PROBABILITY or score < INVENTED_SCORE
    return doubtful and " ".join(words) in INVENTED


def _only_numbers(words: Sequence[str]) -> bool:
    """Spelled digits repeat rightly: "five five five five five five"."""
    return len(set(words)) <= 2 and all(len(word.strip(".,")) <= 5 for word in words)
