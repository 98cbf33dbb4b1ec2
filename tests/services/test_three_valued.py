"""Three-valued logic over a table of combinations, against every rule that three or four facts can make."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ivr.services.three_valued import Answers, TruthTable, deciding_fact, next_fact, verdict

FACTS = ("a", "b", "c", "d")
ROWS = tuple(product((True, False), repeat=len(FACTS)))
SAID = st.sampled_from([True, False, None])


@st.composite
def tables(draw: st.DrawFn) -> TruthTable:
    """Any rule over four facts; some combinations cannot be."""
    possible = draw(st.lists(st.sampled_from(ROWS), min_size=1, unique=True))
    return TruthTable(FACTS, {row: draw(st.booleans()) for row in possible})


def completions(table: TruthTable, answers: Answers) -> set[bool]:
    """What the rule says of every person whom the known answers fit."""
    known = {fact: said for fact, said in answers.items() if said is not None}
    people = [dict(zip(FACTS, row, strict=True)) for row in table.outcomes]
    fitting = [person for person in people if known.items() <= person.items()]
    return {table.outcomes[tuple(person[fact] for fact in FACTS)] for person in fitting}


def asked_through(table: TruthTable, caller: dict[str, bool | None]) -> dict[str, bool | None]:
    """All that is asked of a caller, with the answers."""
    answers: dict[str, bool | None] = {}
    while (fact := next_fact(table, answers)) is not None:
        assert fact not in answers
        answers[fact] = caller[fact]
    return answers


CALLERS = st.fixed_dictionaries(dict.fromkeys(FACTS, SAID))


@given(tables(), CALLERS)
def test_a_verdict_holds_for_everybody_whom_the_answers_fit(table: TruthTable, caller: dict[str, bool | None]) -> None:
    answers = asked_through(table, caller)
    found = verdict(table, answers)
    if found is not None:
        assert completions(table, answers) == {found}


@given(tables(), CALLERS)
def test_nothing_is_asked_once_the_result_stands(table: TruthTable, caller: dict[str, bool | None]) -> None:
    answers = asked_through(table, caller)
    for count in range(len(answers)):
        assert len(completions(table, dict(list(answers.items())[:count]))) > 1


@given(tables(), st.sampled_from(ROWS))
def test_who_answers_everything_gets_what_the_rule_says(table: TruthTable, row: tuple[bool, ...]) -> None:
    if row in table.outcomes:
        answers = asked_through(table, dict(zip(FACTS, row, strict=True)))
        assert verdict(table, answers) is table.outcomes[row]


@given(tables(), CALLERS)
def test_the_answer_to_blame_is_one_that_the_result_hangs_on(table: TruthTable, caller: dict[str, bool | None]) -> None:
    answers = asked_through(table, caller)
    blamed = deciding_fact(table, answers)
    if verdict(table, answers) is not None and answers:
        if blamed is not None:
            rest = {fact: said for fact, said in answers.items() if fact != blamed}
            assert verdict(table, rest) is None
    elif any(said is None for said in answers.values()):
        assert blamed is not None
        assert answers[blamed] is None


def conjunction() -> TruthTable:
    return TruthTable(FACTS, {row: all(row) for row in ROWS})


def test_one_no_ends_a_rule_that_needs_everything() -> None:
    assert asked_through(conjunction(), {"a": True, "b": False, "c": True, "d": True}) == {"a": True, "b": False}


def test_a_no_after_an_unsure_answer_still_decides() -> None:
    answers = asked_through(conjunction(), {"a": None, "b": True, "c": False, "d": True})
    assert (verdict(conjunction(), answers), deciding_fact(conjunction(), answers)) == (False, "c")


def test_unsure_alone_leaves_it_open_and_is_named() -> None:
    answers = asked_through(conjunction(), {"a": True, "b": None, "c": True, "d": True})
    assert (verdict(conjunction(), answers), deciding_fact(conjunction(), answers)) == (None, "b")


def test_what_cannot_be_any_more_is_not_asked() -> None:
    """Under eighteen is under twenty-five."""
    table = TruthTable(("under_18", "under_25"), {(True, True): True, (False, True): True, (False, False): False})
    assert next_fact(table, {"under_18": True}) is None
    assert next_fact(table, {"under_18": False}) == "under_25"
