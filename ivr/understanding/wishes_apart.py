"""Several wishes in one sentence: "my payment and I need a letter" -> its parts, understood one by one."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.understanding.shortcuts import Tokens

WORDS_AT_LEAST = 2
"""Of a part; "you and me" has none."""
PARTS_AT_MOST = 3


def wishes_apart(text: str, joins: Iterable[Tokens]) -> tuple[str, ...]:
    """The parts between the joining phrases; empty where there are not at least two of some words each.

    joins: phrases such as ("and", "also"), the longest first. The parts keep the order they were said in.
    """
    words, known = text.split(), tuple(joins)
    parts: list[list[str]] = [[]]
    at = 0
    while at < len(words):
        join = next(
            (one for one in known if tuple(word.lower().strip(",.") for word in words[at : at + len(one)]) == one), ()
        )
        if join and parts[-1]:
            parts.append([])
        else:
            parts[-1] += words[at : at + max(1, len(join))]
        at += max(1, len(join))
    long_enough = [" ".join(part) for part in parts if len(part) >= WORDS_AT_LEAST]
    return tuple(long_enough[:PARTS_AT_MOST]) if len(long_enough) > 1 else ()
