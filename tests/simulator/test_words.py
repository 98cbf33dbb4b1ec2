"""Words on a recording: small mishearings pass, another fact never does."""

from __future__ import annotations

import pytest

from ivr.simulator.words import contains_words, sounds_like_words
from ivr.vocabulary import Language

EN, ES, KO = Language("en"), Language("es"), Language("ko")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("your pension comes on wednesday the second of december it goes", "Wednesday, the second of December"),
        ("it comes on wednesday the 2nd of december", "Wednesday the second of December"),
        ("of 312 euros and forty cents", "three hundred and twelve euros"),
        ("i have 468 5816 0 is that right", "four six eight five eight one six zero"),
        ("your old age pention comes", "your old-age pension comes"),
        ("we wait for the birth certificates please", "the birth certificate"),
    ],
)
def test_the_same_words_are_found(text: str, words: str) -> None:
    assert sounds_like_words(text, words, EN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("it comes on thursday the second of december", "Wednesday the second of December"),
        ("it comes on wednesday the third of december", "Wednesday the second of December"),
        ("it comes on wednesday the second of november", "Wednesday the second of December"),
        ("of three hundred and twenty euros", "three hundred and twelve euros"),
        ("your claim has been granted", "your claim waits for papers"),
        ("", "anything"),
    ],
)
def test_another_fact_is_never_taken_for_it(text: str, words: str) -> None:
    assert not sounds_like_words(text, words, EN)


def test_other_languages_are_compared_too() -> None:
    assert sounds_like_words("llega el miércoles 2 de diciembre", "miércoles dos de diciembre", ES)
    assert not sounds_like_words("llega el jueves 2 de diciembre", "miércoles dos de diciembre", ES)
    assert sounds_like_words("감사합니다 안녕히 계세요", "안녕히 계세요", KO)


def test_words_are_whole_words() -> None:
    assert contains_words("The pension, please!", "pension please")
    assert not contains_words("pensioner", "pension")
