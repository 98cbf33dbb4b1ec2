"""The universal words in Spanish: tú, vos and usted, with accents and without, and never inside another matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.understanding.shortcuts import Shortcuts
from ivr.understanding.word_files import load_words
from ivr.vocabulary import Choice, Expected, Kind, Language

SPANISH, ENGLISH = Language("es"), Language("en")
WORDS = load_words(Path(__file__).parents[2] / "dialogues" / "words")
SHORTCUTS = Shortcuts(WORDS)


def expecting(kind: Kind, *choices: Choice) -> Expected:
    return Expected(kind, SPANISH, choices=choices)


MEANT = {
    "person": [
        "una persona", "¡Una persona, por favor!", "eh, ¿puedo hablar con una persona?", "páseme con un operador",
        "pasame con alguien", "comuníqueme con un asesor, señorita", "no quiero hablar con una máquina", "operadora",
        "¿me puede pasar con un agente por favor?", "quiero que me atienda una persona", "ayuda", "ayúdeme por favor",
        "prefiero hablar con alguien de verdad", "no, mejor páseme con una persona", "atención al cliente",
        "una persona una persona", "¿hay alguien con quien pueda hablar?", "quiero hablar con su jefe",
    ],
    "again": [
        "otra vez", "¿Puede repetir, por favor?", "repite", "¿cómo?", "mande", "perdón, ¿qué dijo?", "no le oí bien",
        "repitamelo", "¿me lo puede decir otra vez?", "vuelva a decirlo", "otra vez la fecha", "¿perdón?",
    ],
    "slower": [
        "más despacio", "mas despacio por favor", "hable más lento", "habla muy rápido", "no tan deprisa",
        "más despacito, mija", "va demasiado rápido para mí", "no me da tiempo a apuntar",
    ],
    "louder": [
        "más alto", "no le oigo", "no te escucho bien", "hable más fuerte", "suba el volumen", "estoy un poco sordo",
        "se oye muy bajito", "casi no se oye", "habla más duro por favor",
    ],
    "simpler": ["más fácil", "explíquemelo mejor", "con palabras sencillas por favor", "¿me lo puede decir más claro?"],
    "not_understood": [
        "no entiendo", "no le entiendo", "perdone, no comprendo", "¿qué quiere decir eso?", "no sé qué decir",
        "no entendí la pregunta",
    ],
    "back": ["atrás", "volver atrás por favor", "me equivoqué", "no, me equivoqué", "la pregunta anterior"],
    "why": ["¿por qué?", "por que", "¿y eso para qué?", "¿para qué lo necesita?", "¿por qué me pregunta eso?"],
    "wait": [
        "espere", "espera", "espérese tantito", "un momentito por favor", "deme un minuto", "no, espere",
        "voy por mis lentes", "tengo que buscar mis papeles", "ahorita vuelvo", "no cuelgue",
    ],
    "goodbye": ["adiós", "no, nada más, gracias", "eso es todo", "hasta luego", "chao", "que tenga un buen día"],
}  # fmt: skip
"""Wish -> what callers say for it at an open question."""

OTHER_MATTERS = [
    "una persona me robó la tarjeta", "me llamó alguien pidiendo mi pin", "me duele la espalda", "quiero una ayuda",
    "cuánto tengo que esperar", "por qué no me han pagado", "por qué cobré menos",
    "¿hay alguien ahí?", "necesito ayuda para el alquiler", "no entiendo la carta que me mandaron", "quiero jubilarme",
    "no me pagaron otra vez", "tengo que esperar", "por qué no", "mi marido no oye y necesita una pensión",
    "volver a mi país", "quiero volver a trabajar", "no quiero una persona", "ninguna persona", "hola", "sí", "no", "",
    "por favor", "la dirección de la oficina", "perdí mis papeles", "llámenme más tarde", "con mi marido",
    "claro que sí", "qué bueno", "mi número de persona está en la carta",
]  # fmt: skip


@pytest.mark.parametrize(("wish", "said"), [(wish, said) for wish, many in MEANT.items() for said in many])
def test_a_wish_is_found_in_what_callers_say(wish: str, said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.OPEN)) == wish


@pytest.mark.parametrize("said", OTHER_MATTERS)
def test_a_sentence_that_means_something_else_is_no_wish(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.OPEN)) is None


@pytest.mark.parametrize("kind", [Kind.DIGITS, Kind.PIN, Kind.DATE, Kind.AMOUNT])
@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("una persona por favor", "person"), ("quiero hablar con alguien", "person"), ("espere un momento", "wait"),
        ("déjeme buscar la carta", "wait"), ("repita por favor", "again"), ("¿por qué lo necesita?", "why"),
        ("más despacio", "slower"), ("no le oigo", "louder"), ("no entiendo", "not_understood"), ("atrás", "back"),
        ("adiós", "goodbye"),
    ],
)  # fmt: skip
def test_unmistakable_words_work_while_a_number_is_expected(kind: Kind, said: str, wish: str) -> None:
    assert SHORTCUTS.find(said, expecting(kind)) == wish


@pytest.mark.parametrize("said", ["qué", "perdón", "chao", "todavía no", "despacio", "uno", "dos", "eso es todo", "un"])
def test_doubtful_words_are_no_wish_while_a_number_is_expected(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.DIGITS)) is None
    assert SHORTCUTS.find(said, expecting(Kind.DATE)) is None


@pytest.mark.parametrize("kind", list(Kind))
def test_a_person_is_reached_by_word_in_every_kind_of_question(kind: Kind) -> None:
    assert SHORTCUTS.find("quiero hablar con una persona", expecting(kind)) == "person"


@pytest.mark.parametrize("said", ["sí necesito ayuda", "necesito ayuda", "alguien me ayuda", "eso estaba mal"])
def test_an_answer_to_a_yes_no_question_is_no_wish(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.YES_NO)) is None


def test_the_choices_of_a_question_come_before_the_universal_words() -> None:
    last = Choice("payment_last", "2", ("la anterior", "mi último pago"))
    assert SHORTCUTS.find("eh la anterior por favor", expecting(Kind.CHOICE, last)) is None
    assert SHORTCUTS.find("eh la anterior por favor", expecting(Kind.CHOICE)) == "back"


@pytest.mark.parametrize(
    "said", ["listo", "ya estoy", "ya lo tengo", "aquí está", "siga", "sí", "ya encontré mi carta"]
)
def test_a_caller_on_hold_says_when_the_papers_are_there(said: str) -> None:
    assert SHORTCUTS.find(said, expecting(Kind.ANY_KEY)) == "ready"
    assert SHORTCUTS.find(said, expecting(Kind.OPEN)) != "ready"


@pytest.mark.parametrize("wish", sorted(WORDS[ENGLISH].priority))
def test_every_wish_that_english_callers_have_is_there(wish: str) -> None:
    words = WORDS[SPANISH].wishes[wish]
    assert words.always or words.usual or words.holding
    assert WORDS[SPANISH].priority == WORDS[ENGLISH].priority


YES = ["sí", "si", "sí, claro", "claro que sí", "así es", "está bien", "correcto", "sí lo tengo", "vale", "uno", "ajá"]
NO = ["no", "no, gracias", "claro que no", "no es correcto", "todavía no", "no lo tengo", "eso está mal", "dos", "nel"]
NEITHER = ["sí y no", "no sí", "a lo mejor", "sí pero cambió mi número", "uno dos", "el martes", "", "no sé dónde"]


@pytest.mark.parametrize(("said", "answer"), [*((s, "yes") for s in YES), *((s, "no") for s in NO)])
def test_yes_and_no_are_known_in_many_words(said: str, answer: str) -> None:
    assert SHORTCUTS.yes_or_no(said, SPANISH) == answer


@pytest.mark.parametrize("said", NEITHER)
def test_what_says_both_or_neither_is_no_answer(said: str) -> None:
    assert SHORTCUTS.yes_or_no(said, SPANISH) is None


@given(st.text(alphabet="aáeéiíoóuúüñnrslt ¿?¡!{}</>0", max_size=80), st.sampled_from(list(Kind)))
def test_no_text_makes_it_fail(text: str, kind: Kind) -> None:
    found = SHORTCUTS.find(text, expecting(kind))
    assert found is None or found in WORDS[SPANISH].priority


@given(st.lists(st.sampled_from([" ".join(tokens) for tokens in WORDS[SPANISH].fillers]), max_size=2))
def test_politeness_around_a_wish_changes_nothing(around: list[str]) -> None:
    assert SHORTCUTS.find(f"{' '.join(around)} más despacio por favor", expecting(Kind.OPEN)) == "slower"
