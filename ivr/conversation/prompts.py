"""Prompt id + language + finished values -> the words that are said. Pure; `prompt_files` reads them from disk.

A prompt has gaps and no logic. Where a prompt, a label or a value is missing this module raises: half a sentence
is never spoken, and `openline check` finds the same holes before a call does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from ivr.errors import SettingsError
from ivr.vocabulary import Choice, Language

FORMS = ("text", "simpler", "shorter", "keys", "why")
"""The forms of a prompt. One that a prompt lacks is said in its `text`."""
ASKING_FORMS = FORMS[:-1]
"""The forms that ask; a question's options stand behind each of them unless its file says otherwise."""
OPTION_PROMPT = "option_press"
"""The prompt that one option is said with; its gaps are {option} and {key}."""
OPTION_BREAK = " // "
"""Between two options: `said_pieces` turns it into a pause in which a hand finds its key."""

_GAP = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Option:
    """One of at most four things to choose."""

    value: str
    key: str
    """ "1" to "4"."""
    say: str
    """What stands before "press one"."""
    words: tuple[str, ...] = ()
    """What callers say for it, lower case."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing that the line says, in one language."""

    id: str
    text: str
    simpler: str = ""
    """The plain form: one fact a sentence, ten words at most."""
    shorter: str = ""
    """Questions: asked again after a miss, in other words and with an example."""
    keys: str = ""
    """Questions: by keys alone, after a second miss."""
    why: str = ""
    """Questions: why we ask; results: why it is so."""
    asks: str = ""
    """What kind of answer it wants (dialogues/README.md, expect); empty: it asks nothing."""
    length: int | None = None
    """Of a number that is asked for: its digits."""
    options: tuple[Option, ...] = ()
    options_in: tuple[str, ...] = ASKING_FORMS
    """The forms behind which the options are said."""
    asked_as: tuple[str, ...] = ()
    """Approved answers without an intent: sample questions that find them."""
    owner: str = ""
    """Who answers for the text, in approved answers."""
    version: int = 1
    valid_from: date | None = None
    review_by: date | None = None
    file: str = ""
    """Where it was read, below the folder of prompts; for those who correct it."""

    def form(self, name: str) -> str:
        """The words of one form as written, empty where the prompt has none. Raises KeyError for an unknown form."""
        forms = {
            "text": self.text,
            "simpler": self.simpler,
            "shorter": self.shorter,
            "keys": self.keys,
            "why": self.why,
        }
        return forms[name]

    @property
    def gaps(self) -> frozenset[str]:
        """The names of the values that its forms need."""
        return frozenset(gap for name in FORMS for gap in _GAP.findall(self.form(name)))


@dataclass(frozen=True, slots=True)
class Label:
    """What a canonical value is called."""

    say: str
    words: tuple[str, ...] = ()
    """What callers say for it, lower case."""


@dataclass(frozen=True, slots=True)
class LanguageTexts:
    """All words of one language."""

    prompts: Mapping[str, Prompt] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    """Group -> value -> label."""


Constants: TypeAlias = Mapping[str, str | Mapping[str, str]]
"""Gap -> words, for all languages or by language."""
CONSTANTS = "constant"
"""The group of labels that fill gaps of every prompt: agency, emergency, hours."""


