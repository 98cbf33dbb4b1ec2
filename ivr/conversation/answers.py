"""Keys -> answers, and what a question expects."""

from __future__ import annotations

from datetime import date

from ivr.conversation import pace
from ivr.conversation.states import ConversationState, Question
from ivr.vocabulary import Choice, Expected, Kind, Language, Milliseconds

KINDS = {
    "yes_no": (Kind.YES_NO, None),
    "number": (Kind.DIGITS, None),
    "phone": (Kind.DIGITS, None),
    "pin": (Kind.PIN, 6),
    "date": (Kind.DATE, 8),
    "amount": (Kind.AMOUNT, None),
    "choice": (Kind.CHOICE, None),
    "open": (Kind.OPEN, None),
    "any_key": (Kind.ANY_KEY, None),
}
"""Expect word -> kind and, for keys, the number of digits (date: day, month, year of four)."""

EARLIEST = "1900-01-01"
LONGEST_NUMBER = 15
"""E.164: no telephone number has more digits, and no answer of ours needs them."""
NO_INPUT = Milliseconds(8_000)
NO_INPUT_NUMBER = Milliseconds(15_000)
"""A number has to be fetched (service rules 11)."""
OFFER = "language_offer"
"""The question in which language; nobody need answer it."""
NO_INPUT_OFFER = Milliseconds(3_000)
"""The line itself is never silent for more than four seconds, whatever it waits for."""
HOLD_TICK = Milliseconds(15_000)
PATIENCE = Milliseconds(1_500)
PATIENCE_NUMBER = Milliseconds(2_000)
PATIENCE_SLOW = Milliseconds(2_500)
PATIENCE_NEEDED = Milliseconds(4_000)
"""Where speaking is hard, or somebody types (service reference, 5.6)."""
ANSWERED = Milliseconds(500)
"""End waits of speech, service rule 12: callers pause inside numbers, older callers everywhere."""


def expected_of(question: Question, choices: tuple[Choice, ...], language: Language) -> Expected:
    """What the recognizer and the keypad need to know."""
    word, _, length = question.expect.partition(":")
    if word == "digits":
        return Expected(Kind.DIGITS, language, int(length))
    kind, digits = KINDS[word]
    return Expected(kind, language, digits, choices)


def no_input_of(state: ConversationState, expected: Expected) -> Milliseconds:
    """How long nothing may come."""
    if expected.kind is Kind.ANY_KEY:
        return HOLD_TICK
    if state.question is not None and state.question.prompt == OFFER:
        return NO_INPUT_OFFER
    slower = (
        expected.is_number
        or state.needs_time
        or state.slow
        or (state.question is not None and state.question.by_keys_only)
    )
    return NO_INPUT_NUMBER if slower else NO_INPUT


def patience_of(state: ConversationState, expected: Expected) -> tuple[Milliseconds, Milliseconds]:
    """End waits: words that do not answer yet, words that answer."""
    if state.needs_time:
        return PATIENCE_NEEDED, PATIENCE_NEEDED
    if state.slow:
        return pace.patience(state.pace, PATIENCE_SLOW), PATIENCE_SLOW
    return pace.patience(state.pace, PATIENCE_NUMBER if expected.is_number else PATIENCE), ANSWERED


def keyed_value(expected: Expected, digits: str, today: str) -> str | None:
    """The canonical value of keyed digits; None: too few, too many or impossible."""
    if not digits.isascii() or not digits.isdigit():
        return None
    if expected.kind is Kind.DATE:
        return _keyed_date(digits, today)
    if expected.kind is Kind.AMOUNT:
        return str(int(digits) * 100) if len(digits) <= 7 else None
    if expected.length is not None and len(digits) != expected.length:
        return None
    return digits if len(digits) <= LONGEST_NUMBER else None


def _keyed_date(digits: str, today: str) -> str | None:
    """Day, month, year: 03051958. No day after today."""
    if len(digits) != 8:
        return None
    try:
        day = date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
    return day.isoformat() if day.isoformat() >= EARLIEST and not (today and day.isoformat() > today) else None


def date_fault(text: str, today: str) -> str:
    """The prompt that says why eight keyed digits, or a spoken ISO date, are no answer."""
    in_order = f"{text[4:]}-{text[2:4]}-{text[:2]}" if text.isdigit() else text
    try:
        date.fromisoformat(in_order)
    except ValueError:
        return "date_impossible"
    return "date_in_future" if today and in_order > today else "date_too_old"


def pressed_value(expected: Expected, key: str) -> str | None:
    """What a single key answers: 1 yes, 2 no, or an option's key."""
    if expected.kind is Kind.YES_NO:
        return {"1": "yes", "2": "no"}.get(key)
    return next((choice.value for choice in expected.choices if choice.key == key), None)


def value_fits(expected: Expected, value: str, today: str) -> bool:
    """Whether a heard value can be an answer: its length, and no day after today."""
    if expected.kind is Kind.DATE:
        return value >= EARLIEST and not (today and value > today)
    if expected.kind in (Kind.CHOICE, Kind.OPEN):
        return any(choice.value == value for choice in expected.choices)
    if expected.kind is Kind.YES_NO:
        return value in ("yes", "no")
    if not value.isdigit() or len(value) > LONGEST_NUMBER:
        return False
    return expected.kind is not Kind.DIGITS or expected.length is None or len(value) == expected.length
