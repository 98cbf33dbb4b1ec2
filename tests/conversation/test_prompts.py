"""Prompts are filled whole or not at all, and a broken file is refused with its name and key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ivr.conversation.prompt_files import load_prompts, parse_prompt
from ivr.conversation.prompts import Label, LanguageTexts, Prompt, Prompts
from ivr.errors import SettingsError
from ivr.vocabulary import Language

EN = Language("en")
MENU = """
text: "What about? There are two choices."
keys: "Please use a key."
asks: choice
options:
  - {value: next, key: "1", say: "The next one", words: [Next, the next one]}
  - {value: last, key: "2", say: "The last one"}
"""


def prompts_of(folder: Path, files: dict[str, str], constants: dict[str, str] | None = None) -> Prompts:
    """Prompts from files written for one test."""
    base = {
        "option_press.yml": 'text: "{option}, press {key}."',
        "labels.yml": 'key: {"1": "one", "2": "two"}\nbenefit: {child: {say: "Child benefit", words: [kids]}}\n'
        'constant: {agency: "the Office"}',
    }
    for name, text in {**base, **files}.items():
        path = folder / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_prompts(folder, constants)


def test_gaps_are_filled_with_finished_words(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"paid.yml": 'text: "Your {benefit} comes on {date}."'})
    values = {"benefit": "pension", "date": "Wednesday the third of December", "unused": "x"}
    assert prompts.words("paid", EN, "text", values) == "Your pension comes on Wednesday the third of December."


def test_a_missing_value_raises_instead_of_half_a_sentence(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"paid.yml": 'text: "Your {benefit} comes on {date}."'})
    with pytest.raises(SettingsError, match=r"prompt paid \(en, text\): no value for date"):
        prompts.words("paid", EN, "text", {"benefit": "pension"})
    with pytest.raises(SettingsError, match="no value for date"):
        prompts.words("paid", EN, "text", {"benefit": "pension", "date": ""})


def test_a_gap_that_is_a_sentence_of_its_own_may_be_empty(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"late.yml": 'text: "It is late. {next_step} Once more: {amount}."'})
    assert (
        prompts.words("late", EN, "text", {"next_step": "", "amount": "ten euros"})
        == "It is late. Once more: ten euros."
    )


def test_a_value_with_braces_is_no_gap(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"say.yml": 'text: "I heard {value}."'})
    assert prompts.words("say", EN, "text", {"value": "{agency}"}) == "I heard {agency}."


def test_a_form_that_is_absent_is_said_in_the_text(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"ask.yml": 'text: "How old are you?"\nshorter: "Your age?"'})
    assert prompts.words("ask", EN, "shorter") == "Your age?"
    assert prompts.words("ask", EN, "simpler") == "How old are you?"
    assert prompts.has("ask", "shorter")
    assert not prompts.has("ask", "simpler")
    assert not prompts.has("nothing")


def test_options_stand_behind_the_question_with_a_pause_between_them(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"menu.yml": MENU})
    spoken = "The next one, press one. // The last one, press two."
    assert prompts.words("menu", EN) == f"What about? There are two choices. {spoken}"
    assert prompts.words("menu", EN, "keys") == f"Please use a key. {spoken}"


def test_options_can_be_kept_for_some_forms(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"menu.yml": MENU + "options_in: [keys]\n"})
    assert prompts.words("menu", EN) == "What about? There are two choices."
    assert prompts.words("menu", EN, "keys").endswith("press two.")


def test_a_reason_is_said_without_the_options(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"menu.yml": MENU + 'why: "So that I find it."\n'})
    assert prompts.words("menu", EN, "why") == "So that I find it."


def test_choices_are_known_by_what_is_said_and_by_their_words(tmp_path: Path) -> None:
    first, last = prompts_of(tmp_path, {"menu.yml": MENU}).choices("menu", EN)
    assert (first.value, first.key, first.words) == ("next", "1", ("the next one", "next"))
    assert last.words == ("the last one",)


def test_labels_name_values(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {})
    assert prompts.label("benefit", "child", EN) == "Child benefit"
    assert prompts.label_words("benefit", "child", EN) == ("child benefit", "kids")
    with pytest.raises(SettingsError, match="benefit has no pension"):
        prompts.label("benefit", "pension", EN)


def test_constants_fill_every_prompt_and_the_settings_win(tmp_path: Path) -> None:
    files = {"hello.yml": 'text: "This is {agency}."'}
    assert prompts_of(tmp_path, files).words("hello", EN) == "This is the Office."
    assert prompts_of(tmp_path, files, {"agency": "Arland"}).words("hello", EN) == "This is Arland."
    assert prompts_of(tmp_path, files, {"agency": "Arland"}).words("hello", EN, "text", {"agency": "X"}) == "This is X."


def test_an_unknown_prompt_or_language_names_what_is_missing(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {})
    with pytest.raises(SettingsError, match=r"no prompt nothing; write nothing\.yml"):
        prompts.words("nothing", EN)
    with pytest.raises(SettingsError, match="no language fr; it has en"):
        prompts.words("option_press", Language("fr"))


def test_an_approved_version_lies_over_the_file(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"hours.yml": 'text: "We open at eight."'})
    newer = Prompt("hours", "{agency} opens at nine.", version=2)
    assert prompts.overlaid([(EN, newer)]).words("hours", EN) == "the Office opens at nine."
    assert prompts.words("hours", EN) == "We open at eight."


def test_an_approved_version_cannot_ask_for_values_nobody_has(tmp_path: Path) -> None:
    prompts = prompts_of(tmp_path, {"hours.yml": 'text: "We open at eight."'})
    with pytest.raises(SettingsError, match=r"nobody fills \{amount\}"):
        prompts.overlaid([(EN, Prompt("hours", "You get {amount}."))])
    with pytest.raises(SettingsError, match="no prompt other"):
        prompts.overlaid([(EN, Prompt("other", "Hello."))])


def test_texts_can_be_handed_in_without_files() -> None:
    texts = {EN: LanguageTexts({"hi": Prompt("hi", "Hello.")}, {"key": {"1": Label("one")}})}
    assert Prompts(texts).words("hi", EN) == "Hello."


def test_an_answers_dates_and_owner_are_read(tmp_path: Path) -> None:
    text = 'text: "Yes."\nowner: desk\nversion: 3\nvalid_from: 2026-10-01\nreview_by: 2027-10-01'
    prompt = prompts_of(tmp_path, {"faq/faq_x.yml": text}).prompt("faq_x", EN)
    assert (prompt.owner, prompt.version, prompt.valid_from) == ("desk", 3, date(2026, 10, 1))
    assert prompt.file == "en/faq/faq_x.yml"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("shorter: x", "text is missing"),
        ("text: yes", "text is True; expected text in quotes"),
        ('text: "{Amount} is due."', r"text has a lone \{"),
        ('text: "a"\ntext: "b"', "text appears twice"),
        ('text: "a"\nshort: "b"', "short is no key of ours"),
        ('text: "a"\nversion: 0', "version is 0; expected a whole number"),
        ('text: "a"\nversion: true', "version is True"),
        ('text: "a"\nvalid_from: soon', "valid_from is 'soon'; expected a date"),
        ('text: "a"\nasks: numbers', "asks is 'numbers'; expected one of yes_no"),
        ('text: "a"\noptions: [{value: a, key: "5", say: b}]', r"options\[0\]: key is '5'"),
        ('text: "a"\noptions: [{value: a, key: "1"}]', r"options\[0\]: say is missing"),
        ('text: "a"\noptions: [{value: a, key: "1", say: b, words: [no]}]', "put yes and no in quotes"),
        (
            'text: "a"\noptions: [{value: a, key: "1", say: b}, {value: b, key: "1", say: c}]',
            "options: two have the same key",
        ),
        ('text: "a"\noptions_in: [why]', "options_in has why"),
        ("- a", "expected keys and values"),
        ("text: [", "cannot be read"),
    ],
)
def test_a_broken_prompt_is_refused_with_file_and_key(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint) as refused:
        prompts_of(tmp_path, {"broken.yml": text})
    assert "broken.yml" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("key: one", "labels.yml: key: expected value"),
        ("yes_no: {yes: a}", "put yes, no and digits in quotes"),
        ('benefit: {child: {words: ["a"]}}', r"benefit\.child: say is missing"),
        ("benefit: {child: 3}", r"benefit\.child: say is 3"),
    ],
)
def test_broken_labels_are_refused_with_group_and_value(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        prompts_of(tmp_path, {"labels.yml": text})


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"en/b/hi\.yml: en/a/hi\.yml has the same name"):
        prompts_of(tmp_path, {"a/hi.yml": 'text: "a"', "b/hi.yml": 'text: "b"'})


def test_a_name_with_capitals_is_refused() -> None:
    with pytest.raises(SettingsError, match="small letters"):
        parse_prompt("Hello", {"text": "Hello."}, "en/Hello.yml")


def test_a_folder_without_languages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="expected a folder for each language"):
        load_prompts(tmp_path / "none")
