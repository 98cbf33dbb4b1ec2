"""Which sentences are the same for every caller, so that they can be spoken before anybody calls. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.conversation.prompts import CONSTANTS, FORMS, Prompts
from ivr.conversation.said_pieces import pieces
from ivr.vocabulary import Language, Sentence

GAP = "\ue000"
"""Stands for a value of a caller's own; a private sign that no prompt holds."""


def fixed_sentences(
    prompts: Prompts, language: Language, constants: Mapping[str, str], words_per_minute: int = 150
) -> tuple[Sentence, ...]:
    """Every sentence of a language without a gap, each once.

    constants: what `load_prompts` was given. Prompts with gaps count too: most have sentences without one.
    """
    found: dict[str, Sentence] = {}
    for _, _, words in all_words(prompts, language, constants):
        for sentence in pieces(words, language, words_per_minute):
            if GAP not in sentence.text:
                found.setdefault(sentence.text, sentence)
    return tuple(found.values())


def all_words(prompts: Prompts, language: Language, constants: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(prompt, form, words with its options) for every form that a prompt has, GAP where a value comes in."""
    known = frozenset(prompts.groups(language).get(CONSTANTS, {}))
    for prompt_id in sorted(prompts.ids(language)):
        prompt = prompts.prompt(prompt_id, language)
        values = dict.fromkeys(prompt.gaps - known, GAP) | dict(constants)
        for form in FORMS:
            if prompt.form(form):
                yield prompt_id, form, prompts.words(prompt_id, language, form, values)
