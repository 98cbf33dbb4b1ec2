"""How well the examples teach: cross-validation, unseen sentences, and foreign sentences that must be refused."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from ivr.errors import UnderstandingFailed
from ivr.understanding.training import PYTHON, predictions, run_in_rasa

OUT_OF_SCOPE = "out_of_scope"
SENSITIVE = ("person", "goodbye", "distress", "death_report", "hardship", "no_pin", "stop_talking", "not_understood")
"""Intents whose misses hurt most; their recall is shown one by one."""
THRESHOLDS = (0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Guess:
    """One sentence, what it means and what the model held it to mean."""

    text: str
    intent: str
    guessed: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Band:
    """What is accepted from one confidence on; shares of 1."""

    threshold: float
    right: float
    wrong: float
    foreign: float
    """Foreign sentences taken for a matter."""


@dataclass(frozen=True, slots=True)
class Report:
    """Accuracy and macro F1 over unseen sentences, recall of sensitive intents, the bands, and every mistake."""

    sentences: int
    accuracy: float
    macro_f1: float
    recall: dict[str, float]
    foreign: int
    foreign_refused: float
    bands: list[Band]
    mistakes: list[Guess]


@dataclass(frozen=True, slots=True)
class Folded:
    """Cross-validation of the examples with one length of the embedding."""

    scale: float
    folds: int
    accuracy: float
    macro_f1: float


def sentences_of(folder: Path) -> list[tuple[str, str]]:
    """Sentence and intent of every example below a folder of Rasa's NLU files."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            lines = (line.removeprefix("- ").strip() for line in block["examples"].splitlines())
            found += [(line, block["intent"]) for line in lines if line]
    return found


def foreign_sentences(root: Path, language: str, part: str) -> list[str]:
    """`val`, by which thresholds are chosen, or `test`, on which they are reported."""
    listed = yaml.safe_load((root / "tests/nlu/data" / language / "out_of_scope.yml").read_text("utf-8"))[part]
    return [str(sentence) for sentence in listed]


def held_out(root: Path, language: str, part: str = "test", python: str = PYTHON) -> Report:
    """The trained model on tests/nlu/<language> and on foreign sentences. Raises UnderstandingFailed without one."""
    unseen = sentences_of(root / "tests/nlu" / language)
    foreign = foreign_sentences(root, language, part)
    ranked = predictions(root, [[(text, 1.0)] for text in [*(text for text, _ in unseen), *foreign]], python)
    guesses = [
        Guess(text, intent, ranking[0][0], ranking[0][1])
        for (text, intent), ranking in zip([*unseen, *((text, OUT_OF_SCOPE) for text in foreign)], ranked, strict=True)
    ]
    return report_of(guesses[: len(unseen)], guesses[len(unseen) :])


def report_of(unseen: Sequence[Guess], foreign: Sequence[Guess]) -> Report:
    """All figures of a set of guesses."""
    recall = _recall(unseen)
    return Report(
        sentences=len(unseen),
        accuracy=_share(guess.guessed == guess.intent for guess in unseen),
        macro_f1=macro_f1(unseen),
        recall={intent: recall[intent] for intent in SENSITIVE if intent in recall},
        foreign=len(foreign),
        foreign_refused=_share(guess.guessed == OUT_OF_SCOPE for guess in foreign),
        bands=[band(unseen, foreign, threshold) for threshold in THRESHOLDS],
        mistakes=[guess for guess in unseen if guess.guessed != guess.intent],
    )


def band(unseen: Sequence[Guess], foreign: Sequence[Guess], threshold: float) -> Band:
    """What would be accepted at a threshold. Guesses of out_of_scope are never acceptances."""
    served = [guess for guess in unseen if guess.intent != OUT_OF_SCOPE]
    accepted = [guess.guessed != OUT_OF_SCOPE and guess.confidence >= threshold for guess in served]
    right = _share(taken and guess.guessed == guess.intent for taken, guess in zip(accepted, served, strict=True))
    return Band(
        threshold=threshold,
        right=right,
        wrong=_share(accepted) - right,
        foreign=_share(guess.guessed != OUT_OF_SCOPE and guess.confidence >= threshold for guess in foreign),
    )


