"""How well a recognizer hears: word errors, answers right / rejected / wrong accepted, and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from ivr.audio.formats import TELEPHONE_RATE
from ivr.evaluation.recognition_cases import Case
from ivr.evaluation.telephone_chain import Condition, through_telephone
from ivr.evaluation.word_errors import ErrorRate, error_rate, score
from ivr.recognition.recognizer import Recognizer
from ivr.vocabulary import Kind, Utterance


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case, heard. Kept raw, so that scoring can be done again."""

    case: Case
    condition: str
    utterance: Utterance
    milliseconds: float
    """Wall time of finish(): what the caller waits for."""


@dataclass(frozen=True, slots=True)
class Result:
    """One group of cases under one condition."""

    group: str
    condition: str
    cases: int
    right: int
    """The value that was said, or none where none was; 0 for open utterances, as are the next two."""
    rejected: int
    """No value, though there was an answer: asked again."""
    wrong: int
    """A value that was not said: the expensive error."""
    word_errors: ErrorRate | None
    milliseconds_p50: float
    milliseconds_p95: float


def hear_all(recognizer: Recognizer, cases: Iterable[Case], conditions: Sequence[Condition]) -> Iterator[Outcome]:
    """Let the recognizer hear every case over every kind of line, one after the other."""
    for number, case in enumerate(cases):
        for condition in conditions:
            samples = through_telephone(case.samples, TELEPHONE_RATE, condition, seed=number)
            hearing = recognizer.listen_for(case.expected)
            hearing.hear(samples)
            began = time.perf_counter()
            utterance = hearing.finish()
            yield Outcome(case, condition.name, utterance, 1_000 * (time.perf_counter() - began))


def results(outcomes: Iterable[Outcome]) -> list[Result]:
    """Sum up by group and condition, in the order in which they first came."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault((outcome.case.group, outcome.condition), []).append(outcome)
    return [_result(group, condition, heard) for (group, condition), heard in groups.items()]


def as_json(engine: str, outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Results and raw hypotheses, ready for json.dumps()."""
    raw = [
        {
            "group": one.case.group, "speaker": one.case.speaker, "condition": one.condition, "said": one.case.said,
            "value": one.case.value, "heard": one.utterance.text, "heard_value": one.utterance.value,
            "confidence": round(one.utterance.confidence, 3), "rejected": one.utterance.rejected,
        }
        for one in outcomes
    ]  # fmt: skip
    return {"engine": engine, "results": [asdict(one) for one in results(outcomes)], "utterances": raw}


def as_text(engine: str, found: Sequence[Result]) -> str:
    """A table for people."""
    shares = f"{'right':>8}{'again':>8}{'wrong':>8}"
    head = f"{'set':20}{'line':10}{'n':>5}{shares}{'WER':>8}  {'95 %':14}{'p50':>6}{'p95':>6} ms"
    return "\n".join([engine, head, *(_line(one) for one in found)])


def _line(one: Result) -> str:
    shares = "".join(f"{100 * count / one.cases:>7.1f}%" for count in (one.right, one.rejected, one.wrong))
    if one.group == "recordings-open":
        shares = f"{'-':>8}" * 3
    errors = one.word_errors
    rate = f"{100 * errors.rate:>7.1f}%  {100 * errors.low:.1f} - {100 * errors.high:.1f}" if errors else f"{'-':>8}"
    times = f"{one.milliseconds_p50:>6.0f}{one.milliseconds_p95:>6.0f}"
    return f"{one.group:20}{one.condition:10}{one.cases:>5}{shares}{rate:24}{times}"


def _result(group: str, condition: str, heard: Sequence[Outcome]) -> Result:
    asked = (one for one in heard if one.case.expected.kind is not Kind.OPEN)
    values = [(one.case.value, one.utterance.value) for one in asked]
    scores = [
        score(one.case.speaker, one.case.said, one.utterance.text, one.case.expected.language)
        for one in heard
        if one.case.expected.kind in (Kind.OPEN, Kind.DIGITS)
    ]
    times = [one.milliseconds for one in heard]
    return Result(
        group=group,
        condition=condition,
        cases=len(heard),
        right=sum(said == got for said, got in values),
        rejected=sum(said is not None and got is None for said, got in values),
        wrong=sum(got is not None and said != got for said, got in values),
        word_errors=error_rate(scores) if scores else None,
        milliseconds_p50=float(np.percentile(times, 50)),
        milliseconds_p95=float(np.percentile(times, 95)),
    )
