"""Reads dialogues/words/<language>.yml, where (a|b) stands for either and (a|) for a or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from ivr.errors import SettingsError
from ivr.understanding.shortcuts import Tokens, UniversalWords, WishWords
from ivr.vocabulary import Language

_KEYS = frozenset(
    {
        "contractions",
        "fillers",
        "lead_ins",
        "wishes",
        "priority",
        "never",
        "yes",
        "no",
        "languages",
        "joins",
        "corrections",
    }
)
_STRENGTHS = frozenset({"always", "usual", "holding"})


def load_words(folder: Path) -> dict[Language, UniversalWords]:
    """The universal words of every language that has a file. Raises SettingsError naming file and key."""
    return {Language(path.stem): parse_words(_read(path), path.name) for path in sorted(folder.glob("*.yml"))}


def parse_words(content: Any, file: str) -> UniversalWords:
    """One language's words from the content of its file. Raises SettingsError."""
    found = _mapping(content, file)
    if strange := set(found) - _KEYS:
        raise SettingsError(f"{file}: {sorted(map(str, strange))[0]} is no key of ours; put yes and no in quotes")
    short = {str(word): str(long) for word, long in _mapping(found.get("contractions", {}), file).items()}
    said_for = _mapping(found.get("wishes"), file)
    wishes = {wish: _wish(said, short, f"{file}: wishes.{wish}") for wish, said in said_for.items()}
    priority = tuple(_texts(found.get("priority", list(wishes)), f"{file}: priority"))
    if set(priority) != set(wishes):
        raise SettingsError(f"{file}: priority must name every wish once, and nothing else")
    never = _mapping(found.get("never", {}), f"{file}: never")
    return UniversalWords(
        wishes=wishes,
        priority=priority,
        fillers=_phrases(found, "fillers", short, file),
        lead_ins=_phrases(found, "lead_ins", short, file),
        contractions=short,
        never={kind: frozenset(_phrases(never, kind, short, f"{file}: never")) for kind in never},
        yes=_phrases(found, "yes", short, file),
        no=_phrases(found, "no", short, file),
        corrections=_phrases(found, "corrections", short, file),
        joins=_phrases(found, "joins", short, file),
        languages=_languages(found.get("languages", {}), short, f"{file}: languages"),
    )


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error


def _wish(content: Any, short: Mapping[str, str], where: str) -> WishWords:
    said = _mapping(content, where)
    if strange := set(said) - _STRENGTHS:
        raise SettingsError(f"{where}: {sorted(strange)[0]} is none of {', '.join(sorted(_STRENGTHS))}")
    return WishWords(*(_phrases(said, strength, short, where) for strength in ("always", "usual", "holding")))


def _languages(content: Any, short: Mapping[str, str], where: str) -> Mapping[str, tuple[Tokens, ...]]:
    found = _mapping(content, where)
    if strange := [code for code in found if not isinstance(code, str) or not re.fullmatch(r"[a-z]{2}", code)]:
        raise SettingsError(f'{where}: {strange[0]!r} is no code of a language; put "no" in quotes')
    return {code: _phrases(found, code, short, where) for code in found}


def _mapping(content: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(content, dict):
        raise SettingsError(f"{where}: expected keys and values")
    return content


def _texts(content: Any, where: str) -> list[str]:
    if not isinstance(content, list) or not all(isinstance(text, str) for text in content):
        raise SettingsError(f'{where}: expected a list of texts; put yes and no in quotes ("yes")')
    return content


def _phrases(found: Mapping[str, Any], key: str, short: Mapping[str, str], where: str) -> tuple[Tokens, ...]:
    """Every way to say the templates of a list, longest first, each once; contractions written out, as when heard."""
    said = (
        tuple(part for word in tokens for part in short.get(word, word).split())
        for text in _texts(found.get(key, []), f"{where}: {key}")
        for tokens in expand(text)
    )
    return tuple(sorted(dict.fromkeys(said), key=lambda tokens: (-len(tokens), tokens)))


def expand(template: str) -> tuple[Tokens, ...]:
    """ "(a|b) c" -> ("a", "c"), ("b", "c"); each once. A way that says nothing is left out."""
    return tuple(dict.fromkeys(tokens for way in _ways(template) if (tokens := tuple(way.lower().split()))))


def _ways(template: str) -> Iterator[str]:
    """Innermost groups first, until none is left."""
    inner = re.search(r"\(([^()]*)\)", template)
    if inner is None:
        if re.search(r"[()|]", template):
            raise SettingsError(f"dialogues/words: {template!r} has a bracket or bar too many")
        yield template
        return
    for either in inner[1].split("|"):
        yield from _ways(f"{template[: inner.start()]}{either}{template[inner.end() :]}")
