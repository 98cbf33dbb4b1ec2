"""Rules that only a rendered prompt can keep."""

from __future__ import annotations

import pytest

from ivr.evaluation.audio_lint import Sounding, lint_sounds

FIT = Sounding("en/a.yml", "ask_x", "text", True, 25, 10.0, (0.7, 0.6))


def rules(*sounds: Sounding) -> list[str]:
    return [finding.rule for finding in lint_sounds("en", sounds)]


def test_a_prompt_within_the_rules_brings_no_finding() -> None:
    assert rules(FIT) == []


@pytest.mark.parametrize(
    ("sound", "rule"),
    [
        (Sounding("en/g.yml", "greeting", "text", False, 26, 10.1, (0.7,)), "1"),
        (Sounding("en/a.yml", "ask_x", "keys", True, 38, 15.1, (0.7,)), "3"),
        (Sounding("en/a.yml", "ask_x", "text", True, 25, 10.0, (0.7, 0.4)), "10"),
        (Sounding("en/a.yml", "told", "text", False, 25, 8.0, (0.7,)), "9"),
        (Sounding("en/a.yml", "told", "text", False, 25, 12.0, (0.7,)), "9"),
    ],
    ids=["a long greeting", "a long question", "options too close", "too quick", "too slow"],
)
def test_what_breaks_a_rule_is_found_with_its_number(sound: Sounding, rule: str) -> None:
    assert rules(sound) == [rule]


def test_a_short_word_says_nothing_about_the_pace() -> None:
    assert rules(Sounding("en/y.yml", "yes", "text", False, 2, 0.3, ())) == []
