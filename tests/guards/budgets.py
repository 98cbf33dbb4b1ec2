"""A report on the sizes of our code: `python -m tests.guards.budgets`. Being over an aim is a question, no failure."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass

from tests.guards.tree import broad_handlers, functions, lines_of, modules, parsed, text_of


@dataclass(frozen=True, slots=True)
class Budget:
    """One measure over all modules: its aim, and what is over it, worst first."""

    measure: str
    aim: int
    counted: int
    over: tuple[tuple[int, str], ...]


def _budget(measure: str, aim: int, sizes: list[tuple[int, str]]) -> Budget:
    over = sorted((size for size in sizes if size[0] > aim), reverse=True)
    return Budget(measure, aim, len(sizes), tuple(over))


def budgets() -> list[Budget]:
    """Lines of files and functions, parameters, attributes: what ivr/ has."""
    paths = modules("ivr")
    files = [(len(text_of(path).splitlines()), str(path)) for path in paths]
    lengths = [(lines_of(one), f"{path}: {one.name}") for path in paths for one in functions(parsed(path))]
    parameters = [
        (len(one.args.args) + len(one.args.kwonlyargs), f"{path}: {one.name}")
        for path in paths
        for one in functions(parsed(path))
    ]
    attributes = [
        (len(attributes_of(node)), f"{path}: {node.name}")
        for path in paths
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
    ]
    return [
        _budget("lines of a file", 250, files),
        _budget("lines of a function", 25, lengths),
        _budget("parameters, self included", 6, parameters),
        _budget("attributes of a class", 12, attributes),
    ]


def attributes_of(node: ast.ClassDef) -> set[str]:
    """Names that methods set on self."""
    return {
        inner.attr
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute)
        and isinstance(inner.ctx, ast.Store)
        and isinstance(inner.value, ast.Name)
        and inner.value.id == "self"
    }


def broad_share() -> float:
    """Broad handlers in a thousand lines of ivr/."""
    paths = modules("ivr")
    lines = sum(len(text_of(path).splitlines()) for path in paths)
    return 1_000 * sum(len(broad_handlers(parsed(path))) for path in paths) / lines


def report() -> str:
    """A page for people."""
    page = []
    for one in budgets():
        share = 100 * (1 - len(one.over) / one.counted)
        page.append(f"{one.measure}: {share:.1f} % of {one.counted} within {one.aim}")
        page += [f"  {size:>4}  {name}" for size, name in one.over[:8]]
    return "\n".join([*page, f"broad handlers in 1,000 lines: {broad_share():.2f} (aim 2)", ""])


if __name__ == "__main__":
    sys.stdout.write(report())
