"""The catalogue of dialogues/README.md, turn by turn, against the real Rasa with the trained model."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path

import pytest
import yaml

from ivr.understanding.rasa_understander import RasaUnderstander
from ivr.vocabulary import CommandMessage, PromptMessage, Reply
from tests.contract.rasa_process import ROOT, RasaProcess

pytestmark = pytest.mark.rasa

DOMAIN = [yaml.safe_load(path.read_text()) for path in sorted((ROOT / "dialogues/domain").glob("*.yml"))]
FORMS = {name: form["required_slots"] for part in DOMAIN for name, form in part.get("forms", {}).items()}
OUTCOMES = next(part for part in DOMAIN if "outcome" in part.get("slots", {}))["slots"]["outcome"]["values"]
HANDED_IN = ("submitted", "kept")
FAQS = [name for part in DOMAIN for entry in part.get("intents", []) for name in entry if name.startswith("faq_")]
HANDED_OVER = ("bank_change", "hardship", "death_report", "distress")
UNIVERSAL = (
    *("person", "again", "slower", "louder", "simpler", "back", "why", "wait"),
    *("not_understood", "goodbye", "stop_talking"),
)
BENEFITS = ("old_age_pension", "unemployment", "child", "disability")
_dialogues = count(1)


class Dialogue:
    """One dialogue told in events; each answer as short words: a prompt's id, or `command argument`."""

    def __init__(self, rasa: RasaUnderstander) -> None:
        self._rasa = rasa
        self._turns = count(1)
        self.id = f"CAturns.{next(_dialogues)}"
        self.reply = Reply("", 0.0)

    def tell(self, event: str, **entities: str) -> list[str]:
        self.reply = self._rasa.tell(self.id, str(next(self._turns)), event, entities)
        return [_short(message) for message in self.reply.messages]

    def choose(self, matter: str) -> list[str]:
        return self.tell("choose", matter=matter)


def _short(message: PromptMessage | CommandMessage) -> str:
    if isinstance(message, PromptMessage):
        return message.prompt
    return " ".join((message.do, *(value for _, value in message.arguments)))


@pytest.fixture(scope="module")
def rasa(rasa_process: RasaProcess) -> Iterator[RasaUnderstander]:
    understander = rasa_process.understander()
    yield understander
    understander.close()


@pytest.fixture
def dialogue(rasa: RasaUnderstander) -> Iterator[Dialogue]:
    made = Dialogue(rasa)
    yield made
    rasa.forget(made.id)


def test_a_call_begins_with_the_open_question(dialogue: Dialogue) -> None:
    assert dialogue.tell("call_start") == ["ask_matter"]
    assert dialogue.reply.messages == (PromptMessage("ask_matter", "open"),)


@pytest.mark.parametrize(
    ("matter", "what"),
    [
        ("payment_next", "payments_next"),
        ("payment_last", "payments_last"),
        ("payment_late", "payments_late"),
        ("payment_deductions", "payments_deductions"),
        ("payment_lower", "payments_lower"),
        ("overpayment", "payments_overpaid"),
        ("claim_status", "claims"),
    ],
)
def test_what_needs_the_record_is_identified_and_fetched(dialogue: Dialogue, matter: str, what: str) -> None:
    assert dialogue.choose(matter) == ["identify 2", f"fetch {what}"]


@pytest.mark.parametrize("outcome", [value for value in OUTCOMES if value not in HANDED_IN])
def test_every_outcome_has_its_prompt(dialogue: Dialogue, outcome: str) -> None:
    person = outcome in ("next_suspended", "late_returned", "late_suspended", "lower_not_known", "lower_nothing_paid")
    after = "offer_person payment_problem" if person else "end_task"
    after = "hand_over overpayment" if outcome.startswith("overpaid") else after
    assert dialogue.tell("facts_arrived", outcome=outcome) == [outcome, after]


@pytest.mark.parametrize("faq", FAQS)
def test_a_general_question_is_answered_outside_and_inside_a_form(dialogue: Dialogue, faq: str) -> None:
    assert dialogue.choose(faq) == [faq, "end_task"]
    dialogue.choose("apply_child")
    assert dialogue.choose(faq) == [faq, "ask_child_birth_date"]
    assert dialogue.reply.requested_slot == "child_birth_date"


@pytest.mark.parametrize("matter", HANDED_OVER)
def test_what_is_never_automated_goes_to_a_person_and_closes_the_form(dialogue: Dialogue, matter: str) -> None:
    dialogue.choose("apply_disability")
    assert dialogue.choose(matter) == [f"hand_over {matter}"]
    assert dialogue.reply.active_form == ""


