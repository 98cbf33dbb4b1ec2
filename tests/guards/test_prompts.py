"""What is said, what asks for it and what understands the answer fit together, as they lie in dialogues/."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ivr.conversation import answers, results
from ivr.conversation.outcome import Outcome
from ivr.conversation.prompt_files import load_prompts
from ivr.conversation.prompt_ids import PROMPTS_USED
from ivr.conversation.prompts import CONSTANTS, FORMS
from ivr.conversation.said import pieces
from ivr.conversation.tasks.all_tasks import PROMPTS as TASK_PROMPTS
from ivr.conversation.values import Wording, answer_value
from ivr.evaluation import content_checks
from ivr.evaluation.content_checks import Content
from ivr.evaluation.prompt_lint import compare
from ivr.evaluation.prompt_rules import STATEMENT_WORDS
from ivr.records import Claim, Deduction, Overpayment, Payment, Payments
from ivr.telephony.script import PROMPTS as TELEPHONY_PROMPTS
from ivr.understanding.shortcuts import Shortcuts
from ivr.understanding.word_files import load_words
from ivr.vocabulary import Choice, Expected, Kind, Language

ROOT = Path(__file__).parents[2]
EN, ES = Language("en"), Language("es")
LANGUAGES = (EN, ES)
"""Every language that the project speaks: a line may offer fewer."""
PROMPTS = load_prompts(ROOT / "dialogues" / "prompts")
SHORTCUTS = Shortcuts(load_words(ROOT / "dialogues" / "words"))
CONTENT = Content(ROOT, PROMPTS, LANGUAGES, date(2026, 11, 24))
FILLED_EVERYWHERE = set(PROMPTS.groups(EN)[CONSTANTS])

NOT_YET_SAID = {
    "offer_call_back", "person_wait", "draft_reference_again",
    "closed_now", "say_again_after_barge", "calm", "teach_hold", "still_here", "please_hold",
}  # fmt: skip
"""Prompts that wait for their dialogue. The list only shrinks."""


@pytest.mark.parametrize(
    "check",
    [
        content_checks.prompts_are_fit,
        content_checks.prompts_are_complete,
        content_checks.questions_fit_rasa,
        content_checks.general_questions_have_answers,
        content_checks.matters_have_names,
        content_checks.wishes_have_words,
        content_checks.a_person_is_in_reach,
    ],
    ids=lambda check: check.__name__,
)
def test_the_content_passes_each_check(check: Any) -> None:
    assert [str(finding) for finding in check(CONTENT)] == []


def test_each_language_has_the_same_prompts_with_the_same_words_of_its_own() -> None:
    for language in LANGUAGES[1:]:
        assert PROMPTS.ids(language) == PROMPTS.ids(EN)
        every = frozenset(PROMPTS.ids(EN))
        assert [str(finding) for finding in compare(PROMPTS, EN, language, every)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_telephony_speaks_each_language(language: Language) -> None:
    assert set(TELEPHONY_PROMPTS) - PROMPTS.ids(language) == set()


def test_at_least_twenty_two_general_questions_have_an_approved_answer() -> None:
    assert sum(one.startswith("faq_") for one in PROMPTS.ids(EN)) >= 22


# --- the conversation's own code


def calls_of_conversation() -> Iterator[tuple[str, ast.Call]]:
    """Each call in ivr/conversation by the name of what is called."""
    for path in sorted((ROOT / "ivr" / "conversation").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def first_text(call: ast.Call) -> str:
    """A call's first argument where it is a literal."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


SAID = [
    (first_text(call), call) for name, call in calls_of_conversation() if name in ("say", "remark") and first_text(call)
]
ASKED = [(first_text(call), call) for name, call in calls_of_conversation() if name == "Question" and first_text(call)]


