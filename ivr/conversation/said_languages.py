"""The languages in which values can be said. One more language is one more line here and its own module."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.conversation.said_english import ENGLISH
from ivr.conversation.said_spanish import SPANISH
from ivr.conversation.said_wording import Wording
from ivr.vocabulary import Language

WORDINGS: Mapping[Language, Wording] = {Language("en"): ENGLISH, Language("es"): SPANISH}


def wording(language: Language) -> Wording:
    """The language's table. Raises KeyError where values cannot be said in it."""
    return WORDINGS[language]
