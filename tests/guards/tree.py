"""The repository's files, and measures of our own Python."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[2]
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
LOG_METHODS = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
CLOCK_CALLS = frozenset({"now", "utcnow", "today"})


@cache
def repository_files() -> tuple[Path, ...]:
    """Paths below the root: what git knows and what it would take, so new files are guarded before they are added."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := Path(name)) and (ROOT / path).is_file())


def modules(*folders: str) -> list[Path]:
    """Python modules below these folders."""
    return [path for path in repository_files() if path.suffix == ".py" and _in(path, folders)]


def _in(path: Path, folders: tuple[str, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


@cache
def text_of(path: Path) -> str:
    """A file's text. Raises UnicodeDecodeError for what is none."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """A module's tree."""
    return ast.parse(text_of(path), str(path))


def functions(tree: ast.Module) -> Iterator[Function]:
    """All functions and methods, nested ones too."""
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def lines_of(function: Function) -> int:
    """From `def` to the last line."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def late_imports(tree: ast.Module) -> list[int]:
    """Lines of imports that are not at the module's level."""
    top = {id(node) for node in tree.body}
    return [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom) and id(n) not in top]


def imported(tree: ast.Module) -> set[str]:
    """The first names of all imported modules."""
    plain = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    parts = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | parts}


def clock_reads(tree: ast.Module) -> list[int]:
    """Lines that ask for the present day or time: date.today(), datetime.now(…)."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("date", "datetime")
    ]


def broad_handlers(tree: ast.Module) -> list[int]:
    """Lines of `except:`, `except Exception` and `except BaseException`."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]


def sentences(tree: ast.Module, words: int = 3) -> list[tuple[int, str]]:
    """Lines and texts of string constants of so many words that are no docstring, no error and no log event."""
    skipped = {id(inner) for node in ast.walk(tree) if _says_nothing_to_callers(node) for inner in ast.walk(node)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in skipped
        and len(node.value.split()) >= words
    ]


def _says_nothing_to_callers(node: ast.AST) -> bool:
    """A docstring (also the one behind a constant), an error raised, an assertion, a line of the log."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or _is_log(node.value)
    return isinstance(node, ast.Raise | ast.Assert)


def _is_log(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOG_METHODS
