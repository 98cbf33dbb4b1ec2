"""The words of the keypad line: complete in English, short enough, without marks of our own."""

from pathlib import Path

import pytest

import dialogues
from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.prompts import LanguageTexts, Prompt, Prompts
from ivr.errors import SettingsError
from ivr.telephony.script import PROMPTS
from ivr.telephony.wording import PromptWording
from ivr.vocabulary import Language
from tests.telephony.line_under_test import CALL

ENGLISH = Language("en")
ALL = load_prompts(Path(dialogues.__file__).parent / "prompts")
VALUES = {"number": "+ 1 5 5 5", "reference": "4 7 1 1", "hours": "on weekdays from eight to four"}


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_prompt_of_the_keypad_line_has_english_words(prompt: str) -> None:
    phrase = PromptWording(ALL, lambda _: ENGLISH).phrase(CALL, prompt, **VALUES)
    assert phrase.text
    assert "{" not in phrase.text
    assert " / " not in phrase.text
    assert phrase.language == "en-US"


def wording_of(text: str, language: str = "es") -> PromptWording:
    prompts = Prompts({Language(language): LanguageTexts({"hello": Prompt("hello", text)})})
    return PromptWording(prompts, lambda _: Language(language), lambda prompt, _: f"https://host.example/{prompt}.wav")


def test_marks_for_a_pause_are_not_read_out() -> None:
    assert wording_of("Hola. / Uno. // Dos y/o tres.").phrase(CALL, "hello").text == "Hola. Uno. Dos y/o tres."


def test_a_language_is_spoken_by_its_own_voice() -> None:
    assert wording_of("Hola.").phrase(CALL, "hello").language == "es-ES"


def test_a_recording_is_used_where_nothing_has_to_be_filled_in() -> None:
    wording = wording_of("Hola {name}.")
    assert wording.phrase(CALL, "hello", name="Ruth").audio_url == ""
    assert wording_of("Hola.").phrase(CALL, "hello").audio_url == "https://host.example/hello.wav"


def test_a_prompt_that_is_missing_is_an_error_and_not_silence() -> None:
    with pytest.raises(SettingsError):
        wording_of("Hola.").phrase(CALL, "good_bye")
