"""Signs of drift that a machine can see. The aims are a report (`python -m tests.guards.budgets`), these are limits."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.guards import tree
from tests.guards.budgets import broad_share

LONGEST_FILE = 420
LONGEST_FUNCTION = 60
BROAD_IN_A_THOUSAND = 2.0
NAMELESS = ("util", "utils", "common", "misc", "manager", "managers", "helper", "helpers")
"""Modules that are called so collect what has found no place."""
OURS = ("ivr", "nlu", "dialogues")
PURE = ("ivr/conversation", "ivr/audio")
SPEAKS_TO_NOBODY = ("time", "random", "threading")

WORDS_ALLOWED = {
    "ivr/conversation/said_english.py": "how English puts days, hours and money together: grammar, not wording",
    "ivr/conversation/said_spanish.py": "how Spanish puts days, hours and money together: grammar, not wording",
    "ivr/conversation/prompt_files.py": "what the messages about a wrong prompt file expect, for editors",
}
"""Module that decides or carries out -> why it may hold three words in a row."""


def test_no_file_is_longer_than_a_sitting() -> None:
    long = {str(path): lines for path in tree.modules("ivr") if (lines := _lines(path)) > LONGEST_FILE}
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        (str(path), function.name)
        for path in tree.modules("ivr")
        if "migrations/versions" not in path.as_posix()  # a step of the schema is one list
        for function in tree.functions(tree.parsed(path))
        if tree.lines_of(function) > LONGEST_FUNCTION
    ]
    assert long == []


def test_imports_stand_at_the_top() -> None:
    late = {str(path): lines for path in tree.modules(*OURS) if (lines := tree.late_imports(tree.parsed(path)))}
    assert late == {}


def test_no_module_is_named_for_nothing() -> None:
    nameless = [str(path) for path in tree.modules(*OURS, "tests") if {*path.parts, path.stem} & set(NAMELESS)]
    assert nameless == []


@pytest.mark.parametrize("forbidden", SPEAKS_TO_NOBODY)
def test_what_decides_and_what_measures_needs_no(forbidden: str) -> None:
    using = [str(path) for path in tree.modules(*PURE) if forbidden in tree.imported(tree.parsed(path))]
    assert using == []


def test_what_decides_and_what_measures_asks_no_clock() -> None:
    asking = {str(path): lines for path in tree.modules(*PURE) if (lines := tree.clock_reads(tree.parsed(path)))}
    assert asking == {}


def test_what_is_said_to_callers_lies_in_the_prompts() -> None:
    said = {
        str(path): found
        for path in tree.modules("ivr/conversation", "ivr/calls")
        if path.as_posix() not in WORDS_ALLOWED and (found := tree.sentences(tree.parsed(path)))
    }
    assert said == {}


@pytest.mark.parametrize("module", WORDS_ALLOWED)
def test_an_exception_that_is_needed_no_more_is_taken_out(module: str) -> None:
    assert tree.sentences(tree.parsed(Path(module)))


def test_broad_handlers_stay_at_the_edges() -> None:
    assert broad_share() <= BROAD_IN_A_THOUSAND


def test_tests_put_no_mock_into_a_module() -> None:
    patching = [
        str(path) for path in tree.modules("tests") if "mock" in tree.imported(tree.parsed(path)) or _mocks(path)
    ]
    assert patching == []


# --- the guards themselves see what they are for


def test_a_late_import_and_a_clock_are_seen() -> None:
    found = ast.parse("from datetime import date\ndef f():\n    import json\n    return date.today()\n")
    assert tree.late_imports(found) == [3]
    assert tree.clock_reads(found) == [4]


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('say("We call you back.")', True),
        ('text = f"It comes on {day} for sure"', True),
        ('"""What the module is for."""', False),
        ('LIMIT = 3\n"""Why it is three."""', False),
        ('raise ValueError("a whole number above zero")', False),
        ('log.info("state was not stored")', False),
        ('talk.remark("take_your_time")', False),
    ],
)
def test_a_sentence_for_callers_is_told_from_the_rest(code: str, seen: bool) -> None:
    assert bool(tree.sentences(ast.parse(code))) is seen


def test_a_broad_handler_is_seen() -> None:
    assert tree.broad_handlers(ast.parse("try:\n    f()\nexcept Exception:\n    pass\n")) == [3]


def _lines(path: Path) -> int:
    return len(tree.text_of(path).splitlines())


def _mocks(path: Path) -> bool:
    """unittest.mock in any of its spellings."""
    source = ast.walk(tree.parsed(path))
    froms = [
        (node.module or "", {one.name for one in node.names}) for node in source if isinstance(node, ast.ImportFrom)
    ]
    return any(name.startswith("unittest.mock") or (name == "unittest" and "mock" in names) for name, names in froms)
