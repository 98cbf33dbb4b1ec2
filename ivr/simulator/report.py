"""One call as `openline call --json` prints it: turns, times, facts. Facts of the line come from its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ivr.simulator.air import Air
from ivr.simulator.caller import Diary, Done
from ivr.simulator.measure import Sounding, barge_in_ms, first_sound_ms
from ivr.simulator.scenario import HangsUp, Waits
from ivr.simulator.timeline import TimelineEntry

PARTS = ("end_of_speech_to_turn_end", "recognition", "understanding", "services", "synthesis", "first_sound")


def turns_of(diary: Diary, air: Air, entries: Sequence[TimelineEntry] | None) -> list[dict[str, Any]]:
    """One object for each act of the caller and what the line answered; the first holds the greeting alone."""
    line = Sounding.of(air.heard())
    acts = [act for act in diary.acts if not isinstance(act.step.act, Waits | HangsUp)]
    greeting_end = acts[0].began if acts else air.frames
    known = entries or ()
    first = _line(line, 0, greeting_end, known[: acts[0].after_entry] if acts else known)
    turns: list[dict[str, Any]] = [
        {"caller": None, "line": first | {"barged_in": bool(acts and acts[0].over_line)}, "times_ms": {}}
    ]
    for number, act in enumerate(acts):
        later = acts[number + 1] if number + 1 < len(acts) else None
        end = later.began if later else air.frames
        told = known[act.after_entry : later.after_entry if later else None]
        spoken = _line(line, act.ended + 1, end, told) | {"barged_in": bool(later and later.over_line)}
        turns.append({"caller": _caller(act, told), "line": spoken, "times_ms": _times(line, act, end, told)})
    if entries is None:
        for turn in turns:
            turn["line"].update(prompt=None, prompts=None, text=None)
    return turns


def _line(line: Sounding, start: int, end: int, told: Sequence[TimelineEntry]) -> dict[str, Any]:
    started = [entry.details for entry in told if entry.kind == "prompt_started"]
    return {
        "prompt": started[-1].get("prompt") if started else None,
        "prompts": [prompt.get("prompt") for prompt in started],
        "text": " ".join(str(prompt.get("text", "")) for prompt in started) or None,
        "audio_ms": line.spoken_ms(start, end),
    }


def _caller(act: Done, told: Sequence[TimelineEntry]) -> dict[str, Any]:
    heard = next((entry.details for entry in told if entry.kind == "caller_spoke"), {})
    return {
        "said": act.said or None,
        "keys": act.keys or None,
        "heard": heard.get("text"),
        "confidence": heard.get("confidence"),
        "engine": heard.get("engine"),
        "intent": heard.get("intent"),
    }


def _times(line: Sounding, act: Done, end: int, told: Sequence[TimelineEntry]) -> dict[str, int | None]:
    times: dict[str, int | None] = dict.fromkeys(PARTS)
    for entry in told:
        if entry.kind == "times":
            given = entry.details.get("times_ms", {})
            times |= {part: given[part] for part in PARTS if part in given}
    times["first_sound"] = first_sound_ms(line, act, end)
    barged = barge_in_ms(line, act, end)
    return times if barged is None else times | {"barge_in": barged}


def facts_of(entries: Sequence[TimelineEntry] | None) -> list[dict[str, Any]] | None:
    """Everything that the line told from the record, each with its source."""
    if entries is None:
        return None
    return [fact for entry in entries if entry.kind == "facts" for fact in entry.details.get("facts", [])]


def result_of(diary: Diary, air: Air, dialed: bool, failed: bool, entries: Sequence[TimelineEntry] | None) -> str:
    """How the call ended: the line's word for it where it has one, else what the telephone network saw."""
    for entry in reversed(entries or ()):
        if entry.kind == "result":
            return str(entry.details.get("result"))
    if failed:
        return "line_dead" if not any(Sounding.of(air.heard()).frames) else "failed"
    if dialed:
        return "handed_over"
    if not any(Sounding.of(air.heard()).frames):
        return "line_dead"
    return "completed" if diary.reason == "line" else "abandoned"
