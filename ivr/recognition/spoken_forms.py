"""What a caller's words are worth as an answer: "double four seven" -> 447, "third of May" -> a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ivr.recognition.forms.amounts import amount_of
from ivr.recognition.forms.answers import choice_of, yes_or_no
from ivr.recognition.forms.dates import date_of
from ivr.recognition.forms.digits import digits_of
from ivr.recognition.forms.english import ENGLISH
from ivr.recognition.forms.korean import KOREAN
from ivr.recognition.forms.spanish import SPANISH
from ivr.vocabulary import Expected, Hypothesis, Kind

LANGUAGES = {language.code: language for language in (ENGLISH, SPANISH, KOREAN)}
"""A further language is a further file in forms/ and a name here."""


def value_of(text: str, expected: Expected, today: date, sounds_like: bool = False) -> str | None:
    """The canonical answer that the words hold, in the shape of Utterance.value; None where they hold none.

    text: as recognized, punctuation and capitals allowed. sounds_like: also read "for" as 4, in digits of known
    length. A PIN is never read from speech.
    """
    language = LANGUAGES.get(expected.language)
    if language is None:
        return None
    match expected.kind:
        case Kind.YES_NO:
            return yes_or_no(text, language)
        case Kind.DIGITS:
            return digits_of(text, language, expected.length, sounds_like)
        case Kind.DATE:
            return date_of(text, language, today)
        case Kind.AMOUNT:
            return amount_of(text, language)
        case Kind.CHOICE:
            return choice_of(text, language, expected.choices)
        case _:
            return None


def best_answer(hypotheses: Sequence[Hypothesis], expected: Expected, today: date) -> tuple[int, str | None]:
    """Which hypothesis answers the question, and its value: the first that does, then the first that sounds like it.

    (0, None) where none does.
    """
    for sounds_like in (False, True):
        for place, hypothesis in enumerate(hypotheses):
            if (value := value_of(hypothesis.text, expected, today, sounds_like)) is not None:
                return place, value
    return 0, None


def answer_phrases(expected: Expected) -> tuple[str, ...]:
    """What may be said in answer: phrases for a grammar, words for an allow-list. Empty for open questions."""
    language = LANGUAGES.get(expected.language)
    if language is None:
        return ()
    match expected.kind:
        case Kind.YES_NO:
            return (*language.yes, *language.no)
        case Kind.DIGITS:
            return language.number_words
        case Kind.DATE:
            spelled = [word for word in language.ordinals if not word[0].isdigit()]
            days = (*language.days, *language.weekdays)
            months = [word for word in language.months if len(word) > 3 or word in ("may", "jun", "jul")]
            return (*language.number_words, *spelled, *months, *days)
        case Kind.AMOUNT:
            return (*language.number_words, *sorted(language.major | language.minor | language.point))
        case Kind.CHOICE:
            return tuple(phrase for choice in expected.choices for phrase in choice.words)
        case _:
            return ()