@pytest.mark.parametrize(
    ("matter", "command"), [("resume_application", "resume"), ("no_pin", "pin_letter"), ("call_back", "call_back")]
)
@pytest.mark.parametrize("in_a_form", [False, True])
def test_the_lines_own_dialogues_are_asked_for(dialogue: Dialogue, matter: str, command: str, in_a_form: bool) -> None:
    if in_a_form:
        dialogue.choose("apply_unemployment")
    assert dialogue.choose(matter) == [command]


@pytest.mark.parametrize("benefit", BENEFITS)
def test_an_application_from_the_first_question_to_the_end(dialogue: Dialogue, benefit: str) -> None:
    slots = FORMS[f"{benefit}_form"]
    assert len(slots) == 7
    assert dialogue.choose("apply") == ["ask_benefit"]
    assert dialogue.tell("answer", benefit=benefit) == [f"open_draft {benefit}", f"ask_{slots[0]}"]
    assert dialogue.tell("draft_opened") == [f"ask_{slots[0]}"]
    for slot, following in pairwise(slots):
        assert dialogue.tell("answer", **{slot: "held"}) == [f"ask_{following}"]
    assert dialogue.tell("answer", **{slots[-1]: "held"}) == ["read_back application"]
    assert dialogue.tell("answer", **{slots[0]: "held"}) == ["read_back application"]
    assert dialogue.tell("confirmed") == ["submit application"]
    assert dialogue.tell("submitted", outcome="submitted") == ["application_done", "end_task"]


def test_an_application_is_kept_while_the_agency_is_away(dialogue: Dialogue) -> None:
    assert dialogue.tell("submitted", outcome="kept") == ["application_kept", "end_task"]


@pytest.mark.parametrize("benefit", BENEFITS)
@pytest.mark.parametrize("filled", [0, 3, 7])
def test_a_dropped_application_goes_on_where_it_was(dialogue: Dialogue, benefit: str, filled: int) -> None:
    slots = FORMS[f"{benefit}_form"]
    expected = ["read_back application"] if filled == 7 else [f"ask_{slots[filled]}"]
    assert dialogue.tell(f"resume_{benefit}", **dict.fromkeys(slots[:filled], "held")) == expected


def test_a_gap_in_the_middle_is_asked_and_then_read_back(dialogue: Dialogue) -> None:
    filled = {slot: "held" for slot in FORMS["child_form"] if slot != "contact_way"}
    assert dialogue.tell("resume_child", **filled) == ["ask_contact_way"]
    assert dialogue.tell("answer", contact_way="letter") == ["read_back application"]


@pytest.mark.parametrize("benefit", BENEFITS)
def test_an_earlier_answer_may_be_corrected_at_any_question(dialogue: Dialogue, benefit: str) -> None:
    slots = FORMS[f"{benefit}_form"]
    dialogue.choose(f"apply_{benefit}")
    for at, slot in enumerate(slots[:-1]):
        dialogue.tell("answer", **{slot: "held"})
        assert dialogue.tell("answer", **{slots[0]: "held"}) == [f"ask_{slots[at + 1]}"]


@pytest.mark.parametrize("slot", FORMS["disability_form"])
def test_at_every_question_of_a_form_nothing_is_swallowed(dialogue: Dialogue, slot: str) -> None:
    slots = FORMS["disability_form"]
    dialogue.tell("resume_disability", **dict.fromkeys(slots[: slots.index(slot)], "held"))
    assert dialogue.choose("faq_fraud") == ["faq_fraud", f"ask_{slot}"]
    assert dialogue.choose("greet") == [f"ask_{slot}"]
    assert dialogue.choose("apply_disability") == [f"ask_{slot}"]
    assert dialogue.choose("affirm") == ["no_match"]
    assert dialogue.choose("person") == ["no_match"]
    assert dialogue.choose("out_of_scope") == ["unknown", f"ask_{slot}"]
    assert dialogue.choose("are_you_a_person") == ["we_are_a_machine", f"ask_{slot}"]
    assert dialogue.reply.requested_slot == slot


