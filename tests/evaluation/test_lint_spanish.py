"""The lint's Spanish: each rule that hangs on words finds what it is there for, and lets good words pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import textstat

from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.prompts import Option, Prompt
from ivr.evaluation.lint_words import SPANISH
from ivr.evaluation.prompt_lint import lint_prompt
from ivr.evaluation.reading_level import spanish_difficulty, spanish_syllables
from ivr.vocabulary import Language

ES = Language("es")
TODAY = date(2026, 11, 24)
REAL = load_prompts(Path(__file__).parents[2] / "dialogues" / "prompts")
STAR = "Para una persona, pulse asterisco dos veces."
NUMBER = Prompt(
    "ask_number",
    f"Marque su número. Tiene ocho cifras. {STAR}",
    shorter=f"Las ocho cifras, por favor. {STAR}",
    keys=f"Use las teclas para las ocho cifras. {STAR}",
    why="Así encuentro su expediente.",
    asks="digits",
    length=8,
    file="es/x.yml",
)
YES_NO = Prompt(
    "ask_x",
    "¿Trabaja usted? Sí es uno, no es dos.",
    shorter="¿Trabaja, sí o no?",
    keys="Si trabaja, pulse uno. Si no, pulse dos.",
    why="Eso cuenta.",
    asks="yes_no",
    file="es/x.yml",
)
SAID = Prompt("x", "Su dinero llega pronto.", file="es/x.yml")
THREE = tuple(Option(f"matter_{key}", key, f"Cosa {name}") for key, name in zip("123", "abc", strict=True))


def rules(prompt: Prompt) -> set[str]:
    return {finding.rule for finding in lint_prompt(prompt, SPANISH, TODAY)}


@pytest.mark.parametrize("prompt", [NUMBER, YES_NO, SAID], ids=lambda one: one.id)
def test_a_good_prompt_has_no_finding(prompt: Prompt) -> None:
    assert lint_prompt(prompt, SPANISH, TODAY) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Pulse cero para hablar.", "6"),
        ("Pulse asterisco dos veces para hablar.", "6"),
        ("Su respuesta es incorrecta.", "17"),
        ("Usted debe repetir.", "17"),
        ("Se ha equivocado.", "17"),
        ("Mañana llega su dinero.", "18"),
        ("Llega la próxima semana.", "18"),
        ("Recibe 30 euros.", "19"),
        ("Hable con el Sr. Ruiz.", "22"),
        ("Traiga el papel del INSS.", "22"),
        ("Mire en nuestra página web.", "22"),
        ("Lo dice el artículo cinco.", "22"),
        ("Es por la correspondiente administración.", "22"),
        ("Su carta llega a su casa en unos días y dice todo.", "27"),
        ("Llega el lunes", "10"),
    ],
)
def test_each_rule_finds_its_words(text: str, rule: str) -> None:
    assert rule in rules(replace(SAID, text=text))


@pytest.mark.parametrize(
    "text",
    [
        "Abrimos a las ocho de la mañana.",
        "Le llamamos por la mañana.",
        "No. Todavía no hay fecha.",
        "Para una persona, pulse cero.",
        "No hace falta que haga nada.",
    ],
)
def test_words_that_only_look_alike_are_no_findings(text: str) -> None:
    assert rules(replace(SAID, text=text)) == set()


def test_a_number_question_leads_to_a_person_and_says_its_digits() -> None:
    assert "14" in rules(replace(NUMBER, shorter="Las ocho cifras, por favor."))
    assert "14" in rules(replace(NUMBER, shorter=f"Las siete cifras, por favor. {STAR}"))
    assert "14" in rules(replace(NUMBER, text=f"Marque su número. {STAR}"))


def test_yes_and_no_have_their_keys() -> None:
    assert "15" in rules(replace(YES_NO, text="¿Trabaja usted?"))


def test_the_number_of_options_is_said() -> None:
    choice = replace(YES_NO, asks="choice", text="¿Cuál?", shorter="¿Cuál es?", keys="¿Qué tecla?", options=THREE)
    assert "5" in rules(choice)
    said = replace(choice, text="Elija una de tres.", shorter="Una de tres.", keys="Con las teclas, una de tres.")
    assert "5" not in rules(said)


def test_the_greeting_says_that_it_is_an_automatic_assistant_and_teaches_zero_alone() -> None:
    greeting = REAL.prompt("greeting", ES)
    assert lint_prompt(greeting, SPANISH, TODAY) == []
    for word in ("asistente automático", "cero", "persona"):
        assert "1" in rules(replace(greeting, text=greeting.text.replace(word, "algo")))
    assert "28" in rules(replace(greeting, text=f"{greeting.text} Pulse asterisco."))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pensión", 2),
        ("día", 2),
        ("cuenta", 2),
        ("leer", 2),
        ("que", 1),
        ("guitarra", 3),
        ("pingüino", 3),
        ("ley", 1),
        ("yo", 1),
        ("discapacidad", 5),
        ("oír", 2),
        ("veintiún", 2),
        ("y", 1),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


HARD = "La presente resolución administrativa determinará la procedencia del reconocimiento solicitado anteriormente."
EASY = "Su dinero llega el lunes. Va a su banco. No haga nada."


def test_a_harder_text_has_a_higher_figure_and_the_order_is_that_of_textstat() -> None:
    textstat.set_lang("es")
    try:
        published = [100 - float(textstat.fernandez_huerta(text)) for text in (EASY, HARD)]
    finally:
        textstat.set_lang("en")
    ours = [spanish_difficulty(text) for text in (EASY, HARD)]
    assert ours[0] < SPANISH.grade_at_most < ours[1]
    assert published[0] < SPANISH.grade_at_most < published[1]
    assert spanish_difficulty("") == 0
