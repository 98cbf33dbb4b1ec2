"""What the pages name exists: paths, commands, links, targets of make, settings of the environment."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from ivr.cli import COMMANDS, group
from tests.guards.tree import ROOT, modules, repository_files, text_of

CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"\.?[\w.<>*-]+(?:/[\w.<>*-]+)*/?")
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"\| `openline ([a-z -]+?)`(?: |, `)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
ENVIRONMENT = re.compile(r"\b(?:OPENLINE|TWILIO)_[A-Z_]+\b")
MADE = (".cache", ".venv", ".venv-rasa", ".venv-rules", "var", "results", "models", ".rasa")
"""Folders that are made when the line is set up or runs."""
MEDIA = ("text", "audio", "application", "image")
"""First words of media types, which look like paths; audio/ is a folder of ivr too, but its files have a dot."""


def pages() -> list[Path]:
    """README.md, docs/ and the pages that lie beside what they tell of."""
    return [path for path in repository_files() if path.suffix == ".md"]


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    missing = [name for name in _paths_named(text_of(page)) if not _exists(name, page)]
    assert missing == []


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = [target for target in LINK.findall(text_of(page)) if not _resolves(target, page)]
    assert broken == []


def test_the_table_of_commands_is_the_command_line() -> None:
    named = set(COMMAND.findall(text_of(Path("README.md"))))
    assert named == set(_commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_says_what_it_does(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.help


def test_every_target_of_make_that_a_page_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(Path("Makefile")), re.MULTILINE))
    named = {name for page in pages() for name in re.findall(r"(?:^|`)make ([a-z-]+)", text_of(page), re.MULTILINE)}
    assert named
    assert named <= targets


def test_every_variable_that_a_page_names_is_read_somewhere() -> None:
    places = [*modules("ivr", "tests"), Path(".ci/run"), Path("Makefile")]
    read = {name for path in places for name in ENVIRONMENT.findall(text_of(path))}
    named = {name for page in pages() for name in ENVIRONMENT.findall(text_of(page))}
    assert named <= read


def test_the_invented_people_of_the_readme_have_these_numbers_and_pins() -> None:
    rows = dict(re.findall(r"^\| ([A-Z]\w+ \w+) \| (.*)$", text_of(Path("docs/demo-people.md")), re.MULTILINE))
    readme = text_of(Path("README.md"))
    named = [name for name in rows if name in readme]
    assert named
    for name in named:
        number, pin = re.findall(r"`(\d+)`", rows[name])[:2]
        assert re.search(rf"{name} [^\n]*`{number}`[^\n]*PIN `{pin}`", readme), name


def test_a_made_up_path_and_link_are_seen() -> None:
    page = Path("docs/twilio.md")
    assert _paths_named("`ivr/nowhere.py` and `text/xml` and `a b` and `<day>/<month>`") == ["ivr/nowhere.py"]
    assert not _exists("ivr/nowhere.py", page)
    assert _exists("ivr/audio", page)
    assert not _resolves("nowhere.md", page)
    assert not _resolves("figures.md#nothing-of-that-name", page)
    assert _resolves("figures.md#recognition", page)


def _paths_named(text: str) -> list[str]:
    """Words in backticks that look like a path of this repository."""
    return [word for word in CODE.findall(text) if PATH.fullmatch(word) and _looks_like_a_path(word)]


def _looks_like_a_path(word: str) -> bool:
    first, slash, rest = word.partition("/")
    if not slash:
        return bool(re.fullmatch(r"[\w-]+\.(?:py|md|yml|yaml|toml|js|json)", word)) and word != "fallback.xml"
    is_media_type = first in MEDIA and "." not in rest and bool(rest) and not rest.endswith("/")
    is_made = first in MADE
    return not is_media_type and not is_made and not first.startswith("<")


@cache
def _all_paths() -> frozenset[str]:
    """Files and folders, and Python modules without their ending."""
    files = {path.as_posix() for path in repository_files()}
    folders = {parent.as_posix() for path in repository_files() for parent in path.parents}
    return frozenset(files | folders | {name.removesuffix(".py") for name in files})


def _exists(name: str, page: Path) -> bool:
    """From the root, from ivr/, beside the page, or, where it is a bare name, anywhere. <words> stand for anything."""
    pattern = re.sub(r"<[^>]*>|\*", "*", name.rstrip("/"))
    if "/" not in pattern:
        return any(path.name == pattern for path in repository_files())
    starts = ("", "ivr/", f"{page.parent.as_posix()}/")
    return any(_matches(f"{start}{pattern}".removeprefix("./")) for start in starts)


def _matches(pattern: str) -> bool:
    if "*" not in pattern:
        return pattern in _all_paths()
    wanted = re.compile(re.escape(pattern).replace(r"\*", "[^/]*"))
    return any(wanted.fullmatch(path) for path in _all_paths())


def _resolves(target: str, page: Path) -> bool:
    """A link into the repository; addresses elsewhere are not asked for."""
    if re.match(r"[a-z]+:", target):
        return True
    place, _, anchor = unquote(target).partition("#")
    path = Path((ROOT / page.parent / place).resolve()) if place else ROOT / page
    if not path.exists() or not path.is_relative_to(ROOT):
        return False
    return not anchor or anchor in _anchors(path.relative_to(ROOT))


def _anchors(page: Path) -> set[str]:
    """As the usual renderers make them of headings."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text_of(page)))
    return {heading.strip().replace(" ", "-") for heading in kept}


def _commands() -> list[str]:
    """Every command that can be run, subcommands with their group's name before them."""
    found = []
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        inner = command.list_commands(click.Context(command)) if isinstance(command, click.Group) else []
        found += [f"{name} {one}" for one in inner] or [name]
    return found
