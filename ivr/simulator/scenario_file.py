"""Reads a scenario from YAML. What is wrong is said with the file and the step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from ivr.errors import ScenarioError
from ivr.simulator.scenario import (
    Act,
    CallerProfile,
    Expects,
    HangsUp,
    HearsAnything,
    HearsPrompt,
    HearsSilence,
    HearsWords,
    Noise,
    PlannedCall,
    Plays,
    Presses,
    Says,
    Scenario,
    Step,
    Trigger,
    Waits,
    WayToLine,
)
from ivr.simulator.scenario_schema import ACTS, SCENARIO
from ivr.vocabulary import Language

_VALIDATOR = Draft202012Validator(SCENARIO)
HEARS_HELP = "`any`, {prompt: id}, {words: …} or {silence_ms: …}"


def read_scenario(path: Path, people: Mapping[str, Mapping[str, str]] | None = None) -> Scenario:
    """The scenario in a file.

    people: invented person -> values that `{name}` stands for in presses and says ({customer_number}, {pin});
    None: nobody is known and such names stay as they are, for those who only read.
    Raises ScenarioError where the file cannot be read or holds something else.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ScenarioError(f"{path}: is no YAML: {' '.join(str(error).split())}") from error
    for wrong in sorted(_VALIDATOR.iter_errors(given), key=lambda error: list(map(str, error.absolute_path))):
        raise ScenarioError(f"{path}: {_explained(wrong)}")
    return _Reader(path, given, people).scenario(text)


def read_recording(path: Path) -> Scenario:
    """A scenario around one recording: played once the line has spoken; the caller then listens on."""
    if not path.is_file():
        raise ScenarioError(f"{path}: there is no such file")
    step = Step("calls[0].steps[0]", HearsAnything(), Plays(path))
    return Scenario(path, path.stem, CallerProfile(), "", (PlannedCall((step,)),))


def _place(wrong: ValidationError) -> str:
    place = ""
    for part in wrong.absolute_path:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return place or "the file"


def _explained(wrong: ValidationError) -> str:
    last = wrong.absolute_path[-1] if wrong.absolute_path else ""
    if last == "hears":
        return f"{_place(wrong)}: is {wrong.instance!r}; expected {HEARS_HELP}"
    return f"{_place(wrong)}: {wrong.message}"


class _Unfilled(dict[str, str]):
    """Gives every name back in its braces."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


class _Reader:
    """One file being read; knows where it is, for messages."""

    def __init__(self, path: Path, given: Mapping[str, Any], people: Mapping[str, Mapping[str, str]] | None) -> None:
        self._path, self._given = path, given
        self._person = given.get("person", "")
        if people and self._person and self._person not in people:
            raise self._error("person", f"nobody is called {self._person!r}; there are {', '.join(sorted(people))}")
        self._values = people.get(self._person, {}) if people is not None else _Unfilled()

    def _error(self, place: str, what: str) -> ScenarioError:
        return ScenarioError(f"{self._path}: {place}: {what}")

    def scenario(self, text: str) -> Scenario:
        comment = text.lstrip().partition("\n")[0]
        title = comment.lstrip("# ") if comment.startswith("#") else self._path.stem
        calls = tuple(self._call(call, f"calls[{number}]") for number, call in enumerate(self._given["calls"]))
        caller = self._caller(self._given.get("caller", {}))
        task, profile = self._given.get("task", ""), self._given.get("profile", "")
        return Scenario(self._path, title, caller, self._person, calls, task, profile)

    def _caller(self, given: Mapping[str, Any]) -> CallerProfile:
        defaults = CallerProfile()
        return CallerProfile(
            language=Language(given.get("language", defaults.language)),
            voice=given.get("voice", defaults.voice),
            pace=given.get("pace", defaults.pace),
            number=given.get("number", defaults.number),
            noise=Noise(**given["noise"]) if "noise" in given else None,
            line=WayToLine(**given.get("line", {})),
        )

    def _call(self, given: Mapping[str, Any], place: str) -> PlannedCall:
        steps = tuple(self._step(step, f"{place}.steps[{number}]") for number, step in enumerate(given["steps"]))
        for step in steps[:-1]:
            if isinstance(step.act, HangsUp):
                raise self._error(step.place, "hangs up, but steps follow; write them as another call")
        defaults = PlannedCall(steps)
        return PlannedCall(
            steps,
            self._expects(given.get("expects", {})),
            given.get("after_ms", defaults.after_ms),
            given.get("stays_ms", defaults.stays_ms),
        )

    def _step(self, given: Mapping[str, Any], place: str) -> Step:
        acts = [name for name in ACTS if name in given]
        if len(acts) != 1:
            found = f"found {' and '.join(acts)}" if acts else "found none"
            raise self._error(place, f"needs exactly one of {', '.join(ACTS)}; {found}")
        [name] = acts
        caller = self._given.get("caller", {})
        if name in ("says", "plays") and caller.get("keys_only"):
            raise self._error(place, "speaks, but the caller is keys_only")
        if name == "presses" and caller.get("speech_only"):
            raise self._error(place, "presses keys, but the caller is speech_only")
        options = {key: given[key] for key in ("after_ms", "while_speaking", "within_ms") if key in given}
        return Step(place, _trigger(given["hears"]), self._act(name, given[name], place), **options)

    def _act(self, name: str, value: Any, place: str) -> Act:
        match name:
            case "says":
                return Says(self._filled(value, place))
            case "plays":
                file = self._path.parent / value
                if not file.is_file():
                    raise self._error(place, f"plays {value}, but there is no file {file}")
                return Plays(file)
            case "presses":
                return Presses(self._filled(value, place))
            case "waits":
                return Waits(value)
            case _:
                return HangsUp()

    def _filled(self, text: str, place: str) -> str:
        try:
            return text.format_map(self._values)
        except (KeyError, ValueError, IndexError) as error:
            known = ", ".join(sorted(self._values)) or "none: the scenario names no person that is known"
            raise self._error(place, f"holds the unknown value {error} ({known})") from error

    def _expects(self, given: Mapping[str, Any]) -> Expects:
        result, facts = given.get("result", []), given.get("facts", [])
        values = facts.items() if isinstance(facts, dict) else ()
        return Expects(
            result=(result,) if isinstance(result, str) else tuple(result),
            facts=tuple(facts),
            fact_values=tuple((name, self._filled(value, "expects")) for name, value in values),
            heard=tuple(given.get("heard", ())),
            never_heard=tuple(given.get("never_heard", ())),
            heard_words=tuple(self._filled(words, "expects") for words in given.get("heard_words", ())),
            intents=tuple(given.get("intents", ())),
            first_sound_ms=given.get("first_sound_ms"),
            barge_in_ms=given.get("barge_in_ms"),
            longest_silence_ms=given.get("longest_silence_ms"),
            turns_at_most=given.get("turns_at_most"),
        )


def _trigger(given: Any) -> Trigger:
    if given == "any":
        return HearsAnything()
    if "prompt" in given:
        return HearsPrompt(given["prompt"])
    if "words" in given:
        return HearsWords(given["words"])
    return HearsSilence(given["silence_ms"])
