"""Did a call bring what its scenario expects? Each shortfall is one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ivr.simulator.air import Air
from ivr.simulator.caller import Diary
from ivr.simulator.measure import Sounding, longest_silence_ms
from ivr.simulator.scenario import HearsWords, PlannedCall
from ivr.simulator.timeline import TimelineEntry
from ivr.simulator.twiml_checker import Violation
from ivr.simulator.words import contains_words, sounds_like_words
from ivr.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of a call when it is over."""

    planned: PlannedCall
    language: Language
    diary: Diary
    air: Air
    violations: Sequence[Violation]
    refusals: Sequence[str]
    """Requests of the carrier's that the line did not answer as it should."""
    result: str
    turns: Sequence[dict[str, Any]]
    facts: Sequence[dict[str, Any]] | None
    entries: Sequence[TimelineEntry] | None
    transcript: Callable[[], str] | None
    """Writes down what the line said, from the recording; None where no recognizer is at hand."""


def problems_of(evidence: Evidence) -> list[str]:
    """Nothing, where everything is as the scenario wants it."""
    found = list(_course(evidence))
    found += _outcome(evidence)
    found += _prompts(evidence)
    found += _times(evidence)
    found += _words(evidence)
    return found


def _course(evidence: Evidence) -> Iterator[str]:
    diary, steps = evidence.diary, evidence.planned.steps
    if diary.gave_up_at:
        step = next(step for step in steps if step.place == diary.gave_up_at)
        yield f"{diary.gave_up_at}: {step.hears} did not come within {step.within_ms} ms"
    elif len(diary.acts) < len(steps):
        yield f"{steps[len(diary.acts)].place}: the call was over before it (ended by: {diary.reason})"
    for refusal in evidence.refusals:
        yield f"the line refused the carrier: {refusal}"
    for violation in evidence.violations:
        yield f"the line broke the carrier's rules: {violation}"


def _outcome(evidence: Evidence) -> Iterator[str]:
    expects = evidence.planned.expects
    if expects.result and evidence.result not in expects.result:
        yield f"the result is {evidence.result}, expected {' or '.join(expects.result)}"
    if (expects.facts or expects.intents) and evidence.entries is None:
        yield "facts and intents are expected, but the line has no timeline to read"
        return
    told = {str(fact.get("name")): fact for fact in evidence.facts or ()}
    for name in expects.facts:
        if name not in told:
            yield f"the fact {name} was not told; told were {', '.join(sorted(told)) or 'none'}"
        elif not told[name].get("source"):
            yield f"the fact {name} has no source"
    for name, value in expects.fact_values:
        values = [str(fact.get("value")) for fact in evidence.facts or () if fact.get("name") == name]
        if name in told and value not in values:
            yield f"the fact {name} is {' and '.join(values)}, expected {value}"
    intents = [turn["caller"]["intent"] for turn in evidence.turns if turn["caller"]]
    for intent in expects.intents:
        if intent not in intents:
            yield f"nothing was understood as {intent}"


def _prompts(evidence: Evidence) -> Iterator[str]:
    expects = evidence.planned.expects
    if evidence.entries is None:
        if expects.heard or expects.never_heard:
            yield "prompts are expected, but the line has no timeline to read"
        return
    said = [str(entry.details.get("prompt")) for entry in evidence.entries if entry.kind == "prompt_started"]
    place = 0
    for prompt in expects.heard:
        if prompt not in said[place:]:
            yield f"the prompt {prompt} was not said in its place; said were {', '.join(said)}"
            break
        place += said[place:].index(prompt) + 1
    for prompt in expects.never_heard:
        if prompt in said:
            yield f"the prompt {prompt} was said"


def _times(evidence: Evidence) -> Iterator[str]:
    expects = evidence.planned.expects
    for number, turn in enumerate(evidence.turns):
        first, barged = turn["times_ms"].get("first_sound"), turn["times_ms"].get("barge_in")
        if expects.first_sound_ms is not None and first is not None and first > expects.first_sound_ms:
            yield f"turn {number}: the first sound came after {first} ms, allowed are {expects.first_sound_ms}"
        if expects.barge_in_ms is not None and barged is not None and barged > expects.barge_in_ms:
            yield f"turn {number}: the line fell silent after {barged} ms, allowed are {expects.barge_in_ms}"
    if expects.turns_at_most is not None and len(evidence.turns) - 1 > expects.turns_at_most:
        yield f"the caller acted {len(evidence.turns) - 1} times, allowed are {expects.turns_at_most}"
    if expects.longest_silence_ms is not None:
        silence = longest_silence_ms(Sounding.of(evidence.air.heard()), evidence.diary.acts)
        if silence > expects.longest_silence_ms:
            yield f"nobody was heard for {silence} ms, allowed are {expects.longest_silence_ms}"


def _words(evidence: Evidence) -> Iterator[str]:
    wanted = list(evidence.planned.expects.heard_words)
    wanted += [act.step.hears.words for act in evidence.diary.acts if isinstance(act.step.hears, HearsWords)]
    if not wanted:
        return
    if evidence.transcript is not None:
        text = evidence.transcript()
        for words in wanted:
            if not sounds_like_words(text, words, evidence.language):
                yield f"the words “{words}” are not on the recording; it says: {text}"
    elif evidence.entries is not None:
        text = " ".join(str(turn["line"]["text"] or "") for turn in evidence.turns)
        for words in wanted:
            if not contains_words(text, words):
                yield f"the words “{words}” were not said; said was: {text}"
    else:
        yield "words are expected, but there is neither a timeline nor a recognizer to check them with"
