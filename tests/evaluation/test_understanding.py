"""The figures of understanding, on guesses that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.evaluation.understanding import Folded, Guess, as_json, as_text, band, macro_f1, report_of, sentences_of

UNSEEN = [
    Guess("agent", "person", "person", 0.9),
    Guess("somebody", "person", "why", 0.5),
    Guess("why", "why", "why", 0.65),
    Guess("my cat", "out_of_scope", "out_of_scope", 0.9),
    Guess("bye", "goodbye", "out_of_scope", 0.8),
]
FOREIGN = [
    Guess("the weather", "out_of_scope", "out_of_scope", 0.7),
    Guess("the score", "out_of_scope", "why", 0.55),
    Guess("the capital", "out_of_scope", "person", 0.3),
    Guess("the film", "out_of_scope", "goodbye", 0.41),
]


def test_accuracy_and_recall_count_sentences() -> None:
    report = report_of(UNSEEN, FOREIGN)
    assert report.accuracy == pytest.approx(3 / 5)
    assert report.recall == {"person": 0.5, "goodbye": 0.0}
    assert report.foreign_refused == pytest.approx(1 / 4)
    assert [guess.text for guess in report.mistakes] == ["somebody", "bye"]


def test_macro_f1_counts_intents_alike() -> None:
    # person: 1 right of 2 meant, 1 guessed; why: 1 of 1, 2 guessed; out_of_scope: 1 of 1, 2 guessed; goodbye: none.
    assert macro_f1(UNSEEN) == pytest.approx((2 / 3 + 2 / 3 + 2 / 3 + 0) / 4)


@pytest.mark.parametrize(
    ("threshold", "right", "wrong", "foreign"),
    [(0.4, 2 / 4, 1 / 4, 2 / 4), (0.6, 2 / 4, 0.0, 0.0), (0.7, 1 / 4, 0.0, 0.0)],
)
def test_a_band_accepts_from_its_threshold_on(threshold: float, right: float, wrong: float, foreign: float) -> None:
    found = band(UNSEEN, FOREIGN, threshold)
    assert (found.right, found.wrong, found.foreign) == pytest.approx((right, wrong, foreign))


def test_a_sentence_refused_as_foreign_is_never_accepted() -> None:
    assert band([Guess("bye", "goodbye", "out_of_scope", 0.99)], [], 0.4).wrong == 0.0


def test_examples_are_read_with_their_intents(tmp_path: Path) -> None:
    blocks = "nlu:\n- intent: a\n  examples: |\n    - one two\n    - three\n- intent: b\n  examples: |\n    - four\n"
    (tmp_path / "a.yml").write_text(blocks)
    assert sentences_of(tmp_path) == [("one two", "a"), ("three", "a"), ("four", "b")]


def test_the_report_can_be_read_by_people_and_programs() -> None:
    report, folded = report_of(UNSEEN, FOREIGN), [Folded(16.0, 5, 0.9, 0.88)]
    assert "5 folds, scale 16: accuracy 90.0%" in as_text(report, folded)
    assert "'somebody' is person, not why" in as_text(report, folded)
    values = as_json(report, folded)
    assert values["cross_validation"] == [{"scale": 16.0, "folds": 5, "accuracy": 0.9, "macro_f1": 0.88}]
