"""Each rule finds what it is there for, and lets a good prompt pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import textstat

from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.prompts import LanguageTexts, Option, Prompt, Prompts
from ivr.evaluation.lint_words import ENGLISH
from ivr.evaluation.prompt_lint import compare, lint, lint_prompt
from ivr.evaluation.reading_level import readability_grade
from ivr.vocabulary import Language

EN, ES, FI = Language("en"), Language("es"), Language("fi")
TODAY = date(2026, 11, 24)
REAL = load_prompts(Path(__file__).parents[2] / "dialogues" / "prompts")
STAR = "For a person, press star twice."
OPTIONS = tuple(Option(f"matter_{key}", key, f"Thing {name}") for key, name in zip("123", "abc", strict=True))
GOOD = Prompt(
    "ask_number",
    f"Key in your number. It has eight digits. {STAR}",
    shorter=f"Eight digits, please. {STAR}",
    keys=f"Use the keys for all eight digits. {STAR}",
    why="So that I find your record.",
    asks="digits",
    length=8,
    file="en/x.yml",
)
YES_NO = Prompt(
    "ask_x",
    "Do you work? Yes is one, no is two.",
    shorter="Work, yes or no?",
    keys="If you work, press one. If not, press two.",
    why="It counts.",
    asks="yes_no",
    file="en/x.yml",
)
CHOICE = Prompt(
    "ask_y",
    "Which of three?",
    shorter="Say one of three.",
    keys="A key, please: three choices.",
    why="So that I help.",
    asks="choice",
    options=OPTIONS,
    file="en/x.yml",
)
RESULT = Prompt("result", "You get {amount}. Once more: {amount}.", file="en/x.yml")
ANSWER = Prompt(
    "faq_x", "Yes, it is free.", simpler="It is free.", owner="desk", valid_from=date(2026, 1, 1),
    review_by=date(2027, 1, 1), file="en/x.yml",
)  # fmt: skip
GREETING = Prompt(
    "greeting",
    "This is {agency}, an automated assistant. For a person, press zero, or say person.",
    simpler="This is {agency}. For a person, press zero.",
    file="en/x.yml",
)


def rules(prompt: Prompt, today: date = TODAY) -> set[str]:
    return {finding.rule for finding in lint_prompt(prompt, ENGLISH, today)}


@pytest.mark.parametrize("prompt", [GOOD, YES_NO, CHOICE, RESULT, ANSWER, GREETING], ids=lambda prompt: prompt.id)
def test_a_good_prompt_passes(prompt: Prompt) -> None:
    assert lint_prompt(prompt, ENGLISH, TODAY) == []


LONG = "Please tell me now in your own words what it is that you would like to know from us. " * 3


@pytest.mark.parametrize(
    ("rule", "prompt"),
    [
        ("1", replace(GREETING, text="This is {agency}. For a person, press zero, or say person.")),
        ("1", replace(GREETING, text=GREETING.text + " We are glad that you call us and we will help you with all.")),
        ("28", replace(GREETING, text=GREETING.text + " To repeat, press star.")),
        ("3", replace(YES_NO, text=LONG + "Yes is one, no is two.")),
        ("3", replace(YES_NO, text="Do you work? Do you earn? Yes is one, no is two.")),
        ("3", replace(RESULT, text=LONG)),
        ("4", replace(CHOICE, options=(*OPTIONS, Option("d", "4", "D"), Option("e", "4", "E")))),
        ("4", replace(CHOICE, options=tuple(replace(option, words=("same",)) for option in OPTIONS))),
        ("5", replace(CHOICE, text="Which one?")),
        ("6", replace(RESULT, text="Press one for money.")),
        ("6", replace(GOOD, text="Eight digits, please. Star twice for a person.")),
        ("7", replace(ANSWER, owner="")),
        ("7", replace(ANSWER, review_by=None)),
        ("7", replace(ANSWER, simpler="")),
        ("7", replace(ANSWER, review_by=date(2026, 11, 23))),
        ("7", replace(ANSWER, valid_from=date(2026, 11, 25))),
        ("7", replace(ANSWER, review_by=date(2025, 1, 1), valid_from=date(2026, 1, 1))),
        ("10", replace(RESULT, text="You get money")),
        ("14", replace(GOOD, shorter="Eight digits, please.")),
        ("14", replace(GOOD, keys=f"Use the keys. {STAR}")),
        ("14", replace(GOOD, text=f"Key in your seven digits. {STAR}")),
        ("14", replace(GOOD, length=None)),
        ("14", replace(GOOD, asks="pin", length=None)),
        ("15", replace(YES_NO, text="Do you work?")),
        ("15", replace(YES_NO, id="confirm_x")),
        ("17", replace(GOOD, why="")),
        ("17", replace(RESULT, text="That was an invalid key.")),
        ("17", replace(RESULT, text="You did not say anything.")),
        ("18", replace(RESULT, text="It comes tomorrow.")),
        ("19", replace(RESULT, text="You get {amount}.")),
        ("19", replace(RESULT, text="It costs 3 euros.")),
        ("19", replace(RESULT, text="It costs three €.")),
        ("20", replace(RESULT, text="One. Two. Three. Four.")),
        ("21", replace(RESULT, text="Your reference is {reference}.")),
        ("22", replace(RESULT, text="Please see www.example.org now.")),
        ("22", replace(RESULT, text="The SSA pays you.")),
        ("22", replace(RESULT, text="You pay e.g. rent.")),
        ("22", replace(RESULT, text="See section four.")),
        ("22", replace(RESULT, text="Your administration works.")),
        (
            "22",
            replace(
                RESULT,
                text="Eligibility determinations require comprehensive documentation regarding previous "
                "contribution periods, international insurance certificates, household composition.",
            ),
        ),
        ("24", replace(RESULT, id="resume_offer", text="Go on with {benefit}.")),
        ("26", replace(RESULT, why="It is late: {reason}.")),
        ("26", replace(ANSWER, text="You get {amount}. Again {amount}.")),
        ("27", replace(RESULT, text="You get your money on the third day of the next month.")),
        ("27", replace(RESULT, simpler="You get your money on the third day of the next month.")),
        ("31", replace(RESULT, text="Good morning {first_name}.")),
        ("32", Prompt("goodbye", "Good-bye.", file="en/x.yml")),
    ],
)
def test_a_rule_finds_what_it_is_there_for(rule: str, prompt: Prompt) -> None:
    assert rule in rules(prompt)


def test_a_date_beside_a_relative_day_is_fine() -> None:
    assert rules(replace(RESULT, text="It comes tomorrow, {date}.")) == set()


def test_a_repetition_is_no_sentence_of_its_own() -> None:
    text = "It is kept. We call you. Your reference is {reference}. Again: {reference}."
    assert "20" not in rules(replace(RESULT, text=text))


def test_a_finding_says_where_what_and_what_to_do() -> None:
    finding = lint_prompt(replace(RESULT, text="You get {amount}."), ENGLISH, TODAY)[0]
    assert str(finding) == "en/x.yml: rule 19: text says the amount once; repeat {amount} at the end"


def menus(**below: tuple[str, ...]) -> Prompts:
    """Menus by id, each with the values of its options."""
    prompts = {
        menu: Prompt(
            menu, "One.", file=f"en/{menu}.yml", options=tuple(Option(v, str(at), v) for at, v in enumerate(values, 1))
        )
        for menu, values in below.items()
    }
    return Prompts({EN: LanguageTexts(prompts)})


def test_a_third_level_of_menus_is_found() -> None:
    deep = menus(ask_matter=("menu_a",), menu_a=("menu_b",), menu_b=("x",))
    assert any("menu_b is a third level" in str(finding) for finding in lint(deep, EN, TODAY))
    flat = menus(ask_matter=("menu_a",), menu_a=("x",))
    assert not any("level" in str(finding) for finding in lint(flat, EN, TODAY))


def test_a_key_that_leads_to_no_prompt_is_found() -> None:
    lost = menus(ask_matter=("menu_a",))
    assert any("there is no prompt" in str(finding) for finding in lint(lost, EN, TODAY))


def test_options_without_words_for_their_keys_are_found() -> None:
    assert any(finding.rule == "26" for finding in lint(menus(ask_matter=("x",)), EN, TODAY))


def test_a_language_without_a_table_is_no_silent_pass() -> None:
    (finding,) = lint(Prompts({FI: LanguageTexts()}), FI, TODAY)
    assert "lint_words" in finding.advice


def test_languages_say_the_same_facts() -> None:
    spanish = {
        "ask_number": replace(GOOD, why="", file="es/x.yml"),
        "result": replace(RESULT, text="Recibe {date}."),
        "ask_y": replace(CHOICE, options=OPTIONS[:2]),
    }
    english = {"ask_number": GOOD, "result": RESULT, "ask_y": CHOICE, "greeting": GREETING}
    both = Prompts({EN: LanguageTexts(english), ES: LanguageTexts(spanish)})
    found = [str(finding) for finding in compare(both, EN, ES, frozenset(english))]
    assert any("greeting.yml" in one and "missing" in one for one in found)
    assert any("why differs" in one for one in found)
    assert any("{amount} is missing" in one for one in found)
    assert any("{date} is here alone" in one for one in found)
    assert any("options differ" in one for one in found)
    assert compare(both, EN, EN, frozenset(english)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Your pension comes on the first Wednesday of the month. It goes to your bank account. We send you a letter.",
        "To be called back you need to tell us your number. A person then calls you within two days of your wish.",
        "Eligibility determinations necessitate documentation. Contributions are apportioned according to legislation.",
    ],
)
def test_our_reading_level_is_that_of_the_known_formula(text: str) -> None:
    assert readability_grade(text) == pytest.approx(textstat.automated_readability_index(text), abs=0.1)


def test_hard_words_read_harder_than_easy_ones() -> None:
    easy = "You get your money on Monday. It goes to your bank."
    hard = "Eligibility determinations necessitate comprehensive supporting documentation regarding contributions."
    assert readability_grade(easy) < 3 < 12 < readability_grade(hard)
    assert readability_grade("") == 0.0
