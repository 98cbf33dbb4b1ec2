"""Gates of the trained model and of its dialogues, by Rasa's own tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.evaluation.understanding import Report, held_out
from ivr.understanding.training import DATA, MODEL, PYTHON, run_in_rasa, train_when_changed

pytestmark = pytest.mark.rasa

ROOT = Path(__file__).parents[2]


LEAST_ACCURACY = {"en": 0.95, "es": 0.90}


@pytest.fixture(scope="module", params=sorted(LEAST_ACCURACY))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def report(language: str) -> Report:
    train_when_changed(ROOT)
    return held_out(ROOT, language)


def test_unseen_sentences_are_understood(report: Report, language: str) -> None:
    assert report.accuracy >= LEAST_ACCURACY[language], report.mistakes
    assert report.macro_f1 >= LEAST_ACCURACY[language]


def test_who_asks_for_a_person_or_is_in_need_is_understood(report: Report) -> None:
    assert report.recall["person"] >= 0.9
    assert report.recall["distress"] >= 0.9
    assert report.recall["goodbye"] >= 0.75  # the universal words hear most good-byes before


def test_few_foreign_sentences_are_acted_on(report: Report) -> None:
    from_act = next(band for band in report.bands if band.threshold == 0.6)
    assert from_act.foreign <= 0.10
    assert from_act.wrong <= 0.05


def test_data_and_dialogues_are_valid() -> None:
    arguments = ["-m", "rasa", "data", "validate", "--fail-on-warnings", "-c", "config.yml", "-d", "dialogues/domain"]
    ended = run_in_rasa(ROOT, PYTHON, [*arguments, "--data", *DATA])
    assert ended.returncode == 0, ended.stderr[-2000:]


def test_the_stories_come_out_as_told(tmp_path: Path) -> None:
    train_when_changed(ROOT)
    arguments = ["-m", "rasa", "test", "core", "--model", str(MODEL), "--stories", "tests/test_stories.yml", "--e2e"]
    ended = run_in_rasa(ROOT, PYTHON, [*arguments, "--fail-on-prediction-errors", "--no-plot", "--out", str(tmp_path)])
    failed = tmp_path / "failed_test_stories.yml"
    assert ended.returncode == 0, failed.read_text() if failed.exists() else ended.stderr[-2000:]
