"""Reading what the line sends, as docs/agency-api.yaml describes it. Nothing read wrongly is repeated in an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import request

from ivr.references import is_reference
from ivr.services.demo_agency.stories import CHILD, DISABILITY, PENSION, UNEMPLOYMENT

LONGEST_KEY = 128
MOST_ANSWERS = 40
LONGEST_ANSWER = 500


class Unreadable(Exception):
    """The request is not as described; the text names the field and holds no value."""


Check = Callable[[Any], bool]


def like(pattern: str) -> Check:
    """A text of this form."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def is_reference_text(value: Any) -> bool:
    """Seven digits, the last one a check digit."""
    return isinstance(value, str) and is_reference(value)


def is_day(value: Any) -> bool:
    """An ISO date."""
    if not like(r"\d{4}-\d{2}-\d{2}")(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _are_answers(value: Any) -> bool:
    is_name, is_answer = like(r"[a-z0-9_]{1,64}"), like(rf"(?s:.{{0,{LONGEST_ANSWER}}})")
    return (
        isinstance(value, dict)
        and len(value) <= MOST_ANSWERS
        and all(is_name(name) and is_answer(answer) for name, answer in value.items())
    )


_CUSTOMER_NUMBER, _SHORT_TEXT = like(r"\d{8}"), like(r".{0,64}")
CREDENTIALS: Mapping[str, Check] = {"customer_number": _CUSTOMER_NUMBER, "pin": like(r"\d{6}")}
CLAIM_QUESTION: Mapping[str, Check] = {
    "customer_number": _CUSTOMER_NUMBER,
    "case_number": is_reference_text,
    "birth_date": is_day,
}
PIN_LETTER: Mapping[str, Check] = {"customer_number": _CUSTOMER_NUMBER, "birth_date": is_day}
APPLICATION: Mapping[str, Check] = {
    "reference": is_reference_text,
    "benefit": like("|".join((PENSION, UNEMPLOYMENT, CHILD, DISABILITY))),
    "answers": _are_answers,
}
CALL_BACK: Mapping[str, Check] = {
    "reference": is_reference_text,
    "phone_number": like(r"\+?\d{3,20}"),
    "window": _SHORT_TEXT,
    "reason": _SHORT_TEXT,
}


def read(body: Any, fields: Mapping[str, Check]) -> dict[str, Any]:
    """The body, once it holds these fields and no others; Unreadable otherwise."""
    if not isinstance(body, dict):
        raise Unreadable("the body is no JSON object")
    if body.keys() != fields.keys():
        raise Unreadable(f"the body must hold {', '.join(fields)} and nothing else")
    for name, fits in fields.items():
        if not fits(body[name]):
            raise Unreadable(f"{name} is not as described")
    return body


def idempotency_key() -> str:
    """Of the request that is being served. Raises Unreadable."""
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= LONGEST_KEY:
        raise Unreadable(f"the header Idempotency-Key must hold 1 to {LONGEST_KEY} characters")
    return key
