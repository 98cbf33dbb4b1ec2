"""What can be spoken before anybody calls."""

from ivr.conversation.prompts import Label, LanguageTexts, Option, Prompt, Prompts
from ivr.conversation.said_ahead import GAP, all_words, fixed_sentences
from ivr.vocabulary import Language

EN = Language("en")
CONSTANTS = {"agency": "the Office"}
PROMPTS = Prompts(
    {
        EN: LanguageTexts(
            prompts={
                "greeting": Prompt("greeting", text="This is {agency}. We open at {hours}."),
                "paid": Prompt("paid", text="You get {amount}. Anything else?", why="It is the law."),
                "pick": Prompt("pick", text="Anything else?", options=(Option("a", "1", "For a pension"),)),
                "option_press": Prompt("option_press", text="{option}, press {key}."),
            },
            labels={"constant": {"hours": Label("nine")}, "key": {"1": Label("one")}},
        )
    },
    CONSTANTS,
)


def test_sentences_without_a_value_are_fixed_even_beside_one_with_it() -> None:
    texts = [sentence.text for sentence in fixed_sentences(PROMPTS, EN, CONSTANTS)]
    assert texts == [
        "This is the Office.",
        "We open at nine.",
        "Anything else?",
        "It is the law.",
        "For a pension, press one.",
    ]


def test_they_carry_the_pace_that_was_asked_for() -> None:
    assert {sentence.words_per_minute for sentence in fixed_sentences(PROMPTS, EN, CONSTANTS, 125)} == {125}


def test_every_form_is_listed_with_a_sign_where_a_value_comes_in() -> None:
    listed = list(all_words(PROMPTS, EN, CONSTANTS))
    assert ("paid", "text", f"You get {GAP}. Anything else?") in listed
    assert ("paid", "why", "It is the law.") in listed
    assert [form for prompt, form, _ in listed if prompt == "paid"] == ["text", "why"]
