"""Do prompts, Rasa's domain, training data and universal words fit together? Each check reads, and returns findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ivr.conversation.matters import ANSWERS_ONLY, NEVER_ECHOED, UNIVERSAL
from ivr.conversation.prompt_ids import PROMPTS_USED
from ivr.conversation.prompts import Prompts
from ivr.conversation.states import LEGAL_MOVES, Phase
from ivr.conversation.tasks.all_tasks import PROMPTS as TASK_PROMPTS
from ivr.conversation.universal import KEYS, WISHES
from ivr.errors import SettingsError
from ivr.evaluation.prompt_lint import MENU, Finding, compare, lint
from ivr.telephony.script import PROMPTS as TELEPHONY_PROMPTS
from ivr.understanding.word_files import load_words
from ivr.vocabulary import Language

ECHOED_NEVER = NEVER_ECHOED | ANSWERS_ONLY | {"out_of_scope", "stop_talking"}
"""Intents that "did you mean" never names, so that they need no label."""
BY_OTHER_WAYS = frozenset({"shouting", "not_understood", "quiet"})
"""Wishes without words of their own: heard by loudness, or said as "simpler"."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is said and understood, as it lies on disk."""

    root: Path
    """The project's folder: dialogues/, nlu/."""
    prompts: Prompts
    languages: tuple[Language, ...]
    """Those that the line offers; the first one is what the others are compared with."""
    today: date

    def intents(self, language: Language) -> frozenset[str]:
        """The intents that have training data in a language."""
        return frozenset(path.stem for path in (self.root / "nlu" / language).glob("*.yml"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt that Rasa's domain names, and what it expects."""

    prompt: str
    expect: str
    file: str


def asked_by_rasa(root: Path) -> list[Asked]:
    """Every prompt of dialogues/domain. Raises SettingsError where a file cannot be read."""
    return [
        Asked(str(found["prompt"]), str(found.get("expect", "")), path.name)
        for path in sorted((root / "dialogues" / "domain").glob("*.yml"))
        for found in _customs(_read(path))
    ]


def wanted(root: Path) -> frozenset[str]:
    """All prompts that somebody says: Rasa, the conversation, telephony."""
    return frozenset(
        {*PROMPTS_USED, *TASK_PROMPTS, *TELEPHONY_PROMPTS, *(asked.prompt for asked in asked_by_rasa(root))}
    )


def prompts_are_fit(content: Content) -> list[Finding]:
    """The lint of every language."""
    return [finding for language in content.languages for finding in lint(content.prompts, language, content.today)]


def prompts_are_complete(content: Content) -> list[Finding]:
    """Every prompt that somebody says is there, in each language alike."""
    reference, *others = content.languages
    needed = wanted(content.root)
    missing = sorted(needed - content.prompts.ids(reference))
    found = [Finding(f"{reference}/{one}.yml", "30", "the prompt is missing", "write it") for one in missing]
    for language in others:
        found += compare(content.prompts, reference, language, needed)
    return found


def questions_fit_rasa(content: Content) -> Iterator[Finding]:
    """A question's prompt asks for what its slot expects."""
    reference = content.languages[0]
    for asked in asked_by_rasa(content.root):
        if asked.prompt not in content.prompts.ids(reference):
            continue
        prompt = content.prompts.prompt(asked.prompt, reference)
        kind, _, length = asked.expect.partition(":")
        if kind != prompt.asks:
            problem = f'asks is "{prompt.asks}", and dialogues/domain/{asked.file} expects "{kind}"'
            yield Finding(prompt.file, "domain", problem, "make them agree")
        if length and int(length) != prompt.length:
            yield Finding(prompt.file, "domain", f"length is {prompt.length}, and {length} is expected", "make it so")


def general_questions_have_answers(content: Content) -> Iterator[Finding]:
    """Each faq intent has an approved answer, and each answer can be asked for."""
    for language in content.languages:
        answers = {one for one in content.prompts.ids(language) if one.startswith("faq_")}
        intents = {one for one in content.intents(language) if one.startswith("faq_")}
        for one in sorted(intents - answers):
            yield Finding(f"{language}/faq/{one}.yml", "7", "the intent has no answer", "write it, with its owner")
        for one in sorted(answers - intents):
            if not content.prompts.prompt(one, language).asked_as:
                problem, help_text = "the answer cannot be asked for", "add asked_as, or an intent with examples"
                yield Finding(f"{language}/faq/{one}.yml", "7", problem, help_text)


def matters_have_names(content: Content) -> Iterator[Finding]:
    """ "Did you mean …?" can name every matter, and each key of a menu leads to one."""
    for language in content.languages:
        intents, labels = content.intents(language), content.prompts.groups(language).get("matter", {})
        for intent in sorted(intents - set(labels) - ECHOED_NEVER - set(UNIVERSAL)):
            yield Finding(f"{language}/labels.yml", "16", f"matter.{intent} is missing", "name it")
        for menu in sorted(one for one in content.prompts.ids(language) if one.startswith((MENU, "ask_matter"))):
            for option in content.prompts.prompt(menu, language).options:
                if menu != "menu_keypad" and not _leads_on(option.value, intents):
                    file = content.prompts.prompt(menu, language).file
                    yield Finding(file, "4", f"no intent is called {option.value}", "use an intent's name")


def wishes_have_words(content: Content) -> Iterator[Finding]:
    """Every universal wish can be said in every language while Rasa is away."""
    try:
        words = load_words(content.root / "dialogues" / "words")
    except SettingsError as error:
        yield Finding("dialogues/words", "words", str(error), "correct it")
        return
    for language in content.languages:
        said = words[language].wishes if language in words else {}
        for wish in sorted(WISHES - BY_OTHER_WAYS - set(said)):
            yield Finding(f"dialogues/words/{language}.yml", "7", f"{wish} has no words", "add them")


def a_person_is_in_reach(content: Content) -> Iterator[Finding]:
    """Key zero is a person, and from every phase but the end the line can be left."""
    if KEYS.get("0") != "person":
        yield Finding("ivr/conversation/universal.py", "7", "key 0 is no person", "make it one")
    for phase, moves in LEGAL_MOVES.items():
        if phase is not Phase.ENDED and Phase.LEAVING not in moves:
            yield Finding("ivr/conversation/states.py", "7", f"no way leads out of {phase}", "allow LEAVING")


def _leads_on(value: str, intents: frozenset[str]) -> bool:
    return value.startswith(MENU) or value == "person" or value in intents


def _customs(content: Any) -> Iterator[dict[str, Any]]:
    """Every `custom` mapping with a prompt, wherever it stands."""
    if isinstance(content, dict):
        custom = content.get("custom")
        if isinstance(custom, dict) and re.fullmatch(r"[a-z0-9_]+", str(custom.get("prompt", ""))):
            yield custom
        for value in content.values():
            yield from _customs(value)
    elif isinstance(content, list):
        for value in content:
            yield from _customs(value)


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
