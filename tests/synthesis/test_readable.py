"""The last net before a voice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.synthesis.readable import LONGEST_TEXT, TextRefused, checked, readable
from ivr.vocabulary import Language, Sentence

EN = Language("en")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Press 1, or 0.", "Press one, or zero."),
        ("It takes 30 days.", "It takes thirty days."),
        ("Room 0042.", "Room zero zero four two."),
        ("Call 456789!", "Call four five six seven eight nine!"),
        ("Tom & Ann get 50%.", "Tom and Ann get fifty percent."),
        ("Press * or #.", "Press star or hash."),
        ("<speak>Hello <break time='5s'/>there</speak>", "Hello there"),
        ("a < b > c", "a b c"),
        ("tab\there\x00\x07", "tab here"),
        ("José Müller–Łąk", "José Müller–Łąk"),
        ("ﬁve １２", "five twelve"),
        ("I don't know.", "I don't know."),
        ("...", ""),
        ("<break/>", ""),
        ("", ""),
    ],
)
def test_a_voice_gets_words_alone(text: str, read: str) -> None:
    assert readable(text, EN) == read


def test_each_language_reads_signs_and_digits_in_its_own_words() -> None:
    assert readable("50%", Language("es")) == "cincuenta por ciento"
    assert readable("3%", Language("ko")) == "삼 퍼센트"


@given(st.text(max_size=300), st.sampled_from(["en", "es", "ko", "fr"]))
def test_no_text_keeps_markup_digits_or_control_characters(text: str, language: str) -> None:
    read = readable(text, Language(language))
    assert not set(read) & set("<>{}[]|\\^~`/0123456789\n\r\t\x00")
    assert readable(read, Language(language)) == read


def test_a_text_that_is_no_sentence_any_more_is_refused() -> None:
    assert checked(Sentence("a" * LONGEST_TEXT, EN)) == "a" * LONGEST_TEXT
    with pytest.raises(TextRefused, match="601 letters"):
        checked(Sentence("a" * (LONGEST_TEXT + 1), EN))
