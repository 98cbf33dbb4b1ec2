"""Yes and no, and one of a few choices."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ivr.recognition.forms.spoken_language import SpokenLanguage
from ivr.recognition.forms.words import after_correction, find, plain, with_digits
from ivr.vocabulary import Choice

NEAR_ENOUGH = 86.0
"""rapidfuzz ratio from which a misheard word is taken for a choice: one wrong letter in seven."""
BESIDE_WEAK = 1
"""So many other words may stand behind a single word like "fine": more make it part of something else."""
FUZZY_FROM = 5
"""Letters; shorter words differ by one letter too easily."""


def yes_or_no(text: str, language: SpokenLanguage) -> str | None:
    """ "yes", "no", or None where neither or both were said.

    The answer must open the sentence: "I have no PIN" is no answer to a yes-no question.
    """
    words = plain(text).split()
    if not words or any(find(words, phrase) >= 0 for phrase in language.unsure):
        return None
    for start in range(len(words)):
        yes, no = _longest_at(words[start:], language.yes), _longest_at(words[start:], language.no)
        if yes or no:
            said, count, others = ("yes", yes, language.no) if yes > no else ("no", no, language.yes)
            rest = words[start + count :]
            weak = count == 1 and words[start] not in language.clear and _others(rest, language) > BESIDE_WEAK
            return None if weak or _contradicts(rest, said, others, language) else said
        if words[start] not in language.fillers:
            return None
    return None


def choice_of(text: str, language: SpokenLanguage, choices: Sequence[Choice]) -> str | None:
    """The value of the one choice that was named, by its words or its place, else None."""
    words = after_correction(plain(text).split(), language)
    if not words:
        return None
    return _by_words(words, language, choices) or _by_place(words, language, choices) or _by_likeness(words, choices)


def _longest_at(words: Sequence[str], phrases: Sequence[str]) -> int:
    """How many words the longest phrase has that the words begin with; 0 for none."""
    said = " ".join(words) + " "
    return max((len(phrase.split()) for phrase in phrases if said.startswith(phrase + " ")), default=0)


def _others(words: Sequence[str], language: SpokenLanguage) -> int:
    return sum(word not in language.fillers for word in words)


def _contradicts(rest: Sequence[str], said: str, others: Sequence[str], language: SpokenLanguage) -> bool:
    """True where the opposite follows: "yes no", "right that's wrong", "i have no …"."""
    if any(find(rest, phrase) >= 0 for phrase in others if len(phrase.split()) > 1 or phrase in language.contrary):
        return True
    return said == "yes" and any(word in language.negations for word in rest)


def _by_words(words: Sequence[str], language: SpokenLanguage, choices: Sequence[Choice]) -> str | None:
    """The choice whose phrase covers the most words; a tie names nobody."""
    covered = {choice.value: _covered(words, language, choice) for choice in choices}
    most = max(covered.values(), default=0)
    best = [value for value, count in covered.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _covered(words: Sequence[str], language: SpokenLanguage, choice: Choice) -> int:
    most = 0
    for phrase in (*choice.words, choice.value.replace("_", " ")):
        start = find(words, plain(phrase))
        if start >= 0 and not any(word in language.negations for word in words[max(0, start - 3) : start]):
            most = max(most, len(plain(phrase).split()))
    return most


def _by_place(words: Sequence[str], language: SpokenLanguage, choices: Sequence[Choice]) -> str | None:
    """ "the second one", "option two", "two"."""
    named = {key for phrase, key in _keys(language, choices).items() if find(words, phrase) >= 0}
    around = language.fillers | language.option
    numbers = [word for word in with_digits(words, language) if word not in around]
    if len(numbers) == 1 and numbers[0].isdigit():
        named.add(numbers[0])
    chosen = [choice.value for choice in choices if choice.key in named]
    return chosen[0] if len(chosen) == 1 and len(named) == 1 else None


def _keys(language: SpokenLanguage, choices: Sequence[Choice]) -> dict[str, str]:
    """Ordinals that name a place among the choices -> its key."""
    return {word: choices[place - 1].key for word, place in language.ordinals.items() if place <= len(choices)}


def _by_likeness(words: Sequence[str], choices: Sequence[Choice]) -> str | None:
    """A phrase that was nearly said."""
    said = " ".join(words)
    scores = {
        choice.value: max(
            (fuzz.ratio(said, plain(phrase)) for phrase in choice.words if len(phrase) >= FUZZY_FROM), default=0.0
        )
        for choice in choices
    }
    near = sorted(scores, key=lambda value: -scores[value])
    if not near or scores[near[0]] < NEAR_ENOUGH or (len(near) > 1 and scores[near[1]] >= NEAR_ENOUGH):
        return None
    return near[0]