def test_every_prompt_that_the_code_names_stands_in_the_list_of_prompts_used() -> None:
    assert {prompt for prompt, _ in (*SAID, *ASKED)} - {*PROMPTS_USED, *TASK_PROMPTS} == set()
    assert len(SAID) > 30
    assert len(ASKED) > 15


def test_every_prompt_is_said_by_somebody_or_waits_for_its_dialogue() -> None:
    said = content_checks.wanted(ROOT)
    found_by_likeness = {one for one in PROMPTS.ids(EN) if PROMPTS.prompt(one, EN).asked_as}
    assert PROMPTS.ids(EN) - said - found_by_likeness == NOT_YET_SAID
    assert said & NOT_YET_SAID == set()


@pytest.mark.parametrize(("prompt", "call"), SAID, ids=lambda one: one if isinstance(one, str) else "")
def test_the_code_hands_each_prompt_all_its_values(prompt: str, call: ast.Call) -> None:
    handed = {keyword.arg for keyword in call.keywords}
    assert PROMPTS.prompt(prompt, EN).gaps - FILLED_EVERYWHERE - handed == set()


@pytest.mark.parametrize(("prompt", "call"), ASKED, ids=lambda one: one if isinstance(one, str) else "")
def test_the_code_expects_what_the_prompt_asks_for(prompt: str, call: ast.Call) -> None:
    expect = call.args[1]
    assert isinstance(expect, ast.Constant)
    kind, _, length = str(expect.value).partition(":")
    asked = PROMPTS.prompt(prompt, EN)
    assert (asked.asks, str(asked.length or "")) == (kind, length)


# --- what the record holds can be said


def payments() -> Iterator[Payment]:
    """Payments of every benefit, state, reason, next step and channel."""
    due = date(2026, 12, 2)
    groups = PROMPTS.groups(EN)
    everything = product(("paid", "late", "returned", "suspended"), groups["reason"], groups["next_step"], (None, due))
    for (state, reason, next_step, expected), benefit in zip(everything, 99 * list(groups["benefit"]), strict=False):
        channel = "post_office" if expected else "bank"
        reason = "" if reason == "not_known" else reason
        yield Payment(benefit, 31240, due, state, reason, next_step, expected, channel, "agency:x")


def payment_outcomes() -> Iterator[Outcome]:
    """Everything that can be taken off, lower than before, or paid too much."""
    groups, due, before = PROMPTS.groups(EN), date(2026, 11, 3), date(2026, 10, 5)
    tell = results.OUTCOMES
    for change in ("", *(set(groups["change"]) - {"not_known"})):
        taken = tuple(Deduction(reason, 9_095) for reason in groups["deduction"])
        now = Payment("child", 31_240, due, "paid", deductions=taken, change=change)
        more = Payment("child", 41_240, before, "paid")
        yield tell["payments_lower"](Payments((), (now, more), ()))
        yield tell["payments_deductions"](Payments((), (now, more), ()))
        pension = Payment("old_age_pension", 88_995, due, "paid", deductions=taken[:1])
        yield tell["payments_deductions"](Payments((), (now, pension), ()))
        yield results.payments_last(Payments((), (now, pension), ()))
    yield tell["payments_lower"](Payments((), (more,), ()))
    yield tell["payments_lower"](Payments((), (), ()))
    yield tell["payments_deductions"](Payments((), (more,), ()))
    yield tell["payments_overpaid"](Payments((), (), ()))
    for reason in groups["overpaid"]:
        yield tell["payments_overpaid"](Payments((), (), (), (Overpayment("child", 31_240, reason),)))


