"""A prompt's text becomes sentences with pauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.conversation.said import pieces, said_digits
from ivr.vocabulary import Language

EN = Language("en")


def spoken(text: str, *, slow: bool = False) -> list[tuple[str, int]]:
    return [(piece.text, piece.pause_after) for piece in pieces(text, EN, slow=slow)]


def test_sentences_are_followed_by_seven_hundred_milliseconds() -> None:
    assert spoken("I am still here. Take your time!  Ready?") == [
        ("I am still here.", 700),
        ("Take your time!", 700),
        ("Ready?", 700),
    ]


def test_groups_of_digits_are_four_hundred_apart() -> None:
    text = f"Your reference is {said_digits('4711080', EN)}. Is that right?"
    assert spoken(text) == [
        ("Your reference is four seven one", 400),
        ("one zero eight zero.", 700),
        ("Is that right?", 700),
    ]


def test_options_are_six_hundred_apart() -> None:
    text = "For your payment, press one. // For your claim, press two. // Or say a person."
    assert [pause for _, pause in spoken(text)] == [600, 600, 700]


def test_slow_mode_lengthens_every_pause_by_half() -> None:
    assert spoken("One / two // three. Four.", slow=True) == [
        ("One", 600),
        ("two", 900),
        ("three.", 1050),
        ("Four.", 1050),
    ]


def test_the_pace_is_handed_on() -> None:
    assert {piece.words_per_minute for piece in pieces("One. Two.", EN, words_per_minute=125)} == {125}


@pytest.mark.parametrize(
    "text",
    [
        "Ask for Dr. Smith or J. Rowling.",
        "We open at 9.30 a.m. on Monday.",
        "Bring papers, e.g. a pay slip.",
        "It costs 3.50 euros.",
        "Wait ... please.",
    ],
)
def test_a_full_stop_inside_a_sentence_ends_nothing(text: str) -> None:
    assert [words for words, _ in spoken(text)] == [text]


@pytest.mark.parametrize("text", ["", "   ", " / ", "/", " // / ", "...", "?!"])
def test_a_text_without_words_has_no_pieces(text: str) -> None:
    assert spoken(text) == []


def test_a_slash_inside_a_word_is_no_pause() -> None:
    assert spoken("Yes/no, please.") == [("Yes/no, please.", 700)]


WORD = st.sampled_from(["Yes", "no", "press", "one.", "Two!", "Dr.", "why?", "/", "//", "A.", "(now.)", "3.5"])


@given(st.lists(WORD, max_size=25), st.booleans())
def test_no_word_is_lost_and_no_piece_is_without_words_or_pause(words: list[str], slow: bool) -> None:
    found = pieces(" ".join(words), EN, slow=slow)
    assert " ".join(piece.text for piece in found).split() == [word for word in words if word not in ("/", "//")]
    assert all(any(sign.isalnum() for sign in piece.text) for piece in found)
    assert all(piece.pause_after >= 400 for piece in found)


@given(st.text(max_size=200))
def test_no_text_raises_and_pieces_stay_whole_when_split_again(text: str) -> None:
    for piece in pieces(text, EN):
        assert [again.text for again in pieces(piece.text, EN)] == [piece.text]
