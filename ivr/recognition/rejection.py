"""Is the best answer nearly as likely as the free text? Mean log probabilities of one encoding are compared."""

from __future__ import annotations

from ivr.vocabulary import Kind

THRESHOLDS = {
    Kind.YES_NO: 0.0,
    Kind.CHOICE: -0.4,
    Kind.DIGITS: -0.25,
    Kind.DATE: -0.5,
    Kind.AMOUNT: -0.3,
}
"""score(allow-list) - score(free) from which the answer counts: keeps 95 of 100 right answers of its kind.

Confidence alone accepts wrong words. How it was fitted and what passes wrongly: docs/recognition.md.
"""

FREE_FLOOR = {
    Kind.YES_NO: -1.8,
    Kind.CHOICE: -1.7,
    Kind.DIGITS: -1.95,
    Kind.DATE: -1.15,
    Kind.AMOUNT: -1.35,
}
"""Mean log probability below which words of the free text are no answer, whatever they say.

Single words score low even when right, whole sentences do not: just below the worst twentieth of right answers.
"""


def is_answer(kind: Kind, difference: float) -> bool:
    """True where what was said can be taken for an answer of the kind; difference: see THRESHOLDS."""
    return kind in THRESHOLDS and difference >= THRESHOLDS[kind]


def is_believable(kind: Kind, free_score: float) -> bool:
    """True where an answer read from the free text may be taken."""
    return free_score >= FREE_FLOOR.get(kind, 0.0)
