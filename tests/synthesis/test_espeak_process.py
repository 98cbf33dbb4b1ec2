"""The parent's end of the worker, against workers that misbehave. Real processes, none of them espeak."""

import sys
import time
from collections.abc import Iterator

import pytest

from ivr.errors import SynthesisFailed
from ivr.synthesis.espeak_process import EspeakProcess

READY = 'print(\'{"error": ""}\', flush=True)\n'
GOOD = f"import sys\n{READY}for line in sys.stdin: {READY}"


def process_of(program: str) -> EspeakProcess:
    return EspeakProcess(time.monotonic, (sys.executable, "-c", program))


@pytest.fixture
def good() -> Iterator[EspeakProcess]:
    process = process_of(GOOD)
    yield process
    process.close()


def test_one_worker_answers_many_requests(good: EspeakProcess) -> None:
    assert good.process_id is None
    good.ask({}, 5)
    first = good.process_id
    good.ask({}, 5)
    assert good.process_id == first is not None


def test_a_worker_that_died_is_replaced(good: EspeakProcess) -> None:
    good.ask({}, 5)
    first = good.process_id
    good.close()
    assert good.process_id is None
    good.ask({}, 5)
    assert good.process_id not in (None, first)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise SystemExit(1)", "it died"),
        (f"{READY}raise SystemExit(1)", "it died|Broken pipe"),
        (
            f'import sys\n{READY}for line in sys.stdin: print(\'{{"error": "no such voice"}}\', flush=True)',
            "no such voice",
        ),
        (f"import sys\n{READY}for line in sys.stdin: print('nonsense', flush=True)", "Expecting value"),
        (f"import sys\n{READY}for line in sys.stdin: pass", "no answer within 0.2 s"),
    ],
)
def test_a_worker_in_trouble_is_ended_and_the_trouble_named(program: str, said: str) -> None:
    process = process_of(program)
    with pytest.raises(SynthesisFailed, match=said):
        process.ask({}, 0.2)
    assert process.process_id is None


def test_a_worker_that_cannot_be_started_is_a_failure_too() -> None:
    with pytest.raises(SynthesisFailed):
        EspeakProcess(time.monotonic, ("/nonexistent/python",)).ask({}, 1)
