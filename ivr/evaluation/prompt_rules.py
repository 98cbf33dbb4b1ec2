"""The rules of the service reference (section 4) that the words of one prompt can break. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ivr.conversation.prompts import ASKING_FORMS, FORMS, Prompt
from ivr.evaluation.lint_words import LintWords
from ivr.evaluation.reading_level import sentences_of, words_of

QUESTION_WORDS = 30
"""Rule 3: 12 s at 150 words a minute."""
STATEMENT_WORDS = 37
"""Rule 3: the hard stop of 15 s."""
GREETING_WORDS = 25
"""Rule 1: 10 s."""
PLAIN_WORDS = 10
"""Rule 27: words of a sentence in the plain form; a gap counts once."""
SENTENCES = 3
"""Rule 20."""
OPTIONS = 4
"""Rule 4: the keys 5 to 9 have a meaning of their own."""
COUNTED_FROM = 3
"""Rule 5: two options are heard at once; from three on their number is said."""
GRADED_FROM = 12
"""A reading level of fewer words says nothing."""
LONGEST_WORD = 13
"""Letters. No word this long is needed in a sentence for the ear."""

GAP_WORDS: Mapping[str, int] = {
    "agency": 6, "amount": 6, "benefit": 3, "channel": 4, "crisis": 6, "date": 6, "day": 5, "digits": 8,
    "emergency": 3, "expected": 8, "facts": 0, "have": 1, "hour": 4, "hours": 14, "items": 0, "key": 1,
    "languages": 3, "letter": 6, "matter": 5, "minutes": 3, "month": 1, "name": 3, "need": 1, "next_step": 8,
    "number": 9, "opens": 7, "option": 3, "paper": 4, "papers": 0, "reason": 6, "received": 6, "moment": 11,
    "office": 4, "street": 4, "town": 1, "opening": 0, "access": 0, "months": 3, "since": 7, "until": 7, "gross": 6,
    "before": 6, "reference": 7, "status": 6, "value": 5, "window": 6,
}  # fmt: skip
"""Gap -> how many words usually fill it. Lists count nothing: each of their sentences is a prompt of its own.
A gap that is missing here is filled by nobody; a name from the record is missing on purpose (rule 31)."""

PRIVATE_GAPS = frozenset({"amount", "benefit", "channel", "date", "expected", "papers", "paper", "reason", "received"})
"""Rule 24: from the record, hence said at level 2 alone."""
BELOW_LEVEL_TWO = re.compile(
    r"(pin_letter|resume|status|verify|identity|ask|menu|greeting|did_you|person|call_back|reason)_"
)
"""Prompts that are said before a PIN has been checked."""


Found = Iterator[tuple[str, str, str]]
"""Rule, problem, advice."""
Rule = Callable[[Prompt, LintWords], Found]


def _forms(prompt: Prompt, names: tuple[str, ...] = FORMS) -> Iterator[tuple[str, str]]:
    """Form and its words, options behind them, for the forms that the prompt has. Made for counting words."""
    options = " ".join(f"{option.say}, press {{key}}." for option in prompt.options)
    for name in names:
        if text := prompt.form(name):
            yield name, f"{text} {options}" if options and name in prompt.options_in else text


def _heard(text: str) -> int:
    """How many words are heard once the gaps are filled."""
    gaps = re.findall(r"\{([a-z_]+)\}", text)
    return len(words_of(re.sub(r"\{[a-z_]+\}", "", text))) + sum(GAP_WORDS.get(gap, 1) for gap in gaps)


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text.lower()) is not None


def _greeting(prompt: Prompt, words: LintWords) -> Found:
    if not prompt.id.startswith("greeting"):
        return
    for pattern in words.greeting:
        if not _has(pattern, prompt.text):
            yield "1", f"the first prompt lacks {pattern}", "name agency, automated assistant, zero and person"
    if _heard(prompt.text) > GREETING_WORDS:
        yield "1", f"text has about {_heard(prompt.text)} words", f"end within 10 s: {GREETING_WORDS} words"
    if _has(words.other_keys, prompt.text):
        yield "28", "the greeting teaches another key", "teach zero and person alone"


def _length(prompt: Prompt, words: LintWords) -> Found:
    most = QUESTION_WORDS if prompt.asks else STATEMENT_WORDS
    for name, text in _forms(prompt):
        if _heard(text) > most:
            yield "3", f"{name} has about {_heard(text)} words", f"use {most} at most; split it or drop a thought"
        if prompt.asks and text.count("?") > 1:
            yield "3", f"{name} asks more than one question", "ask one; say the other as a sentence"


def _options(prompt: Prompt, words: LintWords) -> Found:
    if len(prompt.options) > OPTIONS:
        yield "4", f"{len(prompt.options)} options", f"offer {OPTIONS} at most"
    count = words.counts.get(len(prompt.options), "")
    for name in prompt.options_in if len(prompt.options) >= COUNTED_FROM else ():
        text = prompt.form(name)
        if text and not _has(rf"\b{count}\b", text):
            yield "5", f"{name} does not say how many options there are", f"say {count}"
    said = [word for option in prompt.options for word in option.words]
    for word in sorted({word for word in said if said.count(word) > 1}):
        yield "4", f"two options are chosen by the word {word}", "give each its own words"


def _keys_last(prompt: Prompt, words: LintWords) -> Found:
    for name, text in _forms(prompt):
        if _has(words.option_behind_key, text):
            yield "6", f"{name} names the key before what it does", 'write "for …, press …"'


def _numbers(prompt: Prompt, words: LintWords) -> Found:
    if prompt.asks not in ("digits", "number", "date", "amount", "phone", "pin"):
        return
    for name, text in _forms(prompt, ASKING_FORMS):
        if not _has(words.star_twice, text):
            yield "14", f"{name} does not lead to a person", "add: for a person, press star twice"
        if prompt.asks == "pin" and _has(words.digits, text):
            yield "14", f"{name} tells how long a PIN is", "leave out its digits"
        if prompt.asks in ("digits", "number", "date", "phone") and not _has(words.digits, text):
            yield "14", f"{name} does not say how many digits", "say how many"
        if prompt.asks == "digits" and prompt.length and not _has(rf"\b{words.counts[prompt.length]}\b", text):
            yield "14", f"{name} does not say that it has {prompt.length} digits", f"say {words.counts[prompt.length]}"
    if prompt.asks == "digits" and not prompt.length:
        yield "14", "length is missing", "write length: 8"


def _yes_no(prompt: Prompt, words: LintWords) -> Found:
    if prompt.asks != "yes_no":
        return
    for name, text in _forms(prompt, ASKING_FORMS):
        if not _has(words.yes_key, text) and not (name == "shorter" and _has(words.yes_no, text)):
            yield "15", f"{name} does not teach the keys for yes and no", 'add "Yes is one, no is two."'
    if prompt.id.startswith("confirm_") and "{digits}" not in prompt.text:
        yield "15", "the number is not read back", "put {digits} before the question"


def _ladder(prompt: Prompt, words: LintWords) -> Found:
    if not prompt.asks or prompt.asks == "any_key" or prompt.file.split("/")[1:2] == ["keypad_line"]:
        return
    for name in ("shorter", "keys", "why"):
        if not prompt.form(name):
            yield "17", f"{name} is missing", "a question needs other words, words for keys alone, and a reason"


def _kindness(prompt: Prompt, words: LintWords) -> Found:
    for name, text in _forms(prompt):
        if found := re.search(words.harsh, text.lower()):
            yield "17", f'{name} says "{found[0]}"', "say what helps; the fault is the line's"


def _days_and_money(prompt: Prompt, words: LintWords) -> Found:
    for name, text in _forms(prompt):
        for sentence in sentences_of(text):
            if _has(words.relative_days, sentence) and "{date}" not in sentence:
                yield "18", f"{name} names a day by itself", "say weekday, day and month with {date}"
        if re.search(r"[\d€$£%]", text):
            yield "19", f"{name} has a digit or a sign", "write numbers and money in words, or as a gap"
    if "{amount}" in prompt.text and not prompt.id.endswith("_item") and prompt.text.count("{amount}") < 2:
        yield "19", "text says the amount once", "repeat {amount} at the end"


def _result(prompt: Prompt, words: LintWords) -> Found:
    if prompt.asks:
        return
    seen: set[str] = set()
    count = 0
    for sentence in sentences_of(prompt.text):
        gaps = set(re.findall(r"\{[a-z_]+\}", sentence))
        again = len(gaps) == 1 and gaps <= seen and re.fullmatch(r"[\w ]+: \{[a-z_]+\}", sentence) is not None
        count += not again
        seen |= gaps
    if count > SENTENCES:
        yield "20", f"text has {count} sentences", f"use {SENTENCES}: answer, reason, next step"
    if "{reference}" in prompt.text and prompt.text.count("{reference}") < 2:
        yield "21", "the reference is said once", "say it twice"


def _plain_words(prompt: Prompt, words: LintWords) -> Found:
    everything = " ".join(re.sub(r"([^.?!])$", r"\1.", prompt.form(name)) for name in FORMS if prompt.form(name))
    plain = re.sub(r"\{[a-z_]+\}", "thing", everything)
    if len(words_of(plain)) >= GRADED_FROM and (grade := words.grade(plain)) > words.grade_at_most:
        yield "22", f"reading level {grade:.1f}", f"aim at {words.grade_at_most:.0f}: shorter words and sentences"
    for word in sorted(set(re.findall(r"\w+", plain))):
        if len(word) >= LONGEST_WORD:
            yield "22", f"{word} is long", "use shorter words"
        if len(word) > 1 and word.isupper() and word not in words.acronyms:
            yield "22", f"{word} is an abbreviation", "write it out"
    if re.search(words.abbreviation, everything):
        yield "22", "an abbreviation", "write it out"
    if _has(words.address, everything):
        yield "22", "a web address", "say where a person or a letter helps"
    if _has(words.law, everything):
        yield "22", "the number of a law", "say what it means for the caller"


def _private(prompt: Prompt, words: LintWords) -> Found:
    if BELOW_LEVEL_TWO.match(prompt.id) and (private := sorted(prompt.gaps & PRIVATE_GAPS)):
        yield "24", f"{{{private[0]}}} is said before the PIN", "leave it out"


def _simpler(prompt: Prompt, words: LintWords) -> Found:
    plain = prompt.simpler or prompt.text
    longest = max((len(words_of(sentence)) for sentence in sentences_of(plain)), default=0)
    if longest > PLAIN_WORDS:
        problem = f"simpler has a sentence of {longest} words" if prompt.simpler else "there is no simpler form"
        yield "27", problem, f"one fact a sentence, {PLAIN_WORDS} words at most"


def _gaps(prompt: Prompt, words: LintWords) -> Found:
    for gap in sorted(prompt.gaps - set(GAP_WORDS)):
        yield "31", f"nobody fills {{{gap}}}", "use a gap of docs/prompts.md; a name from the record is never said"
    if gaps := sorted(re.findall(r"\{[a-z_]+\}", prompt.why)):
        yield "26", f"why has {gaps[0]}", "a reason is asked for later, without values; write it without gaps"
    for name in FORMS:
        form = prompt.form(name)
        if form and not re.search(r"[.?!]$|\}$", form):
            yield "10", f"{name} does not end as a sentence", "end it with . ? or !"


def _answer(prompt: Prompt, words: LintWords) -> Found:
    if not prompt.id.startswith("faq_"):
        return
    for name in ("owner", "valid_from", "review_by", "simpler"):
        if not getattr(prompt, name):
            yield "7", f"{name} is missing", "an approved answer has an owner, dates and a simpler form"
    if prompt.gaps:
        yield "26", "an approved answer has a gap", "write it in full"


def _goodbye(prompt: Prompt, words: LintWords) -> Found:
    if prompt.id == "goodbye" and not _has(words.hang_up, prompt.text):
        yield "32", "the caller is not told that hanging up is fine", "say so; the line waits"


RULES: tuple[Rule, ...] = (
    _greeting, _length, _options, _keys_last, _numbers, _yes_no, _ladder, _kindness, _days_and_money, _result,
    _plain_words, _private, _simpler, _gaps, _answer, _goodbye,
)  # fmt: skip
