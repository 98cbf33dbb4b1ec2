"""References that callers write down: six digits and a check digit. Drafts, call-backs and case numbers share them.

The check digit is Damm's: it catches every single wrong digit and every swap of two neighbors, which Luhn's
does not (it takes 09 for 90). Source: H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004.
"""

from __future__ import annotations

LENGTH = 7
"""Six digits and the check digit."""

_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def with_check_digit(number: int) -> str:
    """The reference of a number from 0 to 999 999; ValueError outside."""
    if not 0 <= number <= 999_999:
        raise ValueError(f"a reference is made of 0 to 999999, not {number}")
    digits = f"{number:06d}"
    return f"{digits}{_interim(digits)}"


def is_reference(text: str) -> bool:
    """True where the text is seven digits and the last one fits the others."""
    return len(text) == LENGTH and text.isascii() and text.isdigit() and _interim(text) == 0


def _interim(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _QUASIGROUP[interim][int(digit)]
    return interim
