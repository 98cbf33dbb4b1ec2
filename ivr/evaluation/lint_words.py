"""The words of a language that the prompt lint looks for. One more language is one more table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ivr.evaluation.reading_level import readability_grade, spanish_difficulty
from ivr.vocabulary import Language


@dataclass(frozen=True, slots=True)
class LintWords:
    """One language. Patterns are regular expressions over lower-case text."""

    counts: Mapping[int, str]
    """Numbers as the prompts write them."""
    digits: str
    """The word that says that digits are meant."""
    star_twice: str
    """What a number prompt says, so that a person is near."""
    yes_key: str
    """How a question teaches its keys for yes and no."""
    yes_no: str
    """How a shorter question asks for yes or no."""
    option_behind_key: str
    """The key before what it does: the hand has moved before the reason is known."""
    harsh: str
    """Words that call the caller's answer an error, or the caller its cause."""
    address: str
    """Web and mail addresses."""
    abbreviation: str
    """Shortened words, in the case in which they are written."""
    law: str
    """Numbers of laws."""
    relative_days: str
    """Days that mean nothing an hour later."""
    greeting: tuple[str, ...]
    """Patterns that the first prompt holds."""
    other_keys: str
    """Keys that the first prompt does not teach."""
    hang_up: str
    """The caller is told that hanging up is fine."""
    acronyms: frozenset[str]
    """Words in capitals that callers know."""
    grade: Callable[[str], float]
    """Reading level; the higher the harder."""
    grade_at_most: float


_ENGLISH_KEYS = "zero|one|two|three|four|five|six|seven|eight|nine|star|hash"

ENGLISH = LintWords(
    counts=MappingProxyType({2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}),
    digits=r"\bdigits?\b",
    star_twice=r"for a person, press star twice|star twice for a person",
    yes_key=r"yes is one, no is two|press one\b.*\bpress two\b|press one\b.*\b(not|no), press two",
    yes_no=r"\byes or no\b",
    option_behind_key=rf"\bpress (?:{_ENGLISH_KEYS})(?: twice)? (?:for|to|if)\b|\b(?:star|hash)(?: twice)? (?:for|to) ",
    harsh=r"\b(invalid|illegal|incorrect|error|failed|failure|wrong (?:answer|number|key|input)"
    r"|not (?:a )?valid|you (?:did not|didn't|have not|must|failed|forgot)|your (?:mistake|fault))\b",
    address=r"https?:|www\.|\w@\w|\.(?:com|org|gov|net)\b|\bwebsite\b",
    abbreviation=r"\b(?:[a-z]\.){2,}|\b(?:etc|Mr|Mrs|Dr|No|St)\.",
    law=r"\b(?:section|article|paragraph|subsection|regulation) (?:\w+ )?(?:one|two|three|four|five|\d)|§",
    relative_days=r"\b(?:tomorrow|yesterday|next week)\b",
    greeting=(r"\{agency\}", r"\bautomated assistant\b", r"\bzero\b", r"\bperson\b"),
    other_keys=r"\b(?:star|hash|one|two|three|four|five|six|seven|eight|nine)\b",
    hang_up=r"\bhang up\b",
    acronyms=frozenset({"PIN"}),
    grade=readability_grade,
    grade_at_most=6.0,
)

_SPANISH_KEYS = "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|asterisco|almohadilla"

SPANISH = LintWords(
    counts=MappingProxyType({2: "dos", 3: "tres", 4: "cuatro", 5: "cinco", 6: "seis", 7: "siete", 8: "ocho"}),
    digits=r"\bcifras?\b",
    star_twice=r"para una persona, pulse asterisco dos veces",
    yes_key=r"sí es uno, no es dos|pulse uno\b.*\bpulse dos\b",
    yes_no=r"\bsí o no\b",
    option_behind_key=rf"\b(?:pulse|marque) (?:{_SPANISH_KEYS})(?: dos veces)? (?:para|si|por|y le)\b"
    r"|\b(?:asterisco|almohadilla)(?: dos veces)? para ",
    harsh=r"\b(inválid[oa]s?|incorrect[oa]s?|error(?:es)?|errónea?o?|fall(?:o|ó|ado)|equivocad[oa]|equivocó"
    r"|no (?:es )?válid[oa]s?|(?:usted )?no ha (?:dicho|marcado|entendido|contestado)|usted debe|debe usted|olvidó"
    r"|ha olvidado|su culpa|mal (?:dicho|marcado))\b",
    address=r"https?:|www\.|\w@\w|\.(?:com|org|es|gob|net)\b|\b(?:página|sitio) web\b|\binternet\b",
    abbreviation=r"\b(?:[a-z]\.){2,}|\b(?:etc|Sra?|Srta|Dra?|Ud|Uds|Vd|núm|tel|pág|art|avda|EE)\.",
    law=r"\b(?:artículo|apartado|párrafo|reglamento|sección|ley) (?:\w+ )?(?:uno|dos|tres|cuatro|cinco|\d)|§",
    relative_days=r"(?<!\bla )(?<!\besta )\bmañana\b(?!,? tarde)|\bayer\b|\b(?:próxima semana|semana que viene)\b",
    greeting=(r"\{agency\}", r"\basistente automático\b", r"\bcero\b", r"\bpersona\b"),
    other_keys=r"\b(?:asterisco|almohadilla|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b",
    hang_up=r"\bcolgar\b",
    acronyms=frozenset({"PIN"}),
    grade=spanish_difficulty,
    grade_at_most=30.0,
)
"""One way to lead to a person, one word for digits: what is always said alike need not be listened to."""

LINT_WORDS: Mapping[Language, LintWords] = MappingProxyType({Language("en"): ENGLISH, Language("es"): SPANISH})
