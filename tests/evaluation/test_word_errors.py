"""Word errors are counted on what was said, not on how it is written."""

import pytest

from ivr.evaluation.word_errors import Scored, error_rate, score, scored_words


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("(613) 555-0198", "six one three five five five oh one nine eight"),
        ("In 1958.", "in nineteen fifty eight"),
        ("It's 402", "it's four hundred and two"),
    ],
)
def test_digits_count_one_by_one_however_they_are_written(written: str, spoken: str) -> None:
    assert scored_words(written, "en") == scored_words(spoken, "en")


def test_edits_are_counted_over_words() -> None:
    assert score("a", "when is my next payment", "where is my payment", "en") == Scored("a", 2, 5)


def test_nothing_heard_is_all_wrong() -> None:
    assert error_rate([score("a", "my pension", "", "en")]).rate == 1


def test_a_loop_is_worse_than_wrong_only_in_the_uncapped_rate() -> None:
    rate = error_rate([Scored("a", 30, 3), Scored("b", 0, 7)])
    assert (rate.rate, rate.capped) == (3.0, 0.3)


def test_the_interval_holds_the_rate_and_widens_with_unlike_speakers() -> None:
    alike = error_rate([Scored(group, 1, 10) for group in "abcdef"])
    unlike = error_rate([Scored(group, errors, 10) for group, errors in zip("abcdef", (0, 0, 0, 0, 1, 5), strict=True)])
    assert alike.low == alike.high == pytest.approx(0.1)
    assert unlike.low < unlike.rate < unlike.high


def test_an_empty_set_has_no_rate() -> None:
    with pytest.raises(ValueError, match="nothing was said"):
        error_rate([])
