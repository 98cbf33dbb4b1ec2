"""Slow work: one event each, its failure when it is due, nothing of what was dropped."""

from __future__ import annotations

from concurrent.futures import Executor

import pytest

from ivr.calls.errands import Errands, Stage
from ivr.errors import AgencyFailed
from ivr.vocabulary import Milliseconds
from tests.calls.parts import AtOnce, Never


def stage(pool: Executor, deadline: int = 1_000) -> Stage:
    return Stage("services", pool, Milliseconds(deadline), "agency-failed")


def test_an_errand_brings_its_result_once() -> None:
    errands = Errands()
    number = errands.start(stage(AtOnce()), lambda: "found")
    [done] = errands.ended(Milliseconds(40))
    assert (done.number, done.result, done.failure, done.took) == (number, "found", "", 40)
    assert list(errands.ended(Milliseconds(60))) == []


@pytest.mark.parametrize(
    ("error", "code"),
    [(AgencyFailed("away"), "agency-failed"), (KeyError("x"), "agency-failed")],
    ids=["told", "defect"],
)
def test_whatever_a_stage_throws_becomes_its_failure(error: Exception, code: str) -> None:
    def work() -> None:
        raise error

    errands = Errands()
    errands.start(stage(AtOnce()), work)
    [done] = errands.ended(Milliseconds(20))
    assert (done.result, done.failure) == (None, code)


def test_an_errand_that_hangs_fails_when_it_is_due_in_audio_time() -> None:
    errands = Errands()
    errands.start(stage(Never(), deadline=1_000), lambda: None)
    assert list(errands.ended(Milliseconds(980))) == []
    [done] = errands.ended(Milliseconds(1_000))
    assert done.failure == "agency-failed"
    assert list(errands.ended(Milliseconds(5_000))) == []


def test_the_answer_of_a_dropped_errand_is_thrown_away() -> None:
    errands = Errands()
    errands.drop(errands.start(stage(AtOnce()), lambda: "late"))
    assert list(errands.ended(Milliseconds(20))) == []


def test_an_answer_behind_its_deadline_comes_no_more() -> None:
    errands = Errands()
    errands.start(stage(AtOnce(), deadline=0), lambda: "in time")
    assert [done.result for done in errands.ended(Milliseconds(0))] == ["in time"], (
        "what came is told before what is due"
    )