def outcomes() -> Iterator[Outcome]:
    """Every outcome that the record can lead to."""
    later = date(2026, 12, 9)
    for one in payments():
        problems = () if one.state == "paid" else (one,)
        found = Payments((), (one,), problems)
        yield from (results.payments_late(found), results.payments_next(found), results.payments_last(found))
    child, pension = (Payment(b, 9001, later, "scheduled") for b in ("child", "old_age_pension"))
    yield from (
        results.payments_next(Payments((child,), (), ())),
        results.payments_next(Payments((child, pension), (), ())),
    )
    yield from (results.payments_late(Payments((), (), ())), results.payments_next(Payments((), (), ())))
    yield results.payments_last(Payments((), (), ()))
    yield from payment_outcomes()
    papers = tuple(PROMPTS.groups(EN)["paper"])
    states = ("received", "in_process", "waiting_for_papers", "decided_granted", "decided_refused")
    for state, missing, expected in product(states, ((), *((one,) for one in papers), papers), (None, later)):
        claim = Claim("1234567", "disability", state, date(2026, 10, 5), missing, expected)
        yield from (results.claims((claim,)), results.claims((claim, claim)))
    yield results.claims(())


OUTCOMES = list(outcomes())
WORDING = Wording(PROMPTS, "EUR")


def test_every_outcome_of_the_table_comes_about() -> None:
    table = (ROOT / "dialogues" / "README.md").read_text(encoding="utf-8").split("## Outcomes")[1].split("Each has")[0]
    named = {
        word
        for word in table.replace("`", " ").split()
        if word.startswith(("next_", "last_", "late_", "claim_", "deductions_", "lower_", "overpaid_"))
    }
    assert {outcome.word for outcome in OUTCOMES} == named


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_outcome_can_be_said_in_every_form_without_a_digit(form: str, language: Language) -> None:
    for outcome in OUTCOMES:
        said = PROMPTS.words(outcome.word, language, form, WORDING.finished(outcome.values, language))
        assert not any(sign.isdigit() or sign in "{}_€" for sign in said), said
        assert pieces(said, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_takes_fifteen_seconds_at_most(language: Language) -> None:
    for outcome in OUTCOMES:
        if "item" not in str(outcome.values):
            said = PROMPTS.words(outcome.word, language, "text", WORDING.finished(outcome.values, language))
            assert len(said.split()) <= STATEMENT_WORDS, said


# --- answers can be kept and read back


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_can_be_read_back_by_its_name_and_value(language: Language) -> None:
    examples = {"date": "1958-05-03", "number": "12", "amount": "180000", "phone": "912345678"}
    asked = [
        one for one in content_checks.asked_by_rasa(ROOT) if one.prompt.startswith("ask_") and one.expect != "open"
    ]
    assert len(asked) > 15
    for one in asked:
        slot = one.prompt.removeprefix("ask_")
        options = [option.value for option in PROMPTS.prompt(one.prompt, EN).options]
        known = {"yes_no": ["yes", "no"], "choice": options}.get(one.expect) or [examples[one.expect]]
        for answer in known:
            values = {"name": f"label:slot:{slot}", "value": answer_value(one.expect, slot, answer)}
            assert PROMPTS.words("read_back_fact", language, "text", WORDING.finished(values, language))


def test_every_kind_that_a_prompt_asks_for_is_known_to_the_conversation() -> None:
    asks = {PROMPTS.prompt(one, EN).asks for one in PROMPTS.ids(EN)} - {"", "digits"}
    assert asks - set(answers.KINDS) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prompt", sorted(one for one in PROMPTS.ids(EN) if PROMPTS.prompt(one, EN).options))
def test_no_word_of_an_option_is_taken_for_a_universal_wish(prompt: str, language: Language) -> None:
    choices: tuple[Choice, ...] = PROMPTS.choices(prompt, language)
    expected = Expected(Kind.CHOICE, language, choices=choices)
    assert {word: SHORTCUTS.find(word, expected) for choice in choices for word in choice.words} == {
        word: None for choice in choices for word in choice.words
    }


def test_no_answer_is_overdue_within_the_next_half_year() -> None:
    later = Content(ROOT, PROMPTS, LANGUAGES, CONTENT.today + timedelta(days=180))
    assert [str(finding) for finding in content_checks.prompts_are_fit(later)] == []
