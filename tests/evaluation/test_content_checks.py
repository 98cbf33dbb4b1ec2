"""Each check finds the hole it is there for, in a small project of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ivr.conversation.prompts import Label, LanguageTexts, Option, Prompt, Prompts
from ivr.errors import SettingsError
from ivr.evaluation import content_checks
from ivr.evaluation.content_checks import Asked, Content
from ivr.vocabulary import Language

EN, ES = Language("en"), Language("es")
DOMAIN = """
responses:
  utter_ask_birth_date:
  - custom: {prompt: ask_birth_date, expect: date, slot: birth_date}
  utter_ask_case:
  - custom: {prompt: ask_case, expect: "digits:7"}
  utter_end:
  - custom: {do: end_task}
"""


def project(tmp_path: Path, *prompts: Prompt, intents: tuple[str, ...] = (), labels: tuple[str, ...] = ()) -> Content:
    """A project with a domain, these prompts, intents and names of matters."""
    for folder in ("dialogues/domain", "dialogues/words", "nlu/en"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "dialogues" / "domain" / "forms.yml").write_text(DOMAIN, encoding="utf-8")
    for intent in intents:
        (tmp_path / "nlu" / "en" / f"{intent}.yml").write_text("nlu: []", encoding="utf-8")
    matters = {name: Label(f"the {name}") for name in labels}
    texts = LanguageTexts({prompt.id: prompt for prompt in prompts}, {"matter": matters})
    return Content(tmp_path, Prompts({EN: texts}), (EN,), date(2026, 11, 24))


def told(found: object) -> str:
    return "\n".join(str(finding) for finding in found)  # type: ignore[attr-defined]


def test_rasas_questions_are_read_from_its_domain(tmp_path: Path) -> None:
    asked = content_checks.asked_by_rasa(project(tmp_path).root)
    assert asked == [Asked("ask_birth_date", "date", "forms.yml"), Asked("ask_case", "digits:7", "forms.yml")]


def test_a_prompt_that_rasa_names_and_nobody_wrote_is_found(tmp_path: Path) -> None:
    content = project(tmp_path, Prompt("ask_birth_date", "When?"))
    found = told(content_checks.prompts_are_complete(content))
    assert "en/ask_case.yml: rule 30" in found
    assert "en/ask_birth_date.yml" not in found
    assert "en/greeting.yml" in found


def test_a_language_that_lacks_a_prompt_is_found(tmp_path: Path) -> None:
    content = project(tmp_path, Prompt("greeting", "Hello."))
    both = Prompts({EN: LanguageTexts({"greeting": Prompt("greeting", "Hello.")}), ES: LanguageTexts()})
    found = told(content_checks.prompts_are_complete(Content(content.root, both, (EN, ES), content.today)))
    assert "es/greeting.yml: rule 30" in found


@pytest.mark.parametrize(
    ("asks", "length", "problem"),
    [("number", None, 'asks is "number"'), ("digits", 8, "length is 8, and 7 is expected"), ("digits", 7, "")],
)
def test_a_prompt_that_asks_for_something_else_than_its_slot_is_found(
    tmp_path: Path, asks: str, length: int | None, problem: str
) -> None:
    content = project(tmp_path, Prompt("ask_case", "Key it in.", asks=asks, length=length))
    found = told(content_checks.questions_fit_rasa(content))
    assert problem in found
    assert bool(problem) == bool(found)


def test_questions_without_answers_and_answers_without_questions_are_found(tmp_path: Path) -> None:
    content = project(tmp_path, Prompt("faq_a", "Yes."), Prompt("faq_b", "No."), intents=("faq_b", "faq_c"))
    found = told(content_checks.general_questions_have_answers(content))
    assert "en/faq/faq_c.yml: rule 7: the intent has no answer" in found
    assert "en/faq/faq_a.yml: rule 7: the answer cannot be asked for" in found
    assert "faq_b" not in found


def test_a_matter_without_a_name_is_found_unless_it_is_never_echoed(tmp_path: Path) -> None:
    content = project(tmp_path, intents=("payment_next", "call_back", "distress", "again"), labels=("call_back",))
    found = told(content_checks.matters_have_names(content))
    assert found == "en/labels.yml: rule 16: matter.payment_next is missing; name it"


def test_a_key_of_a_menu_that_leads_to_no_intent_is_found(tmp_path: Path) -> None:
    options = (Option("call_back", "1", "A"), Option("person", "2", "B"), Option("nowhere", "3", "C"))
    content = project(
        tmp_path, Prompt("menu_x", "Which?", options=options), intents=("call_back",), labels=("call_back",)
    )
    assert told(content_checks.matters_have_names(content)).count("no intent is called nowhere") == 1


def test_wishes_without_words_and_words_that_cannot_be_read_are_found(tmp_path: Path) -> None:
    content = project(tmp_path)
    assert "dialogues/words/en.yml: rule 7: person has no words" in told(content_checks.wishes_have_words(content))
    (tmp_path / "dialogues" / "words" / "en.yml").write_text("wishes: [", encoding="utf-8")
    assert "cannot be read" in told(content_checks.wishes_have_words(content))


def test_a_person_is_in_reach_from_every_phase(tmp_path: Path) -> None:
    assert list(content_checks.a_person_is_in_reach(project(tmp_path))) == []


def test_a_domain_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    content = project(tmp_path)
    (tmp_path / "dialogues" / "domain" / "forms.yml").write_text("responses: [", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"forms\.yml: cannot be read"):
        content_checks.prompts_are_complete(content)
