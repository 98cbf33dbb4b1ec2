"""The weights of one utterance add up to 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.recognition.weights import softmax, weighted


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=9))
def test_any_scores_become_weights_that_add_up_to_one(scores: list[float]) -> None:
    hypotheses = weighted([str(place) for place in range(len(scores))], softmax(scores))
    assert sum(one.weight for one in hypotheses) == pytest.approx(1)
    assert len(hypotheses) <= 5
    assert [one.weight for one in hypotheses] == sorted((one.weight for one in hypotheses), reverse=True)


def test_equal_texts_share_one_place() -> None:
    assert [(one.text, one.weight) for one in weighted(["a", "b", "a"], [0.25, 0.5, 0.25])] == [("a", 0.5), ("b", 0.5)]


def test_nothing_weighs_nothing() -> None:
    assert weighted([], softmax([])) == ()
