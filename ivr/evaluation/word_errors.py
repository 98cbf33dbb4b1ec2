"""Word errors, counted fairly: digits one by one on both sides, an interval over speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from ivr.recognition.forms.words import plain, with_digits
from ivr.recognition.spoken_forms import LANGUAGES

RESAMPLINGS = 1_000
INTERVAL = (2.5, 97.5)
"""Percentiles: a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One utterance against what was really said."""

    group: str
    """Speaker or caller profile: the interval is drawn over these."""
    errors: int
    words: int


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Of a whole set."""

    rate: float
    """All errors over all words; above 1 where more was written than said."""
    capped: float
    """The same with no utterance counted worse than wholly wrong: a loop does not hide the rest."""
    low: float
    high: float
    """The 95 % interval of the rate over groups; equal to it where there is one group."""
    utterances: int
    words: int


def scored_words(text: str, language: str) -> list[str]:
    """Words for comparison: plain, every number as its digits: "(613) 555-0198" equals "six one three five …"."""
    tables = LANGUAGES.get(language)
    words = plain(text).split()
    return list(_atoms(with_digits(words, tables) if tables else words))


def score(group: str, said: str, heard: str, language: str) -> Scored:
    """Count the edits. Nothing heard counts as every word wrong."""
    reference, hypothesis = scored_words(said, language), scored_words(heard, language)
    return Scored(group, Levenshtein.distance(reference, hypothesis), len(reference))


def error_rate(scores: Sequence[Scored], seed: int = 1) -> ErrorRate:
    """The set's word error rate. Raises ValueError where there are no words."""
    words = sum(one.words for one in scores)
    if not words:
        raise ValueError("nothing was said in the whole set")
    capped = sum(min(one.errors, one.words) for one in scores)
    low, high = _interval(scores, seed)
    return ErrorRate(sum(one.errors for one in scores) / words, capped / words, low, high, len(scores), words)


def _atoms(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word.isascii() and word.isdigit():
            yield from word
        else:
            yield word


def _interval(scores: Sequence[Scored], seed: int) -> tuple[float, float]:
    """Bootstrap over groups: utterances of one speaker are not independent."""
    groups = sorted({one.group for one in scores})
    sums = np.array(
        [
            [
                sum(one.errors for one in scores if one.group == group),
                sum(one.words for one in scores if one.group == group),
            ]
            for group in groups
        ],
        dtype=np.float64,
    )
    drawn = np.random.default_rng(seed).integers(0, len(groups), (RESAMPLINGS, len(groups)))
    totals = sums[drawn].sum(axis=1)
    low, high = np.percentile(totals[:, 0] / np.maximum(totals[:, 1], 1), INTERVAL)
    return float(low), float(high)