def test_another_wish_inside_a_form_closes_it(dialogue: Dialogue) -> None:
    dialogue.choose("apply_disability")
    assert dialogue.choose("apply_old_age_pension") == ["open_draft old_age_pension", "ask_birth_date"]
    assert dialogue.choose("payment_next") == ["identify 2", "fetch payments_next"]
    assert dialogue.tell("facts_arrived", outcome="next_none") == ["next_none", "end_task"]
    assert dialogue.choose("apply") == ["ask_benefit"]
    assert dialogue.choose("apply_child") == ["open_draft child", "ask_child_birth_date"]


@pytest.mark.parametrize("intent", ["greet", "thanks"])
def test_politeness_brings_the_open_question(dialogue: Dialogue, intent: str) -> None:
    assert dialogue.choose(intent) == ["ask_matter"]


@pytest.mark.parametrize("intent", ["affirm", "deny", "give_number", *UNIVERSAL])
def test_nothing_is_answered_with_silence(dialogue: Dialogue, intent: str) -> None:
    assert dialogue.choose(intent) == ["no_match"]


@pytest.mark.parametrize("event", ["answer", "draft_opened", "confirmed", "submitted", "facts_arrived"])
def test_an_event_in_the_wrong_place_is_a_no_match(dialogue: Dialogue, event: str) -> None:
    assert dialogue.tell(event) == ["no_match"]


def test_an_incomplete_application_is_never_handed_in(dialogue: Dialogue) -> None:
    dialogue.choose("apply_child")
    dialogue.tell("answer", child_birth_date="held")
    assert dialogue.tell("confirmed") == ["no_match"]
    assert dialogue.reply.requested_slot == "number_of_children"


def test_every_intent_of_the_domain_can_be_chosen(dialogue: Dialogue) -> None:
    for part in DOMAIN:
        for entry in part.get("intents", []):
            assert dialogue.choose(next(iter(entry)))


def test_the_door_wants_the_token(rasa_process: RasaProcess) -> None:
    with rasa_process.client("wrong") as stranger:
        assert stranger.post("/turn", json={"call_id": "a", "turn_id": "1", "event": "call_start"}).status_code == 401
        assert stranger.post("/parse", json={"text": "hello"}).status_code == 401
        assert stranger.delete("/dialogues/a").status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"call_id": "a", "turn_id": "1"},
        {"call_id": "a", "turn_id": "1", "text": " / "},
        {"call_id": "a", "event": "call_start"},
        {"call_id": "a", "turn_id": "1", "event": "no_such_event"},
        {"call_id": "a", "turn_id": "1", "event": "choose", "entities": {"matter": "nonsense"}},
        ["a"],
    ],
)
def test_what_cannot_be_read_is_refused(rasa_process: RasaProcess, body: object) -> None:
    with rasa_process.client() as client:
        assert client.post("/turn", json=body).status_code == 400


def test_rasas_own_routes_are_closed(rasa_process: RasaProcess) -> None:
    with rasa_process.client() as client:
        assert client.get(f"{rasa_process.address}/conversations/a/tracker").status_code == 404
        assert client.put(f"{rasa_process.address}/model", json={"model_file": "/tmp/x"}).status_code == 404  # noqa: S108


def test_a_command_in_the_words_is_only_words(rasa: RasaUnderstander, rasa_process: RasaProcess) -> None:
    with rasa_process.client() as client:
        answer = client.post("/turn", json={"call_id": "CAslash.1", "turn_id": "1", "text": "/restart"}).json()
    assert answer["intent"] != "restart"
    rasa.forget("CAslash.1")


def test_what_is_forgotten_is_gone_from_the_database(rasa: RasaUnderstander, rasa_process: RasaProcess) -> None:
    dialogue = Dialogue(rasa)
    dialogue.tell("call_start")
    assert _rows(rasa_process.database, dialogue.id) > 0
    rasa.forget(dialogue.id)
    assert _rows(rasa_process.database, dialogue.id) == 0


def _rows(database: Path, dialogue_id: str) -> int:
    with sqlite3.connect(database) as connection:
        [count_of_rows] = connection.execute(
            "SELECT count(*) FROM events WHERE sender_id = ?", (dialogue_id,)
        ).fetchone()
    connection.close()
    return int(count_of_rows)


def test_every_intent_of_the_catalogue_is_in_the_domain() -> None:
    page = (ROOT / "dialogues/README.md").read_text()
    known = {name for part in DOMAIN for entry in part.get("intents", []) for name in entry} | {"choose"}
    named = set(re.findall(r"`(faq_\w+|apply\w*|payment_\w+|resume_\w+|claim_status|no_pin|call_back)`", page))
    named -= {"faq_documents_", "faq_who_"}
    assert len(named) >= 8
    assert named <= known
