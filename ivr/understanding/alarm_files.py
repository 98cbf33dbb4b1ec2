"""Reads dialogues/words/alarms/<language>.yml; its contractions are those of dialogues/words/<language>.yml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from ivr.errors import SettingsError
from ivr.understanding.alarms import ANY, AlarmWords, LanguageAlarms
from ivr.understanding.shortcuts import Tokens
from ivr.understanding.word_files import expand, load_words
from ivr.vocabulary import Language


def load_alarms(words: Path) -> dict[Language, LanguageAlarms]:
    """The alarms of every language that has a file below `words`/alarms. Raises SettingsError naming file and key."""
    universal = load_words(words)
    found = {}
    for path in sorted((words / "alarms").glob("*.yml")):
        language = Language(path.stem)
        contractions = universal[language].contractions if language in universal else {}
        found[language] = parse_alarms(_read(path), f"alarms/{path.name}", contractions)
    return found


def parse_alarms(content: Any, file: str, contractions: Mapping[str, str]) -> LanguageAlarms:
    """One language's alarms from the content of its file. Raises SettingsError."""
    if not isinstance(content, dict) or set(content) - {"ignored", "kinds"} or not isinstance(content["kinds"], dict):
        raise SettingsError(f"{file}: expected `ignored`, a list of words, and `kinds`, each with said and harmless")
    kinds = {}
    for kind, phrases in content["kinds"].items():
        if not isinstance(phrases, dict) or set(phrases) - {"said", "harmless"}:
            raise SettingsError(f"{file}: kinds.{kind} holds said and harmless, nothing else")
        said, harmless = (_phrases(phrases.get(key, []), f"{file}: kinds.{kind}.{key}") for key in ("said", "harmless"))
        kinds[str(kind)] = AlarmWords(said, harmless)
    return LanguageAlarms(kinds, frozenset(map(str, content.get("ignored", []))), contractions)


def _phrases(content: Any, where: str) -> tuple[Tokens, ...]:
    if not isinstance(content, list) or not all(isinstance(text, str) for text in content):
        raise SettingsError(f"{where}: expected a list of texts")
    found = tuple(dict.fromkeys(tokens for text in content for tokens in expand(text)))
    if any(tokens[0] == ANY for tokens in found):
        raise SettingsError(f"{where}: a phrase cannot begin with {ANY}")
    return found


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