def macro_f1(guesses: Sequence[Guess]) -> float:
    """The mean over intents of the harmonic mean of precision and recall; every intent counts alike."""
    right = Counter(guess.intent for guess in guesses if guess.guessed == guess.intent)
    meant, guessed = Counter(guess.intent for guess in guesses), Counter(guess.guessed for guess in guesses)
    scores = [2 * right[intent] / (meant[intent] + guessed[intent]) for intent in meant]
    return sum(scores) / len(scores) if scores else 0.0


def cross_validated(
    root: Path, language: str, folds: int, scales: Sequence[float], python: str = PYTHON
) -> list[Folded]:
    """Rasa's own cross-validation of nlu/<language>, once for each scale (none: as configured). Minutes each."""
    config = yaml.safe_load((root / "config.yml").read_text("utf-8"))
    encoder = next(part for part in config["pipeline"] if part["name"].endswith("SentenceEncoder"))
    found = []
    for scale in scales or (float(encoder["scale"]),):
        encoder["scale"] = scale
        with tempfile.TemporaryDirectory() as folder:
            found.append(_folded(root, language, folds, scale, config, Path(folder), python))
    return found


def _folded(
    root: Path, language: str, folds: int, scale: float, config: dict[str, object], folder: Path, python: str
) -> Folded:
    (folder / "config.yml").write_text(yaml.safe_dump({key: config[key] for key in config if key != "line"}), "utf-8")
    arguments = ["-m", "rasa", "test", "nlu", "--cross-validation", "-f", str(folds), "--no-plot"]
    arguments += ["--config", str(folder / "config.yml"), "--nlu", f"nlu/{language}", "--domain", "dialogues/domain"]
    ended = run_in_rasa(root, python, [*arguments, "--out", str(folder / "results")])
    report = folder / "results/intent_report.json"
    if ended.returncode != 0 or not report.exists():
        raise UnderstandingFailed("Rasa's cross-validation ended without a report")
    figures = json.loads(report.read_text("utf-8"))
    # In place of the accuracy Rasa may write the micro average; for one guess a sentence they are equal.
    accuracy = figures["accuracy"] if "accuracy" in figures else figures["micro avg"]["recall"]
    return Folded(scale, folds, float(accuracy), float(figures["macro avg"]["f1-score"]))


def as_json(report: Report, folded: Sequence[Folded]) -> dict[str, object]:
    """One object of plain values."""
    return {"held_out": asdict(report), "cross_validation": [asdict(one) for one in folded]}


def as_text(report: Report, folded: Sequence[Folded]) -> str:
    """The same to be read."""
    lines = [
        f"{one.folds} folds, scale {one.scale:g}: accuracy {one.accuracy:.1%}, macro F1 {one.macro_f1:.3f}"
        for one in folded
    ]
    lines.append(
        f"held out, {report.sentences} sentences: accuracy {report.accuracy:.1%}, macro F1 {report.macro_f1:.3f}"
    )
    lines += [f"  recall of {intent}: {share:.1%}" for intent, share in report.recall.items()]
    lines.append(f"foreign, {report.foreign} sentences: {report.foreign_refused:.1%} understood as out of scope")
    lines.append("accepted from   right   wrong   foreign")
    lines += [
        f"{one.threshold:>13.1f}  {one.right:>6.1%}  {one.wrong:>6.1%}  {one.foreign:>7.1%}" for one in report.bands
    ]
    lines += [
        f"  wrong: {one.text!r} is {one.intent}, not {one.guessed} ({one.confidence:.2f})" for one in report.mistakes
    ]
    return "\n".join(lines)


def _recall(guesses: Sequence[Guess]) -> dict[str, float]:
    meant = Counter(guess.intent for guess in guesses)
    right = Counter(guess.intent for guess in guesses if guess.guessed == guess.intent)
    return {intent: right[intent] / count for intent, count in meant.items()}


def _share(answers: Iterable[bool]) -> float:
    """The share of true answers; 0 where there are none."""
    listed = list(answers)
    return sum(listed) / len(listed) if listed else 0.0
