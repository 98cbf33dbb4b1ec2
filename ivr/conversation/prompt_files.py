"""Reads dialogues/prompts/<language>/**/*.yml. What cannot be used is refused with file and key."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ivr.conversation.prompts import ASKING_FORMS, FORMS, Constants, Label, LanguageTexts, Option, Prompt, Prompts
from ivr.errors import SettingsError
from ivr.vocabulary import Language

LABELS_FILE = "labels.yml"
ASKS = ("yes_no", "digits", "number", "pin", "date", "amount", "choice", "open", "phone", "any_key")
"""What a prompt may ask for, as in dialogues/README.md."""
MAIN_KEYS = ("1", "2", "3", "4")
"""Options stay below five: the keys 5 to 9 mean the same everywhere (service reference, 5.1)."""

_ID = re.compile(r"[a-z][a-z0-9_]*")
_BRACE = re.compile(r"\{[a-z_]+\}|([{}])")


def load_prompts(folder: Path, constants: Constants | None = None) -> Prompts:
    """All languages below a folder; each of its folders is a language. Raises SettingsError."""
    folders = sorted(path for path in folder.glob("*") if path.is_dir()) if folder.is_dir() else []
    if not folders:
        raise SettingsError(f"{folder}: no prompts here; expected a folder for each language, such as en")
    return Prompts({Language(path.name): load_language(path) for path in folders}, constants)


def load_language(folder: Path) -> LanguageTexts:
    """The prompts and labels of one language. Raises SettingsError."""
    prompts: dict[str, Prompt] = {}
    for path in sorted(folder.rglob("*.yml")):
        if path.name == LABELS_FILE:
            continue
        prompt = parse_prompt(path.stem, read_yaml(path), str(path.relative_to(folder.parent)))
        if prompt.id in prompts:
            raise SettingsError(
                f"{prompt.file}: {prompts[prompt.id].file} has the same name; a prompt's name is unique"
            )
        prompts[prompt.id] = prompt
    labels = folder / LABELS_FILE
    return LanguageTexts(prompts, _labels(labels) if labels.exists() else {})


def parse_prompt(prompt_id: str, content: Any, file: str) -> Prompt:
    """A prompt from the content of its file (or of an editor). Raises SettingsError naming file and key."""
    fields = _Fields(file, content)
    if not _ID.fullmatch(prompt_id):
        raise SettingsError(f"{file}: the name may hold small letters, digits and _ alone")
    forms = {name: fields.text(name) for name in FORMS}
    if not forms["text"]:
        raise SettingsError(f"{file}: text is missing")
    prompt = Prompt(
        id=prompt_id,
        **forms,
        asks=fields.one_of("asks", ("", *ASKS)),
        length=fields.whole("length"),
        options=_options(fields),
        options_in=fields.words("options_in") or ASKING_FORMS,
        asked_as=fields.words("asked_as"),
        owner=fields.text("owner"),
        version=fields.whole("version") or 1,
        valid_from=fields.day("valid_from"),
        review_by=fields.day("review_by"),
        file=file,
    )
    fields.nothing_else()
    if strange := set(prompt.options_in) - set(ASKING_FORMS):
        raise SettingsError(f"{file}: options_in has {sorted(strange)[0]}; expected one of {', '.join(ASKING_FORMS)}")
    return prompt


def read_yaml(path: Path) -> Any:
    """A YAML file, refused where it is broken or names a key twice. Raises SettingsError."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - _Loader is a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error


class _Loader(yaml.SafeLoader):
    """Safe, and strict about keys that appear twice: the first would be lost in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} appears twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Fields:
    """A file's keys, taken one by one; each complaint names file and key."""

    def __init__(self, where: str, content: Any) -> None:
        if not isinstance(content, dict):
            raise SettingsError(f"{where}: expected keys and values, such as text: …")
        self.where = where
        self._left: dict[Any, Any] = dict(content)

    def take(self, key: str, is_fine: Callable[[Any], bool], expected: str) -> Any:
        """The value of a key, None where there is none."""
        value = self._left.pop(key, None)
        if value is not None and not is_fine(value):
            raise SettingsError(f"{self.where}: {key} is {value!r}; expected {expected}")
        return value

    def text(self, key: str) -> str:
        """Words with gaps; empty where there is none."""
        found = self.take(key, lambda value: isinstance(value, str), 'text in quotes ("yes", not yes)')
        for brace in _BRACE.finditer(found or ""):
            if brace[1]:
                raise SettingsError(f"{self.where}: {key} has a lone {brace[1]}; a gap looks like {{amount}}")
        return " ".join(str(found or "").split())

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """One word of a list."""
        return str(self.take(key, lambda value: value in allowed, f"one of {', '.join(allowed[1:])}") or "")

    def whole(self, key: str) -> int | None:
        """A positive whole number."""
        fine = self.take(key, lambda value: type(value) is int and value > 0, "a whole number above zero")
        return fine if fine is None else int(fine)

    def day(self, key: str) -> date | None:
        """A date."""
        found = self.take(key, lambda value: type(value) is date, "a date such as 2026-10-01")
        return found if isinstance(found, date) else None

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self.take(key, _is_words, 'a list of texts; put yes and no in quotes ("yes")')
        return tuple(" ".join(word.split()) for word in found or ())

    def nothing_else(self) -> None:
        """Refuse what is left over: a misspelled key would be silence."""
        if self._left:
            raise SettingsError(f"{self.where}: {next(iter(self._left))} is no key of ours")


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)


def _options(fields: _Fields) -> tuple[Option, ...]:
    listed = fields.take("options", lambda value: isinstance(value, list), "a list of {value, key, say, words}") or ()
    options = tuple(_option(f"{fields.where}: options[{at}]", content) for at, content in enumerate(listed))
    for name in ("value", "key"):
        if len({getattr(option, name) for option in options}) < len(options):
            raise SettingsError(f"{fields.where}: options: two have the same {name}")
    return options


def _option(where: str, content: Any) -> Option:
    fields = _Fields(where, content)
    option = Option(
        fields.text("value"), fields.one_of("key", ("", *MAIN_KEYS)), fields.text("say"), _lower(fields.words("words"))
    )
    fields.nothing_else()
    for name in ("value", "key", "say"):
        if not getattr(option, name):
            raise SettingsError(f"{where}: {name} is missing")
    return option


def _labels(path: Path) -> Mapping[str, Mapping[str, Label]]:
    file = str(path.relative_to(path.parent.parent))
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise SettingsError(f"{file}: expected groups of labels")
    return {str(group): _group(f"{file}: {group}", values) for group, values in content.items()}


def _group(where: str, content: Any) -> dict[str, Label]:
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content):
        raise SettingsError(f'{where}: expected value: "words"; put yes, no and digits in quotes')
    return {value: _label(f"{where}.{value}", label) for value, label in content.items()}


def _label(where: str, content: Any) -> Label:
    fields = _Fields(where, content if isinstance(content, dict) else {"say": content})
    label = Label(fields.text("say"), _lower(fields.words("words")))
    fields.nothing_else()
    if not label.say:
        raise SettingsError(f"{where}: say is missing")
    return label


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)