class Prompts:
    """Every prompt and label of every language. Immutable, shared by all calls."""

    def __init__(self, texts: Mapping[Language, LanguageTexts], constants: Constants | None = None) -> None:
        """constants: values that every prompt may use, such as the agency's name; they win over the labels' own."""
        self._texts = dict(texts)
        self._constants = dict(constants or {})

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that have any words, in the order they were read."""
        return tuple(self._texts)

    def ids(self, language: Language) -> frozenset[str]:
        """The prompts of a language."""
        return frozenset(self._language(language).prompts)

    def groups(self, language: Language) -> Mapping[str, Mapping[str, Label]]:
        """The labels of a language by group and value."""
        return self._language(language).labels

    def constants(self, language: Language) -> Mapping[str, str]:
        """What fills gaps of every prompt in a language."""
        labels = self._language(language).labels.get(CONSTANTS, {})
        given = {
            gap: words if isinstance(words, str) else words[language]
            for gap, words in self._constants.items()
            if isinstance(words, str) or language in words
        }
        return {**{gap: label.say for gap, label in labels.items()}, **given}

    def prompt(self, prompt: str, language: Language) -> Prompt:
        """A prompt as written. Raises SettingsError where the language lacks it."""
        found = self._language(language).prompts.get(prompt)
        if found is None:
            raise SettingsError(f"dialogues/prompts/{language}: no prompt {prompt}; write {prompt}.yml")
        return found

    def has(self, prompt: str, form: str = "text", language: Language | None = None) -> bool:
        """Whether a prompt has a form of its own, in that language or in any."""
        asked = (self._language(language),) if language else tuple(self._texts.values())
        return any(found.form(form) != "" for texts in asked if (found := texts.prompts.get(prompt)))

    def words(
        self,
        prompt: str,
        language: Language,
        form: str = "text",
        values: Mapping[str, str] | None = None,
        with_options: bool = True,
    ) -> str:
        """What is said, options included. values: finished words by gap; more than the prompt needs are fine.

        form: one of FORMS. with_options: False where they are written below. Raises SettingsError where the prompt or
        a value is missing.
        """
        found = self.prompt(prompt, language)
        chosen = form if found.form(form) else "text"
        said = self._filled(found, chosen, values or {}, language)
        if chosen not in found.options_in or not found.options or not with_options:
            return said
        return f"{said} {OPTION_BREAK.join(self._option(option, language) for option in found.options)}"

    def choices(self, prompt: str, language: Language) -> tuple[Choice, ...]:
        """What may be answered to a question with options; empty where it has none."""
        return tuple(
            Choice(option.value, option.key, tuple(dict.fromkeys((option.say.lower(), *option.words))))
            for option in self.prompt(prompt, language).options
        )

    def label(self, group: str, value: str, language: Language) -> str:
        """What a value is called. Raises SettingsError where the language has no word for it."""
        return self._label(group, value, language).say

    def label_words(self, group: str, value: str, language: Language) -> tuple[str, ...]:
        """What callers say for a value, its own name first, lower case."""
        found = self._label(group, value, language)
        return tuple(dict.fromkeys((found.say.lower(), *found.words)))

    def overlaid(self, versions: Iterable[tuple[Language, Prompt]]) -> Prompts:
        """The same with approved versions laid over the files'.

        Raises SettingsError where a version is of an unknown prompt or needs values that nobody hands it.
        """
        texts = dict(self._texts)
        for language, version in versions:
            below = self.prompt(version.id, language)
            if strange := version.gaps - below.gaps - self._constant_names(language):
                raise SettingsError(f"prompt {version.id} ({language}): nobody fills {{{', '.join(sorted(strange))}}}")
            prompts = {**texts[language].prompts, version.id: version}
            texts[language] = replace(texts[language], prompts=prompts)
        return Prompts(texts, self._constants)

    # --- parts

    def _language(self, language: Language) -> LanguageTexts:
        if language not in self._texts:
            raise SettingsError(f"dialogues/prompts holds no language {language}; it has {', '.join(self._texts)}")
        return self._texts[language]

    def _label(self, group: str, value: str, language: Language) -> Label:
        found = self._language(language).labels.get(group, {}).get(value)
        if found is None:
            raise SettingsError(f"dialogues/prompts/{language}/labels.yml: {group} has no {value}")
        return found

    def _option(self, option: Option, language: Language) -> str:
        values = {"option": option.say, "key": self.label("key", option.key, language)}
        return self._filled(self.prompt(OPTION_PROMPT, language), "text", values, language)

    def _constant_names(self, language: Language) -> frozenset[str]:
        return frozenset(self._language(language).labels.get(CONSTANTS, {})) | frozenset(self._constants)

    def _value(self, gap: str, values: Mapping[str, str], language: Language) -> str | None:
        if gap in values:
            return values[gap]
        return self.constants(language).get(gap)

    def _filled(self, prompt: Prompt, form: str, values: Mapping[str, str], language: Language) -> str:
        template = prompt.form(form)
        found = {gap: self._value(gap, values, language) for gap in _GAP.findall(template)}
        holes = [gap for gap, value in found.items() if not value and not (value == "" and _alone(gap, template))]
        if holes:
            raise SettingsError(f"prompt {prompt.id} ({language}, {form}): no value for {', '.join(sorted(holes))}")
        return " ".join(_GAP.sub(lambda gap: found[gap[1]] or "", template).split())


def _alone(gap: str, template: str) -> bool:
    """Whether a gap is a sentence of its own, so that nothing is torn where it is empty."""
    return re.search(rf"(?:^|[.?!/] )\{{{gap}\}}(?: |$)", template) is not None
