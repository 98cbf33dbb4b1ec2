"""The shape of a scenario file, as JSON Schema (draft 2020-12)."""

from __future__ import annotations

from typing import Any, Final

_WORDS: Final = {"type": "string", "minLength": 1}
_LIST: Final = {"type": "array", "items": _WORDS}
_MILLISECONDS: Final = {"type": "integer", "minimum": 0, "maximum": 600_000}
_YES: Final = {"const": True}


def _closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_NOISE: Final = _closed(
    {"kind": {"enum": ["hiss", "street", "babble"]}, "snr_db": {"type": "number", "minimum": -5, "maximum": 60}},
    "kind",
    "snr_db",
)
_LINE: Final = _closed(
    {
        "level_dbov": {"type": "number", "minimum": -50, "maximum": -10},
        "band": {"type": "boolean"},
        "frame_loss": {"type": "number", "minimum": 0, "maximum": 0.5},
        "jitter_ms": {"type": "integer", "minimum": 0, "maximum": 60},
        "burst_frames": {"type": "integer", "minimum": 0, "maximum": 25},
        "key_tones": {"type": "boolean"},
    }
)
_CALLER: Final = _closed(
    {
        "language": {"type": "string", "pattern": "^[a-z]{2}$"},
        "voice": _WORDS,
        "pace": {"enum": ["slow", "normal", "fast"]},
        "number": _WORDS,
        "noise": _NOISE,
        "line": _LINE,
        "keys_only": _YES,
        "speech_only": _YES,
    }
)
HEARS: Final = {
    "oneOf": [
        {"const": "any"},
        _closed({"prompt": {"type": "string", "pattern": "^[a-z0-9_]+$"}}, "prompt"),
        _closed({"words": _WORDS}, "words"),
        _closed({"silence_ms": _MILLISECONDS}, "silence_ms"),
    ]
}
ACTS: Final = {
    "says": _WORDS,
    "plays": _WORDS,
    "presses": {"type": "string", "pattern": "^([0-9*#]|\\{[a-z_]+\\})+$"},
    "waits": _MILLISECONDS,
    "hangs_up": _YES,
}
_STEP: Final = _closed(
    {
        "hears": HEARS,
        **ACTS,
        "after_ms": _MILLISECONDS,
        "while_speaking": {"type": "boolean"},
        "within_ms": _MILLISECONDS,
    },
    "hears",
)
_EXPECTS: Final = _closed(
    {
        "result": {"oneOf": [_WORDS, _LIST]},
        "facts": {"oneOf": [_LIST, {"type": "object", "additionalProperties": _WORDS}]},
        "heard": _LIST,
        "never_heard": _LIST,
        "heard_words": _LIST,
        "intents": _LIST,
        "first_sound_ms": _MILLISECONDS,
        "barge_in_ms": _MILLISECONDS,
        "longest_silence_ms": _MILLISECONDS,
        "turns_at_most": {"type": "integer", "minimum": 0},
    }
)
_CALL: Final = _closed(
    {
        "steps": {"type": "array", "items": _STEP, "minItems": 1},
        "expects": _EXPECTS,
        "after_ms": _MILLISECONDS,
        "stays_ms": _MILLISECONDS,
    },
    "steps",
)
SCENARIO: Final = _closed(
    {
        "caller": _CALLER,
        "person": _WORDS,
        "task": _WORDS,
        "profile": _WORDS,
        "calls": {"type": "array", "items": _CALL, "minItems": 1},
    },
    "calls",
)
