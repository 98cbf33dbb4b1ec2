"""Scores of an engine -> weights that add up to 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ivr.vocabulary import Hypothesis

MOST_HYPOTHESES = 5


def softmax(scores: Sequence[float]) -> list[float]:
    """Log scores -> weights that add up to 1; empty for none."""
    if not scores:
        return []
    exponentials = np.exp(np.asarray(scores, dtype=np.float64) - max(scores))
    return [float(weight) for weight in exponentials / exponentials.sum()]


def weighted(texts: Sequence[str], weights: Sequence[float]) -> tuple[Hypothesis, ...]:
    """The best five different texts, best first, their weights scaled to 1; equal texts share one place."""
    together: dict[str, float] = {}
    for text, weight in zip(texts, weights, strict=True):
        together[text] = together.get(text, 0.0) + weight
    best = sorted(together.items(), key=lambda item: -item[1])[:MOST_HYPOTHESES]
    total = sum(weight for _, weight in best)
    return tuple(Hypothesis(text, weight / total) for text, weight in best) if total > 0 else ()
